"""Tiles of pictures over a plane, put together once for each view and laid down as one picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from explorer.ui.widgets.plane.frame import View

Pixels = NDArray[np.uint32]  # (h, w) 0xffRRGGBB
GAP = 2  # px between two pictures
LEAST = 6  # half gaps that a picture is wide at least where it has gaps


class PlacedTile(NamedTuple):
    """at: left, right, bottom, top in the plane. pixels: its upper edge first.

    cells: pictures along each side, which are set apart by a gap.
    """

    at: View
    pixels: Pixels
    cells: int = 1


class TiledItem(QGraphicsObject):
    """Child of a ViewBox, in its pixels, so that tiles meet on whole ones; later ones lie above.

    They are laid over each other in full and faded as one: what lies below is not seen through.
    """

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__()
        self._box = box
        self._tiles: Sequence[PlacedTile] = ()
        self._smooth = False
        self._made: object = None  # what the picture is of
        self._picture = QImage()
        box.sigTransformChanged.connect(self._on_box_transform_changed)
        box.sigResized.connect(self._on_box_resized)

    def set_tiles(self, tiles: Sequence[PlacedTile]) -> None:
        """Lay these down in the place of those before."""
        self._tiles, self._made = tiles, None
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
        """Make the picture if the view moved or other tiles came, and lay it down."""
        if not self._tiles:
            return
        ratio = painter.device().devicePixelRatioF()
        rect, seen = self._box.rect(), self._box.viewRect()
        size = round(rect.width() * ratio), round(rect.height() * ratio)
        made = (size, seen.getRect())
        if made != self._made and min(size) > 0:
            self._picture = self._put_together(size, seen, ratio)
            self._made = made
        painter.drawImage(QRectF(rect), self._picture)

    def _put_together(self, size: tuple[int, int], seen: QRectF, ratio: float) -> QImage:
        picture = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._smooth)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.transparent)
        for at, pixels, cells in self._tiles:
            high, wide = pixels.shape
            form = QImage.Format.Format_RGB32
            where = _on_screen(at, size, seen)
            painter.drawImage(where, QImage(pixels.data, wide, high, 4 * wide, form))
            painter.drawRects(_gaps(where, cells, ratio))
        painter.end()
        return picture


def _gaps(where: QRect, cells: int, ratio: float) -> list[QRect]:
    """Strips within a tile, so that pictures stand ``GAP`` apart, within it and from tile to tile.

    In a tile so small that they would be most of it there are none.
    """
    half = round(GAP * ratio / 2)
    left, top, wide, high = where.x(), where.y(), where.width(), where.height()
    if min(wide, high) < LEAST * half * cells:
        return []
    made = []
    for k in range(cells + 1):
        x, y = left + round(k * wide / cells), top + round(k * high / cells)
        made += [QRect(x - half * (k > 0), top, half * (1 + (0 < k < cells)), high)]
        made += [QRect(left, y - half * (k > 0), wide, half * (1 + (0 < k < cells)))]
    return made


def _on_screen(at: View, size: tuple[int, int], seen: QRectF) -> QRect:
    """The whole pixels that a part of the plane covers: what meets there meets here."""
    sx, sy = size[0] / seen.width(), size[1] / seen.height()
    left, right = (round((x - seen.left()) * sx) for x in at[:2])
    bottom, top = (round((seen.bottom() - y) * sy) for y in at[2:])
    return QRect(left, top, right - left, bottom - top)
