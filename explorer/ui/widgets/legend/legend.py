"""Which colour is which class; a click on a swatch mutes its class or brings it back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollBar,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.ui.widgets.legend.legend_row import ROW, LegendRow

MOST = 24  # rows, however much room there is; of more classes some can be looked for by name
NOTCH, ROWS_A_NOTCH = 120, 3  # of a wheel
WIDEST = 112  # px of a name; a longer one loses its middle
FILTER_WIDTH = 132  # px


class Legend(QWidget):
    """A column with a row a class: swatch, name, count; where there are many they scroll.

    ``class_toggled`` carries the class's number. There are only as many rows as can be seen: each
    shows another class when the others scroll by. Folded, it keeps the swatches.
    """

    class_toggled = Signal(int)
    fold_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[LegendRow] = []
        self._names: tuple[str, ...] = ()
        self._counts: tuple[int, ...] = ()
        self._listed: list[int] = []  # the classes that the filter leaves
        self._widths = (0, 0)
        self._muted: Collection[int] = ()
        self._turned = 0
        self._wish = self._narrow = False  # what the user chose; whether there is little room
        self._lay_out()
        self.setAccessibleName("Classes")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.hide()

    @property
    def folded(self) -> bool:
        """Whether only the swatches are shown."""
        return not self.fold_button.isChecked()

    def set_folded(self, folded: bool) -> None:
        """Show the swatches alone, or all of it."""
        self._wish = folded
        self.fold_button.setChecked(not folded)

    def set_narrow(self, narrow: bool) -> None:
        """Fold where there is little room; what the user chose comes back with the room."""
        if narrow != self._narrow:
            self._narrow, before = narrow, self.blockSignals(True)
            self.fold_button.setChecked(not (narrow or self._wish))
            self.blockSignals(before)

    def set_classes(
        self, names: Sequence[str], counts: Sequence[int], muted: Collection[int] = ()
    ) -> None:
        """names, counts: of class 0, 1, ...; muted: the classes shown faintly. Empty hides."""
        content = (tuple(names), tuple(counts))
        if content != (self._names, self._counts):
            fresh = content[0] != self._names
            self._names, self._counts = content
            self._widths = self._measured()
            self._muted = muted
            if fresh:
                self._listed = list(range(len(self._names)))  # what scrolling back shows
                self._bar.setValue(0)
                self._filter.clear()
            self._list_classes()
        elif muted != self._muted:
            self._muted = muted
            self._show_rows()
        self.setVisible(bool(self._names))

    def row(self, label: int) -> LegendRow:
        """The button of class ``label``, scrolled to where it is seen."""
        first, at = self._bar.value(), self._listed.index(label)
        if not first <= at < first + len(self._rows):
            self._bar.setValue(at if at < first else at - len(self._rows) + 1)
        return self._rows[at - self._bar.value()]

    # -- parts ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 0, 4)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # it scrolls
        column.setSpacing(2)
        self._build_head(column)
        self._filter = QLineEdit(self, placeholderText="Find a class", clearButtonEnabled=True)
        self._filter.setAccessibleName("Find a class")
        self._filter.setToolTip("Show only classes with these letters in their names")
        self._filter.setMaximumWidth(FILTER_WIDTH)
        self._filter.textChanged.connect(self._list_classes)
        column.addWidget(self._filter)
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
        column.addLayout(middle)
        self._line = self._quiet("")
        self._line.setFixedHeight(ROW)
        self._line.setIndent(6)
        column.addWidget(self._line)
        column.addStretch(1)

    def _build_head(self, column: QVBoxLayout) -> None:
        head = QHBoxLayout()
        head.setSpacing(0)
        self._title = self._quiet("Classes")
        self._title.setIndent(6)
        self.fold_button = QToolButton(self)
        self.fold_button.setCheckable(True)
        self.fold_button.setChecked(True)
        self.fold_button.setObjectName("legendFold")
        self.fold_button.setProperty("role", "small")
        self.fold_button.setFixedSize(22, 22)
        self.fold_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.fold_button.toggled.connect(self._on_fold_toggled)
        head.addWidget(self._title, 1)
        head.addWidget(self.fold_button)
        column.addLayout(head)
        self._show_fold()

    def _quiet(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "quiet")
        return label

    def _show_fold(self) -> None:
        words = "Name the classes" if self.folded else "Keep only the colours"
        self.fold_button.setAccessibleName(words)
        self.fold_button.setToolTip(words)
        self.fold_button.setText("\u2039" if self.folded else "\u203a")

    def _measured(self) -> tuple[int, int]:
        """How wide the names and the counts are."""
        measure = self.fontMetrics().horizontalAdvance
        name = max((measure(n) for n in self._names), default=0)
        count = max((measure(t) for t in (*map("{:,}".format, self._counts), "000")), default=0)
        return min(name, WIDEST), count

    # -- which rows -------------------------------------------------------------------------

    @Slot()
    def _list_classes(self) -> None:
        """Those whose names have the letters that are looked for."""
        wanted = self._filter.text().casefold().strip()
        self._listed = [i for i, n in enumerate(self._names) if wanted in n.casefold()]
        self._filter.setVisible(len(self._names) > MOST and not self.folded)
        self._fit()

    def _fit(self) -> None:
        """As many rows as there are classes, or room."""
        shown = min(len(self._listed), self._room())
        while len(self._rows) > shown:
            row = self._rows.pop()
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self._rows) < shown:
            self._add_row()
        beyond = len(self._listed) - shown
        self._bar.setRange(0, beyond)
        self._bar.setPageStep(max(1, shown - 1))
        self._bar.setVisible(beyond > 0 and not self.folded)
        self._line.setVisible((beyond > 0 or not self._listed) and not self.folded)
        self._show_rows()

    def _room(self) -> int:
        """How many rows there may be: as many as fit; one at least, so that it can be unfolded."""
        taken = self.fold_button.height() + 6
        taken += self._filter.sizeHint().height() + 2 if len(self._names) > MOST else 0
        rows = (self.height() - taken) // ROW
        if rows < len(self._listed):
            rows -= 1  # the line below them
        return min(MOST, max(1, rows))

    def _add_row(self) -> None:
        row = LegendRow(self)
        self._rows.append(row)
        self._list.addWidget(row)
        row.clicked.connect(self._on_row_clicked)
        row.stepped.connect(self._on_row_stepped)
        row.show()

    @Slot()
    def _show_rows(self) -> None:
        first, widths = self._bar.value(), (0, 0) if self.folded else self._widths
        for label, row in zip(self._listed[first:], self._rows, strict=False):
            row.set_class(label, self._names[label], f"{self._counts[label]:,}", *widths)
            row.set_muted(label in self._muted)
        last, count = first + len(self._rows), len(self._listed)
        found = f"{first + 1:,}\u2013{last:,} of {count:,}" if count else "no such class"
        self._line.setText(found)

    # -- mouse and keys ---------------------------------------------------------------------

    @Slot()
    def _on_row_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, LegendRow):
            self.class_toggled.emit(row.label)

    @Slot(int)
    def _on_row_stepped(self, steps: int) -> None:
        row = self.sender()
        if isinstance(row, LegendRow):
            at = self._listed.index(row.label) + steps
            to = self._listed[min(max(at, 0), len(self._listed) - 1)]
            self.row(to).setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(bool)
    def _on_fold_toggled(self, unfolded: bool) -> None:
        self._title.setVisible(unfolded)
        if not unfolded:
            self._filter.clear()
        self._show_fold()
        self._list_classes()
        if not self.signalsBlocked():  # the user's choice
            self._wish = not unfolded
        self.fold_changed.emit(not unfolded)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, where there is more than is seen."""
        if not self._bar.maximum():
            event.ignore()
            return
        event.accept()
        self._turned += event.angleDelta().y()
        notches = int(self._turned / NOTCH * ROWS_A_NOTCH)
        self._turned -= round(notches * NOTCH / ROWS_A_NOTCH)
        self._bar.setValue(self._bar.value() - notches)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the filter shows all classes again, and is no more than that."""
        if event.key() == Qt.Key.Key_Escape and self._filter.text():
            self._filter.clear()
        else:
            super().keyPressEvent(event)

    # -- Qt's events ------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """It scrolls: a row is enough."""
        return QSize(super().minimumSizeHint().width(), self.fold_button.height() + 2 * ROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height has room for other rows."""
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():
            self._fit()
