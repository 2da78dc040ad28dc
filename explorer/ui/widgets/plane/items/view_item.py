"""A graphics item that is one picture of all that a view box shows, made anew for each view."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget


class ViewItem(QGraphicsObject):
    """Child of a ViewBox, in its pixels, so that the picture lands on whole pixels unscaled."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__()
        self.setParentItem(box)  # as a constructor argument it is freed twice (PySide6 6.11)
        self._box = box
        self._of: object = None  # what the picture is of
        self._picture = QImage()
        box.sigTransformChanged.connect(self._on_box_transform_changed)
        box.sigResized.connect(self._on_box_resized)

    def is_empty(self) -> bool:
        """Whether there is nothing to paint."""
        raise NotImplementedError

    def put_together(self, size: tuple[int, int], seen: QRectF, ratio: float) -> QImage:
        """The picture. size: width and height in pixels of the device. seen: in plane units.

        ratio: of those pixels to the ones that people speak of.
        """
        raise NotImplementedError

    def forget(self) -> None:
        """Make the picture anew: it is of something else."""
        self._of = None
        self.update()

    def _on_box_transform_changed(self, _box: object = None) -> None:
        self.update()

    def _on_box_resized(self, _box: object = None) -> None:
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        """The whole view box."""
        return QRectF(self._box.rect())

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Make the picture if the view moved or its content changed, and lay it down."""
        if self.is_empty():
            return
        ratio = painter.device().devicePixelRatioF()
        rect, seen = self._box.rect(), self._box.viewRect()
        size = round(rect.width() * ratio), round(rect.height() * ratio)
        of = (size, seen.getRect())
        if of != self._of and min(size) > 0:
            self._picture = self.put_together(size, seen, ratio)
            self._of = of
        painter.drawImage(QRectF(rect), self._picture)
