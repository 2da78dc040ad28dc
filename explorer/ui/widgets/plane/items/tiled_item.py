"""Pictures side by side over a plane, put together once for each view and laid down as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from explorer.ui.widgets.plane.frame import View

Pixels = NDArray[np.uint32]  # (h, w) 0xAARRGGBB


class Sheet(Protocol):
    """Pictures side by side."""

    @property
    def at(self) -> View:
        """Where they lie in the plane: left, right, bottom, top."""
        ...

    @property
    def pixels(self) -> Pixels:
        """Clear or opaque, the upper edge first."""
        ...


class TiledItem(QGraphicsObject):
    """Child of a ViewBox, in its pixels; of several sheets later ones lie above.

    They are laid over each other in full and faded as one: what lies below is not seen through.
    """

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__()
        self._box = box
        self._sheets: Sequence[Sheet] = ()
        self._smooth = False
        self._made: object = None  # what the picture is of
        self._picture = QImage()
        box.sigTransformChanged.connect(self._on_box_transform_changed)
        box.sigResized.connect(self._on_box_resized)

    def set_sheets(self, sheets: Sequence[Sheet]) -> None:
        """Lay these down in the place of those before."""
        self._sheets, self._made = sheets, None
        self.update()

    def set_smooth(self, smooth: bool) -> None:
        """Whether pixels run into each other."""
        self._smooth, self._made = smooth, None
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
        """Make the picture if the view moved or others came, and lay it down."""
        if not self._sheets:
            return
        ratio = painter.device().devicePixelRatioF()
        rect, seen = self._box.rect(), self._box.viewRect()
        size = round(rect.width() * ratio), round(rect.height() * ratio)
        made = (size, seen.getRect())
        if made != self._made and min(size) > 0:
            self._picture = self._put_together(size, seen)
            self._made = made
        painter.drawImage(QRectF(rect), self._picture)

    def _put_together(self, size: tuple[int, int], seen: QRectF) -> QImage:
        picture = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._smooth)
        for sheet in self._sheets:
            high, wide = sheet.pixels.shape
            form = QImage.Format.Format_ARGB32_Premultiplied
            image = QImage(sheet.pixels.data, wide, high, 4 * wide, form)
            painter.drawImage(_on_screen(sheet.at, size, seen), image)
        painter.end()
        return picture


def _on_screen(at: View, size: tuple[int, int], seen: QRectF) -> QRectF:
    """A part of the plane in pixels of the view."""
    sx, sy = size[0] / seen.width(), size[1] / seen.height()
    left, right, bottom, top = at
    x, y = (left - seen.left()) * sx, (seen.bottom() - top) * sy
    return QRectF(x, y, (right - left) * sx, (top - bottom) * sy)
