"""The latent plane: the scatter plane bound to the state through its layers and tools."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from explorer.app.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.plane import layers, tools
from explorer.ui.widgets.plane.frame import Point, View
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane

SPREAD_SEED = 0
DRAWN = (
    "dataset model codes planes.latent.axes muted layers selection own comparison path survey film"
    " mark_a mark_b bookmarks"
)
"""What layers draw from. Qt does not always tell of an item that goes: so the plane paints anew."""


class LatentPlane(ScatterPlane):
    """Two latent dimensions of every sample, and the hand that moves z among them."""

    double_clicked = Signal(float, float)

    def __init__(
        self, state: State, jobs: Jobs, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("plane")
        self.setAccessibleName("Latent plane")
        self.setAntialiasing(True)
        self.fits_on_double_click = True
        self._state, self.jobs = state, jobs
        self.view_changed.connect(self._on_view_changed)
        state.watch("planes.latent.view", self._show_view)  # before the layers hear
        layers.layers.discover("explorer.ui.plane.layers")
        tools.tools.discover("explorer.ui.plane.tools")
        names = sorted(layers.layers, key=lambda name: layers.layers[name].order)
        self.layers = {name: layers.layers[name](self, state, session) for name in names}
        self.tools = {name: tools.tools[name](self, state, session) for name in tools.tools}
        state.watch("tool", self._show_tool)
        state.watch("model planes.latent.axes", self._show_axes)
        state.watch("layers", self._show_looks)
        state.watch(DRAWN, self._on_scene_changed)  # after the layers have heard

    def flat(self, codes: NDArray[np.float32]) -> NDArray[np.float32]:
        """The latent vectors of all codes (m, d) as points of the plane (m, 2).

        One latent dimension has no second axis: its points are spread at random for the eye.
        """
        if codes.shape[1] == 1:
            spread = np.random.default_rng(SPREAD_SEED).uniform(-0.6, 0.6, len(codes))
            return np.column_stack([codes[:, 0], spread]).astype(np.float32)
        return self.projected(codes)

    def projected(self, z: NDArray[np.floating]) -> NDArray[np.float32]:
        """Latent vectors (m, d) as points of the plane (m, 2); of one dimension, on a line."""
        if z.shape[1] == 1:
            return np.column_stack([z[:, 0], np.zeros(len(z))]).astype(np.float32)
        return np.ascontiguousarray(z[:, list(self._state.now.plane("latent").axes)])

    def lifted(self, point: Point) -> NDArray[np.float32] | None:
        """The held z with the plane's two dimensions at ``point``; None without a model."""
        z = self._state.now.z
        if z is None:
            return None
        made = z.copy()
        for axis, value in zip(self._state.now.plane("latent").axes, point, strict=True):
            if axis < len(made):
                made[axis] = value
        return made

    def rows_of(self, samples: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of the codes that belong to samples (m,); fewer, where some have no code."""
        codes = self._state.now.codes
        if codes is None or not len(samples):
            return np.zeros(0, np.int64)
        return np.flatnonzero(np.isin(codes.index, samples))

    def _show_view(self) -> None:
        self.show_view(self._state.now.plane("latent").view)

    @Slot(object)
    def _on_view_changed(self, view: View | None) -> None:
        self._state.mark(self.hand.now)
        self._state.update_plane("latent", self, view=view)

    def _show_tool(self) -> None:
        for name, tool in self.tools.items():
            tool.set_active(name == self._state.now.tool)
        self._show_pointer_shape()

    def _show_axes(self) -> None:
        model, (a, b) = self._state.now.model, self._state.now.plane("latent").axes
        if model is not None and model.config.latent_dim == 1:
            self.set_axis_names("z1", "(spread at random)")
        else:
            self.set_axis_names(f"z{a + 1}", f"z{b + 1}")

    def _show_looks(self) -> None:
        looks = self._state.now.layers
        for name, layer in self.layers.items():
            layer.set_look(looks.get(name, layer.usual))

    # -- Qt's events ------------------------------------------------------------------------

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit, unless the tool in the hand means something else by it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.double_clicked.emit(*self.point_at(event.position()))
        if self.fits_on_double_click:
            super().mouseDoubleClickEvent(event)
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """The layers follow the theme, too."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "layers"):
            for layer in self.layers.values():
                layer.dress()
