"""The latent plane: the scatter plane bound to the state through its layers and tools."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from explorer.app.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.plane import layers, tools
from explorer.ui.widgets.mark_item import Point
from explorer.ui.widgets.scatter_plane import ScatterPlane

SPREAD_SEED = 0


class LatentPlane(ScatterPlane):
    """Two latent dimensions of every sample, and the hand that moves z among them."""

    def __init__(
        self, state: State, jobs: Jobs, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("plane")
        self.setAccessibleName("Latent plane")
        self._state = state
        layers.layers.discover("explorer.ui.plane.layers")
        tools.tools.discover("explorer.ui.plane.tools")
        self.layers = [layer(self, state, session) for layer in layers.layers.values()]
        self.tools = {name: tools.tools[name](self, state, session) for name in tools.tools}
        state.watch("tool", self._show_tool)
        state.watch("model plane_axes", self._show_axes)

    def flat(self, codes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Latent vectors (m, d) as points of the plane (m, 2).

        One latent dimension has no second axis: its points are spread at random for the eye.
        """
        if codes.shape[1] == 1:
            spread = np.random.default_rng(SPREAD_SEED).uniform(-0.6, 0.6, len(codes))
            return np.column_stack([codes[:, 0], spread]).astype(np.float32)
        return np.ascontiguousarray(codes[:, list(self._state.now.plane_axes)])

    def lifted(self, point: Point) -> NDArray[np.float32] | None:
        """The held z with the plane's two dimensions at ``point``; None without a model."""
        z = self._state.now.z
        if z is None:
            return None
        made = z.copy()
        for axis, value in zip(self._state.now.plane_axes, point, strict=True):
            if axis < len(made):
                made[axis] = value
        return made

    def _show_tool(self) -> None:
        for name, tool in self.tools.items():
            tool.set_active(name == self._state.now.tool)
        self._show_pointer_shape()

    def _show_axes(self) -> None:
        model, (a, b) = self._state.now.model, self._state.now.plane_axes
        if model is not None and model.config.latent_dim == 1:
            self.set_axis_names("z1", "(spread at random)")
        else:
            self.set_axis_names(f"z{a + 1}", f"z{b + 1}")
