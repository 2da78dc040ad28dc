"""One class of the legend: its colour, its name, how many samples it has. The colour is pressed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from explorer.ui.themes import theme

ROW, SWATCH = 20, 10
PRESSED = 22  # px of the row that take a click: the swatch, and what is around it
PAGE, ALL = 10, 1 << 30
STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -PAGE,
    Qt.Key.Key_PageDown: PAGE,
    Qt.Key.Key_Home: -ALL,
    Qt.Key.Key_End: ALL,
}


class LegendRow(QAbstractButton):
    """One class. ``stepped`` carries how many rows the keys go up (below 0) or down."""

    shows_focus = True

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = 0
        self.muted = False
        self._name = self._count = ""
        self._name_width = self._count_width = 0
        self._picture: QPixmap | None = None  # as it looks, for as long as it does
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)

    def set_class(
        self, label: int, name: str, count: str, name_width: int, count_width: int
    ) -> None:
        """Which class it is, what the row says, and how wide its two columns are."""
        self.label, self._name, self._count = label, name, count
        self._name_width, self._count_width = name_width, count_width
        self.setToolTip(f"{name}: {count} samples. Click the dot to mute or unmute.")
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows, the page keys, Home and End go to other classes; Space presses."""
        steps = STEPS.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(steps)

    def sizeHint(self) -> QSize:
        """Swatch, name, count; or the swatch alone."""
        words = self._name_width + self._count_width
        return QSize(SWATCH + words + 32 if words else PRESSED, ROW)

    def hitButton(self, at: QPoint) -> bool:
        """Only the swatch is pressed: words are there to be read."""
        return at.x() < PRESSED and self.rect().contains(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pointer tells what can be pressed."""
        super().mouseMoveEvent(event)
        over = self.hitButton(event.position().toPoint())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the drawn row down."""
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
        if self._name_width:
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
        elide = Qt.TextElideMode.ElideMiddle
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
