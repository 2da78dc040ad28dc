"""A group of graphics items in the coordinates of a plane, above or below its points."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem

from explorer.ui.widgets.plane.bounds import bounded_point
from explorer.ui.widgets.plane.frame import Point


class PlaneGroup(QObject):
    """Its items are Qt's own primitives: what does not change is painted without any Python.

    Lines keep their width with a cosmetic pen; what is ``pinned`` keeps its size.
    """

    def __init__(self, box: pg.ViewBox, height: float, parent: QObject) -> None:
        """height: the z value of the group among the children of the view box."""
        super().__init__(parent)
        self._box = box
        self.item = QGraphicsRectItem()
        self.item.setPen(Qt.PenStyle.NoPen)
        self.item.setParentItem(box)
        self.item.setZValue(height)
        box.sigTransformChanged.connect(self._on_box_changed)
        box.sigResized.connect(self._on_box_changed)
        self._on_box_changed()

    def add(self, item: QGraphicsItem) -> None:
        """Take an item in, in the plane's coordinates."""
        item.setParentItem(self.item)

    def pin(self, item: QGraphicsItem) -> None:
        """Take an item in that is as large in pixels at every zoom; `place` puts it."""
        item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        item.setParentItem(self.item)

    def place(self, item: QGraphicsItem, at: Point) -> None:
        """Put a pinned item at a point of the plane."""
        put = bounded_point(at)
        if put is not None:
            item.setPos(*put)

    def drop(self, item: QGraphicsItem) -> None:
        """Let an item go."""
        item.setParentItem(None)  # type: ignore[arg-type]
        scene = item.scene()
        if scene is not None:
            scene.removeItem(item)

    def _on_box_changed(self, _box: object = None) -> None:
        rect, seen = self._box.rect(), self._box.viewRect()
        if seen.width() > 0 and seen.height() > 0:
            sx, sy = rect.width() / seen.width(), rect.height() / seen.height()
            self.item.setTransform(QTransform(sx, 0, 0, -sy, -seen.left() * sx, seen.bottom() * sy))
