"""Which colour is which class; a click mutes a class or brings it back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from explorer.ui import theme

ROW, SWATCH, MOST = 20, 10, 24


class Legend(QWidget):
    """A row a class: swatch, name, count. ``class_toggled`` carries the class's number."""

    class_toggled = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[LegendRow] = []
        self._content: tuple[tuple[str, ...], tuple[int, ...]] = ((), ())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 4, 4, 4)
        self._column.setSpacing(0)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # the theme says how thin
        self.hide()

    def set_classes(
        self, names: Sequence[str], counts: Sequence[int], muted: Collection[int] = ()
    ) -> None:
        """names, counts: of class 0, 1, ...; muted: the classes shown faintly. Empty hides."""
        content = (tuple(names[:MOST]), tuple(counts[:MOST]))
        if content != self._content:
            self._content = content
            self._build()
        for row in self._rows:
            row.set_muted(row.label in muted)
        self.setVisible(bool(self._rows))

    def row(self, label: int) -> QAbstractButton:
        """The button of class ``label``."""
        return self._rows[label]

    def _build(self) -> None:
        names, counts = self._content
        if len(names) != len(self._rows):
            self._make_rows(len(names))
        texts = [f"{count:,}" for count in counts]
        widths = self._widths(names, texts)
        for row, name, text in zip(self._rows, names, texts, strict=True):
            row.set_text(name, text, *widths)
        self.adjustSize()

    def _make_rows(self, count: int) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [LegendRow(label, self) for label in range(count)]
        for row in self._rows:
            self._column.addWidget(row)
            row.clicked.connect(self._on_row_clicked)
            row.show()

    def _widths(self, names: Sequence[str], texts: Sequence[str]) -> tuple[int, int]:
        measure = self.fontMetrics().horizontalAdvance
        name = max((measure(n) for n in names), default=0)
        count = max((measure(t) for t in (*texts, "000")), default=0)
        return min(name, 150), count

    @Slot()
    def _on_row_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, LegendRow):
            self.class_toggled.emit(row.label)


class LegendRow(QAbstractButton):
    """One class."""

    def __init__(self, label: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self.muted = False
        self._name = self._count = ""
        self._name_width = self._count_width = 0
        self._picture: QPixmap | None = None  # as it looks, for as long as it does
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_text(self, name: str, count: str, name_width: int, count_width: int) -> None:
        """What the row says, and how wide its two columns are."""
        self._name, self._count = name, count
        self._name_width, self._count_width = name_width, count_width
        self.setToolTip(f"{name}: {count} samples. Click to mute or unmute.")
        self._show_accessible_name()
        self.updateGeometry()
        self._look_anew()

    def set_muted(self, muted: bool) -> None:
        """Show the class as muted or not."""
        if muted != self.muted:
            self.muted = muted
            self._show_accessible_name()
            self._look_anew()

    def _show_accessible_name(self) -> None:
        self.setAccessibleName(f"{self._name}, {self._count}{', muted' if self.muted else ''}")

    def sizeHint(self) -> QSize:
        """Swatch, name, count."""
        return QSize(SWATCH + self._name_width + self._count_width + 32, ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the drawn row down: the plane beneath it repaints with every move of the hand."""
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatioF() != ratio:
            self._picture = self._drawn(ratio)
        QPainter(self).drawPixmap(0, 0, self._picture)

    def _look_anew(self) -> None:
        self._picture = None
        self.update()

    def _drawn(self, ratio: float) -> QPixmap:
        """A muted class keeps its ring, and its name is struck out."""
        tokens = theme.tokens_of(self)
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme.class_colour(self.label, tokens)
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush if self.muted else colour)
        painter.drawEllipse(QRectF(6, (ROW - SWATCH) / 2 + 0.5, SWATCH - 1, SWATCH - 1))
        self._paint_text(painter, tokens)
        if self.underMouse() or self.hasFocus():
            pen = QPen(QColor(tokens.accent if self.hasFocus() else tokens.hairline), 1.5)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()
        return picture

    def _paint_text(self, painter: QPainter, tokens: theme.Tokens) -> None:
        font = theme.font()
        font.setStrikeOut(self.muted)
        painter.setFont(font)
        left = SWATCH + 14
        elide = Qt.TextElideMode.ElideRight
        name = painter.fontMetrics().elidedText(self._name, elide, self._name_width + 1)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tokens.quiet if self.muted else tokens.text))
        painter.drawText(QRectF(left, 0, self._name_width + 2, ROW), middle, name)
        painter.setPen(QColor(tokens.quiet))
        painter.setFont(theme.font())
        box = QRectF(left + self._name_width + 10, 0, self._count_width, ROW)
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, self._count)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size is another picture."""
        self._look_anew()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._look_anew()

    def enterEvent(self, event: QEvent) -> None:
        """Show that it can be pressed."""
        self._look_anew()

    def leaveEvent(self, event: QEvent) -> None:
        """Quiet again."""
        self._look_anew()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self._look_anew()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No ring."""
        super().focusOutEvent(event)
        self._look_anew()
