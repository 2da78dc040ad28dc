"""What lies over the points: the hover ring, the lasso."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from explorer.ui.widgets.plane.frame import Point


class MarkItem(QGraphicsObject):
    """Child of a ViewBox, in its pixels: lines keep their width at every zoom."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__()
        self.setParentItem(box)  # as a constructor argument it is freed twice (PySide6 6.11)
        self._box = box
        self.hover_at: Point | None = None
        self.loop: Sequence[Point] = ()
        self.accent, self.text, self.ground = QColor("blue"), QColor("black"), QColor("white")
        self.setZValue(20)
        box.sigTransformChanged.connect(self._on_box_transform_changed)
        box.sigResized.connect(self._on_box_resized)

    def _on_box_transform_changed(self, _box: object = None) -> None:
        self.update()

    def _on_box_resized(self, _box: object = None) -> None:
        self.prepareGeometryChange()
        self.update()

    def set_colours(self, accent: QColor, text: QColor, ground: QColor) -> None:
        """The theme's colours for all marks."""
        self.accent, self.text, self.ground = accent, text, ground
        self.update()

    def boundingRect(self) -> QRectF:
        """The whole view box."""
        return QRectF(self._box.rect())

    def to_pixels(self, point: Point) -> QPointF:
        """Plane coordinates to pixels of the view box."""
        rect, seen = self._box.rect(), self._box.viewRect()
        x = (point[0] - seen.left()) / seen.width() * rect.width()
        y = (seen.bottom() - point[1]) / seen.height() * rect.height()
        return QPointF(x, y)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """The ring of the point under the pointer, then the lasso."""
        painter.setClipRect(self.boundingRect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hover_at is not None:
            self._ring(painter, self.to_pixels(self.hover_at), 7, self.text, 1.5)
        if len(self.loop) > 1:
            self._paint_loop(painter)

    def _paint_loop(self, painter: QPainter) -> None:
        inside = QColor(self.accent)
        inside.setAlpha(36)
        painter.setPen(QPen(self.accent, 1.5))
        painter.setBrush(inside)
        painter.drawPolygon(QPolygonF([self.to_pixels(point) for point in self.loop]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _ring(
        self, painter: QPainter, at: QPointF, radius: float, colour: QColor, width: float
    ) -> None:
        painter.setPen(QPen(self.ground, width + 2))
        painter.drawEllipse(at, radius, radius)
        painter.setPen(QPen(colour, width))
        painter.drawEllipse(at, radius, radius)
