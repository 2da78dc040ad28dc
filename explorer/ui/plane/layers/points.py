"""Layer: the codes of the samples, coloured by class."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui import theme
from explorer.ui.plane.layers import Layer, layers
from explorer.ui.plane.view import LatentPlane


@layers.register("points")
class PointsLayer(Layer):
    """Every code that there is; muted classes and what is not selected are dimmed, never hidden."""

    label, key, order = "Points", "6", -10
    tip = "The code of every sample: the mean of q(z|x)"

    def __init__(self, plane: LatentPlane, state: State, session: Session) -> None:
        super().__init__(plane, state, session)
        state.watch("codes dataset planes.latent.axes", self._show_points)
        state.watch("muted selection", self._show_dimmed)

    def show_look(self) -> None:
        """Fade the raster of points."""
        self.plane.set_points_look(self.look.visible, self.look.opacity)

    def _show_points(self) -> None:
        now = self.state.now
        if now.codes is None:
            self.plane.set_points(None)
            return
        labels = self._labels()
        colours = None if labels is None else (labels % 127).astype(np.uint8)
        of = (id(now.dataset), now.space, now.plane("latent").axes)
        self.plane.set_points(self.plane.flat(now.codes.mean), colours, self._lut(), of)
        self._show_dimmed()

    def _show_dimmed(self) -> None:
        now = self.state.now
        if now.codes is None:
            return
        mask = np.zeros(len(now.codes.index), np.bool_)
        labels = self._labels()
        if labels is not None and now.muted:
            mask |= np.isin(labels, list(now.muted))
        if len(now.selection) > 1:
            mask |= ~np.isin(now.codes.index, now.selection)
        self.plane.set_dimmed(mask if mask.any() else None)

    def _labels(self) -> NDArray[np.int64] | None:
        now = self.state.now
        if now.dataset is None or now.dataset.labels is None or now.codes is None:
            return None
        return now.dataset.labels[now.codes.index]

    def _lut(self) -> NDArray[np.uint8]:
        data = self.state.now.dataset
        return theme.class_lut(0 if data is None else len(data.classes), self.tokens)

    def dress(self) -> None:
        """Another theme has other class colours."""
        self.plane.set_colours(self._lut())
