"""Layer: how dense the codes lie, as a quiet cloud below the points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsPixmapItem

from explorer.app.session import Session
from explorer.app.state import LayerAppearance, State
from explorer.ui.plane.layers import Layer, layers
from explorer.ui.plane.surface import Surface
from explorer.ui.widgets.plane.bounds import bounded, within

SIDE = 160  # cells along each axis
BLUR = 2.5  # cells, the standard deviation of the smoothing
MARGIN = 4 * BLUR / SIDE  # room at each edge for the smoothing, as a share of the extent
ROOT = 1 / 3  # of the count: thin places are seen beside the crowd
FAR = 0.001  # share of the codes at each end of an axis that may lie beyond the cells
DARKEST = 200  # alpha of the densest cell


@layers.register("density")
class DensityLayer(Layer):
    """A smoothed two-dimensional histogram of the codes shown."""

    label, key, order = "Density of codes", "2", -50
    tip = "A smoothed histogram of the codes: darker is denser, by the third root of the count"
    usual = LayerAppearance(visible=False)

    def __init__(self, plane: Surface, state: State, session: Session) -> None:
        self._cloud = QGraphicsPixmapItem()
        self._cloud.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        super().__init__(plane, state, session)
        self.group.add(self._cloud)
        state.watch(plane.position_fields, self._show_cloud)

    def show_appearance(self) -> None:
        """A cloud that was not seen is made anew."""
        super().show_appearance()
        self._show_cloud()

    def apply_theme(self) -> None:
        """Take the colour of the theme."""
        self._show_cloud()

    def _show_cloud(self) -> None:
        there = self.plane.positions
        if not self.appearance.visible:
            return
        xy = np.zeros((0, 2), np.float32) if there is None else there.xy
        rect, counts = histogram(xy)
        self._cloud.setPixmap(QPixmap.fromImage(_tinted(counts, QColor(self.tokens.accent))))
        scale = QTransform.fromScale(rect.width() / SIDE, rect.height() / SIDE)
        self._cloud.setTransform(scale)
        self._cloud.setPos(rect.topLeft())


def histogram(xy: NDArray[np.float32]) -> tuple[QRectF, NDArray[np.float64]]:
    """Where the cells lie, and the smoothed counts (SIDE, SIDE) of points (n, 2), upwards.

    Smoothing with a Gaussian, one axis after the other, keeps the sum of the counts.
    """
    xy = within(bounded(xy))
    if len(xy) < 2:
        return QRectF(-1, -1, 2, 2), np.zeros((SIDE, SIDE))
    low = np.quantile(xy, FAR, axis=0, method="lower")  # of fewer than 1 / FAR codes: all of them
    high = np.quantile(xy, 1 - FAR, axis=0, method="higher")
    xy = xy[((xy >= low) & (xy <= high)).all(axis=1)]  # the few outside would be cut at the edge
    margin = MARGIN * np.maximum(high - low, 1e-6)
    low, size = low - margin, high - low + 2 * margin
    cells = np.floor((xy - low) / size * SIDE).astype(np.int64)  # (n, 2)
    counts = np.bincount(cells[:, 1] * SIDE + cells[:, 0], minlength=SIDE * SIDE)
    rect = QRectF(*low.tolist(), *size.tolist())
    return rect, _smoothed(counts.reshape(SIDE, SIDE))


def _smoothed(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    distance = np.subtract.outer(np.arange(SIDE), np.arange(SIDE))
    kernel: NDArray[np.float64] = np.exp(-0.5 * (distance / BLUR) ** 2)
    kernel /= kernel.sum(axis=0)  # what a cell gives away sums to what it had
    made: NDArray[np.float64] = kernel @ counts @ kernel.T
    return made


def _tinted(counts: NDArray[np.float64], colour: QColor) -> QImage:
    """One colour, as opaque as a root of the count: (H, W) to premultiplied ARGB."""
    share = (counts / max(counts.max(), 1e-12)) ** ROOT
    alpha = (share * DARKEST).astype(np.uint32)
    red, green, blue = (
        (alpha * part // 255) for part in (colour.red(), colour.green(), colour.blue())
    )
    argb = np.ascontiguousarray((alpha << 24) | (red << 16) | (green << 8) | blue, np.uint32)
    form = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(argb.data, SIDE, SIDE, 4 * SIDE, form).copy()
