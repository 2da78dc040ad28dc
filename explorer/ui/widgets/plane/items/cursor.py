"""The crosshair with a ring that stands where z is held, and the dot that travels along a path.

Where the ring is out of sight, an arrow at the edge says where it is.

Small widgets over the plane, not part of it: Qt moves and paints them by itself, so that a drag
asks Python, and the lock that training shares, for no more than the new place.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from explorer.ui.widgets.plane.frame import Pixel
from explorer.ui.widgets.plane.items.edge_arrow import EdgeArrow

RADIUS = 9.0
DOT = 5.0
GAP = 9  # px from the middle that the arms leave free
LINE_ALPHA = 130 / 255
BEYOND = 100.0  # px outside the frame; Qt's places are 32-bit numbers, a deep zoom's are not


class Cursor(QWidget):
    """Fills the frame of a plane and cuts off what would reach beyond it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._arms = [QLabel(self) for _ in range(4)]
        self._ring, self._dot = QLabel(self), QLabel(self)
        self._arrow = EdgeArrow(self)
        self._shown = True
        self._faint = QColor()
        for part in (*self._arms, self._ring, self._dot):
            part.hide()

    def apply_theme(self, accent: QColor, ground: QColor, opacity: float) -> None:
        """Other colours; 0 is transparent, 1 the usual look."""
        self._faint = QColor(accent)
        self._faint.setAlphaF(LINE_ALPHA * opacity)
        self._cut_arms()
        self._ring.setPixmap(self._drawn_ring(accent, ground, opacity))
        self._dot.setPixmap(self._drawn_dot(accent, ground))
        for label in (self._ring, self._dot):
            label.adjustSize()
        self._shown = opacity > 0
        self._arrow.apply_theme(accent, ground)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The arms reach from edge to edge."""
        super().resizeEvent(event)
        self._cut_arms()

    def _cut_arms(self) -> None:
        """Pictures, since a style sheet takes a palette away; a label shows the part it has."""
        across, down = QPixmap(self.width(), 1), QPixmap(1, self.height())
        for strip, arms in ((across, self._arms[:2]), (down, self._arms[2:])):
            strip.fill(self._faint)
            for arm in arms:
                arm.setPixmap(strip)

    def point(self, at: Pixel | None) -> None:
        """Put the crosshair at a pixel of the parent; None hides it."""
        if at is not None:
            x, y = self._cell(at)
            width, height = self.width(), self.height()
            left, right, above, below = self._arms
            left.setGeometry(0, y, max(0, x - GAP), 1)
            right.setGeometry(x + GAP + 1, y, max(0, width - x - GAP - 1), 1)
            above.setGeometry(x, 0, 1, max(0, y - GAP))
            below.setGeometry(x, y + GAP + 1, 1, max(0, height - y - GAP - 1))
            self._put(self._ring, x, y)
        if at is None or not self._shown:
            self._arrow.hide()
        else:
            self._arrow.point(x, y)
        if self._ring.isHidden() != (at is None):
            for part in (*self._arms, self._ring):
                part.setVisible(at is not None)

    def travel(self, at: Pixel | None) -> None:
        """Put the dot at a pixel of the parent; None hides it."""
        if at is not None:
            self._put(self._dot, *self._cell(at))
        self._dot.setVisible(at is not None)

    def _cell(self, at: Pixel) -> tuple[int, int]:
        """The pixel within the frame; what is far out of sight is just out of sight."""
        x, y = at[0] - self.x(), at[1] - self.y()
        return round(min(max(x, -BEYOND), self.width() + BEYOND)), round(
            min(max(y, -BEYOND), self.height() + BEYOND)
        )

    def _put(self, label: QLabel, x: int, y: int) -> None:
        label.move(x - label.width() // 2, y - label.height() // 2)

    def _drawn_ring(self, accent: QColor, ground: QColor, opacity: float) -> QPixmap:
        pixmap = self._blank(RADIUS + 2.25)
        painter = QPainter(pixmap)
        painter.setOpacity(opacity)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = pixmap.deviceIndependentSize().width() / 2
        for pen in (QPen(ground, 4.5), QPen(accent, 2.5)):
            painter.setPen(pen)
            painter.drawEllipse(QPointF(middle, middle), RADIUS, RADIUS)
        painter.end()
        return pixmap

    def _drawn_dot(self, accent: QColor, ground: QColor) -> QPixmap:
        pixmap = self._blank(DOT + 1)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = pixmap.deviceIndependentSize().width() / 2
        painter.setPen(QPen(ground, 2))
        painter.setBrush(accent)
        painter.drawEllipse(QPointF(middle, middle), DOT, DOT)
        painter.end()
        return pixmap

    def _blank(self, reach: float) -> QPixmap:
        """A transparent square that reaches so far from the middle of its middle pixel."""
        ratio = self.devicePixelRatioF()
        side = 2 * round(reach + 0.5) + 1
        pixmap = QPixmap(round(side * ratio), round(side * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        return pixmap
