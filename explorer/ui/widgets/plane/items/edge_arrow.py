"""An arrow at the edge of a plane, towards a cursor that is out of sight."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QLabel, QWidget

SIDE = 21  # px of its square
TURNS = 32  # directions, each drawn once


class EdgeArrow(QLabel):
    """A child of what it points out of; Qt moves and paints it by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._frame = parent
        self._accent, self._ground = QColor(), QColor()
        self._drawn: dict[int, QPixmap] = {}
        self._turn = -1
        self.resize(SIDE, SIDE)
        self.hide()

    def apply_theme(self, accent: QColor, ground: QColor) -> None:
        """Other colours."""
        self._accent, self._ground = accent, ground
        self._drawn.clear()
        self._turn = -1

    def point(self, x: int, y: int) -> None:
        """Towards a pixel of the parent; gone where that is in sight."""
        width, height = self._frame.width(), self._frame.height()
        outside = not (0 <= x < width and 0 <= y < height)
        if outside:
            self._stand(x, y, width, height)
        if self.isHidden() == outside:
            self.setVisible(outside)

    def _stand(self, x: int, y: int, width: int, height: int) -> None:
        """At the nearest place of the edge, turned to where the cursor is."""
        half = SIDE // 2
        at = min(max(x, half), width - half - 1), min(max(y, half), height - half - 1)
        self.move(at[0] - half, at[1] - half)
        turn = round(math.atan2(y - at[1], x - at[0]) / math.tau * TURNS) % TURNS
        if turn != self._turn:
            self._turn = turn
            if turn not in self._drawn:
                self._drawn[turn] = self._draw(turn * 360 / TURNS)
            self.setPixmap(self._drawn[turn])

    def _draw(self, degrees: float) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(SIDE / 2, SIDE / 2)
        painter.rotate(degrees)
        join = Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(self._ground, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, join))
        painter.setBrush(self._accent)
        painter.drawPolygon(QPolygonF([QPointF(9, 0), QPointF(-6, -7), QPointF(-6, 7)]))
        painter.end()
        return pixmap
