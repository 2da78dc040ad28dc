"""Layer: a point for each sample, coloured by class."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.plane.layers import Layer, layers
from explorer.ui.plane.surface import Surface
from explorer.ui.themes import theme


@layers.register("points")
class PointsLayer(Layer):
    """Every sample whose place is known; what is muted or not selected is dimmed, never hidden."""

    label, key, order = "Points", "6", -10
    tip = "A point for every sample; in the latent plane its code, the mean of q(z|x)"

    def __init__(self, plane: Surface, state: State, session: Session) -> None:
        super().__init__(plane, state, session)
        state.watch(f"{plane.position_fields} dataset", self._show_points)
        state.watch("muted selection", self._show_dimmed)

    def show_appearance(self) -> None:
        """Fade the raster of points."""
        self.plane.set_points_appearance(self.appearance.visible, self.appearance.opacity)

    def _show_points(self) -> None:
        now, there = self.state.now, self.plane.positions
        if there is None:
            self.plane.set_points(None)
            return
        labels, kind = self._labels(), self.plane.kind
        colours = None if labels is None else (labels % theme.MOST_COLOURS).astype(np.uint8)
        of = (kind.points_of(now), now.plane(kind.name).axes)
        self.plane.set_points(there.xy, colours, self._lut(), of)
        self._show_dimmed()

    def _show_dimmed(self) -> None:
        now, there = self.state.now, self.plane.positions
        if there is None:
            return
        mask = np.zeros(len(there.index), np.bool_)
        labels = self._labels()
        if labels is not None and now.muted:
            mask |= np.isin(labels, list(now.muted))
        if len(now.selection) > 1:
            mask |= ~np.isin(there.index, now.selection)
        self.plane.set_dimmed(mask if mask.any() else None)

    def _labels(self) -> NDArray[np.int64] | None:
        data, there = self.state.now.dataset, self.plane.positions
        return (
            None
            if data is None or data.labels is None or there is None
            else (data.labels[there.index])
        )

    def _lut(self) -> NDArray[np.uint8]:
        data = self.state.now.dataset
        return theme.class_lut(0 if data is None else len(data.classes), self.tokens)

    def apply_theme(self) -> None:
        """Another theme has other class colours."""
        self.plane.set_colours(self._lut())
