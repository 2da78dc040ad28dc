"""All points of a plane, as one picture."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

from explorer.ui.widgets.plane import raster
from explorer.ui.widgets.plane.items.view_item import ViewItem

ALPHA, DIMMED, RIM = 0.70, 0.12, 0.5
OVER_ALPHA, OVER_RIM = 0.95, 0.8  # of points on pictures
OUTLINE, OUTLINED_FROM = 2, 3  # px that an outline adds, to points of so many at least
_SHUFFLE_SEED = 0  # a fixed draw order: no class lies on top because of its number


class PointItem(ViewItem):
    """Those that are dimmed lie below the others."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box)
        self._x = self._y = np.zeros(0, np.float32)
        self._colours = np.zeros(0, np.uint8)
        self._dimmed: NDArray[np.bool_] | None = None
        self._order = np.zeros(0, np.int64)
        self._marks = raster.marks(self._colours)
        self._lut = np.zeros((1, 4), np.uint8)
        self._outlined, self._ground = False, QColor("white")
        self._pixels: NDArray[np.uint32] | None = None  # of the picture, which does not hold them
        self.setZValue(-10)

    def set_points(
        self, xy: NDArray[np.float32], colours: NDArray[np.uint8], lut: NDArray[np.uint8]
    ) -> None:
        """xy: (n, 2) plane coordinates; colours: (n,) rows of lut: (k, 4) RGBA, k at most 127."""
        self._order = np.random.default_rng(_SHUFFLE_SEED).permutation(len(xy))
        self._colours, self._lut = colours, lut
        self._dimmed = None
        self._arrange(xy)

    def set_dimmed(self, xy: NDArray[np.float32], mask: NDArray[np.bool_] | None) -> None:
        """Paint the points under ``mask``: (n,) faintly and below the others; None dims none."""
        if mask is None and self._dimmed is None:
            return
        self._dimmed = mask
        self._arrange(xy)

    def set_lut(self, lut: NDArray[np.uint8]) -> None:
        """Other colours for the same points."""
        self._lut = lut
        self.forget()

    def set_outlined(self, outlined: bool) -> None:
        """Whether each point has a rim in the colour of the ground, to be seen on pictures."""
        if outlined != self._outlined:
            self._outlined = outlined
            self.forget()

    def set_ground(self, ground: QColor) -> None:
        """The colour below everything."""
        self._ground = ground
        self.forget()

    def _arrange(self, xy: NDArray[np.float32]) -> None:
        order, colours = self._order, self._colours
        if self._dimmed is not None and len(order):
            order = order[np.argsort(~self._dimmed[order], kind="stable")]
            colours = np.where(self._dimmed, colours + np.uint8(127), colours)
        self._x = np.ascontiguousarray(xy[order, 0])
        self._y = np.ascontiguousarray(xy[order, 1])
        self._marks = raster.marks(colours[order])
        self.forget()

    def is_empty(self) -> bool:
        """Whether there are no points."""
        return not len(self._x)

    def put_together(self, size: tuple[int, int], seen: QRectF, ratio: float) -> QImage:
        """Each point a disc, or an outlined one."""
        width, height = size
        sx, sy = width / seen.width(), height / seen.height()
        x = self._x * np.float32(sx) - np.float32(seen.left() * sx)
        y = np.float32(seen.bottom() * sy) - self._y * np.float32(sy)
        logical = raster.size_for(len(self._x), width * height / ratio**2)
        wider = OUTLINE if self._outlined and logical >= OUTLINED_FROM else 0
        disc = min(raster.SIZES, key=lambda s: abs(s - (logical + wider) * ratio))
        lut = self._table(outlined=wider > 0)
        self._pixels = raster.coloured(raster.drawn(x, y, self._marks, (height, width), disc), lut)
        form = QImage.Format.Format_ARGB32_Premultiplied
        return QImage(self._pixels.data, width, height, width * 4, form)

    def _table(self, *, outlined: bool) -> NDArray[np.uint32]:
        """What is seen of each colour; colour 127 + k is colour k, dimmed."""
        ground = np.array(self._ground.getRgb(), np.uint8) if outlined else None
        alpha, rim = (OVER_ALPHA, OVER_RIM) if outlined else (ALPHA, RIM)
        lut = raster.table(self._lut, alpha, rim, ground)
        lut[256:] = raster.table(self._lut, DIMMED, RIM, ground)[2:258]
        return lut
