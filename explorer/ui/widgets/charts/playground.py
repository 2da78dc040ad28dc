"""What the two plots to play with share: a frame with axes, a handle, keys, and a value drawn."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.themes import theme

HANDLE = 6  # px, its radius
HEIGHT, HIGHEST = 132, 320  # px
KEYS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip


class Playground(QWidget):
    """``changed`` when something was moved: by mouse anywhere in `plot_rect`, or by arrow keys."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(260)
        self.setMinimumHeight(HEIGHT)
        self.setMaximumHeight(HIGHEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def plot_rect(self) -> QRectF:
        """Where the mouse moves something."""
        raise NotImplementedError

    def put(self, at: QPointF) -> None:
        """The pointer is at a pixel."""
        raise NotImplementedError

    def nudge(self, dx: int, dy: int, *, far: bool) -> None:
        """An arrow key: steps to the right and up; ``far`` with Shift."""
        raise NotImplementedError

    def told(self) -> None:
        """Something moved: paint, and say so."""
        self.update()
        self.changed.emit()

    def sizeHint(self) -> QSize:
        """A strip."""
        return QSize(320, HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the handle, wherever it is."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.put(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.put(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move it; with Shift ten times as far."""
        step = KEYS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.nudge(*step, far=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The handle shows the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No longer."""
        super().focusOutEvent(event)
        self.update()

    # -- painting ---------------------------------------------------------------------------

    def paint_handle(self, painter: QPainter, at: QPointF, tokens: theme.Tokens) -> None:
        """A ring in the accent, filled while the keys move it."""
        painter.setPen(QPen(QColor(tokens.accent), 2))
        painter.setBrush(QColor(tokens.accent if self.hasFocus() else tokens.surface))
        painter.drawEllipse(at, HANDLE, HANDLE)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_frame(
    painter: QPainter,
    room: QRectF,
    tokens: theme.Tokens,
    *,
    bottom: Sequence[tuple[float, str]],
    left: Sequence[tuple[float, str]] = (),
    names: tuple[str, str] = ("", ""),
) -> None:
    """Hairlines, ticks at pixels with their words, and the axes' names (x below, y above)."""
    painter.setPen(QPen(QColor(tokens.hairline), 1))
    painter.drawLine(room.bottomLeft(), room.bottomRight())
    painter.drawLine(room.topLeft(), room.bottomLeft())
    painter.setPen(QColor(tokens.quiet))
    painter.setFont(theme.font(theme.SMALL))
    for x, text in bottom:
        painter.drawText(
            QRectF(x - 24, room.bottom() + 2, 48, 14), Qt.AlignmentFlag.AlignCenter, text
        )
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for y, text in left:
        painter.drawText(QRectF(room.left() - 34, y - 8, 30, 16), right, text)
    below = QRectF(room.left(), room.bottom() + 15, room.width(), 15)
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, names[0])
    above = QRectF(room.left() - 30, room.top() - 18, room.width() + 30, 15)
    painter.drawText(above, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, names[1])
