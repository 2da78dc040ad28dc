"""Which colour is which class; a click mutes a class or brings it back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollBar, QSizePolicy, QVBoxLayout, QWidget

from explorer.ui.widgets.legend_row import ROW, LegendRow

MOST = 24  # rows, however much room there is
NOTCH, ROWS_A_NOTCH = 120, 3  # of a wheel


class Legend(QWidget):
    """A row a class: swatch, name, count; where there are many they scroll.

    ``class_toggled`` carries the class's number. There are only as many rows as can be seen: each
    shows another class when the others scroll by.
    """

    class_toggled = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[LegendRow] = []
        self._names: tuple[str, ...] = ()
        self._counts: tuple[int, ...] = ()
        self._widths = (0, 0)
        self._muted: Collection[int] = ()
        self._most = MOST
        self._turned = 0
        self._lay_out()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # the theme says how thin
        self.hide()

    def set_classes(
        self, names: Sequence[str], counts: Sequence[int], muted: Collection[int] = ()
    ) -> None:
        """names, counts: of class 0, 1, ...; muted: the classes shown faintly. Empty hides."""
        content = (tuple(names), tuple(counts))
        if content != (self._names, self._counts):
            if content[0] != self._names:
                self._bar.setValue(0)
            self._names, self._counts = content
            self._widths = self._measured()
            self._muted = muted
            self._fit()
        elif muted != self._muted:
            self._muted = muted
            self._show_rows()
        self.setVisible(bool(self._names))

    def set_room(self, height: int) -> None:
        """The most that it may be high, in px; at least a row is shown."""
        margins = self._column.contentsMargins()
        rows = (height - margins.top() - margins.bottom()) // ROW
        if rows < len(self._names):
            rows -= 1  # the line below them
        most = min(MOST, max(1, rows))
        if most != self._most:
            self._most = most
            self._fit()

    def row(self, label: int) -> LegendRow:
        """The button of class ``label``, scrolled to where it is seen."""
        first = self._bar.value()
        if not first <= label < first + len(self._rows):
            self._bar.setValue(label if label < first else label - len(self._rows) + 1)
        return self._rows[label - self._bar.value()]

    # -- parts ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 4, 4, 4)
        self._column.setSpacing(0)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.setAccessibleName("Classes shown")
        self._bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self._bar.valueChanged.connect(self._show_rows)
        middle = QHBoxLayout()
        middle.setSpacing(2)
        middle.addLayout(self._list)
        middle.addWidget(self._bar)
        self._column.addLayout(middle)
        self._line = QLabel(self)
        self._line.setProperty("role", "quiet")
        self._line.setFixedHeight(ROW)
        self._line.setIndent(6)
        self._column.addWidget(self._line)

    def _measured(self) -> tuple[int, int]:
        """How wide the names and the counts are."""
        measure = self.fontMetrics().horizontalAdvance
        name = max((measure(n) for n in self._names), default=0)
        count = max((measure(t) for t in (*map("{:,}".format, self._counts), "000")), default=0)
        return min(name, 150), count

    def _fit(self) -> None:
        """As many rows as there are classes, or room."""
        shown = min(len(self._names), self._most)
        while len(self._rows) > shown:
            row = self._rows.pop()
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self._rows) < shown:
            self._add_row()
        beyond = len(self._names) - shown
        self._bar.setRange(0, beyond)
        self._bar.setPageStep(max(1, shown - 1))
        self._bar.setVisible(beyond > 0)
        self._line.setVisible(beyond > 0)
        self._show_rows()
        self._column.activate()
        self.adjustSize()

    def _add_row(self) -> None:
        row = LegendRow(self)
        self._rows.append(row)
        self._list.addWidget(row)
        row.clicked.connect(self._on_row_clicked)
        row.stepped.connect(self._on_row_stepped)
        row.show()

    @Slot()
    def _show_rows(self) -> None:
        first = self._bar.value()
        for label, row in enumerate(self._rows, first):
            row.set_class(label, self._names[label], f"{self._counts[label]:,}", *self._widths)
            row.set_muted(label in self._muted)
        last, count = first + len(self._rows), len(self._names)
        self._line.setText(f"{first + 1:,}-{last:,} of {count:,} classes")

    # -- the hand ---------------------------------------------------------------------------

    @Slot()
    def _on_row_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, LegendRow):
            self.class_toggled.emit(row.label)

    @Slot(int)
    def _on_row_stepped(self, steps: int) -> None:
        row = self.sender()
        if isinstance(row, LegendRow):
            to = min(max(row.label + steps, 0), len(self._names) - 1)
            self.row(to).setFocus(Qt.FocusReason.TabFocusReason)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, where there is more than is seen; else the plane below may zoom."""
        if not self._bar.maximum():
            event.ignore()
            return
        event.accept()
        self._turned += event.angleDelta().y()
        notches = int(self._turned / NOTCH * ROWS_A_NOTCH)
        self._turned -= round(notches * NOTCH / ROWS_A_NOTCH)
        self._bar.setValue(self._bar.value() - notches)
