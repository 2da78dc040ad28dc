"""Layer: the crosshair of z."""

from __future__ import annotations

from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.plane.layers import Layer, layers
from explorer.ui.plane.view import LatentPlane


@layers.register("cursor")
class CursorLayer(Layer):
    """Where z is held, or shown in passing. The plane paints it itself, over all else."""

    label, key, order = "Cursor", "0", 21
    tip = "The crosshair where z is held"

    def __init__(self, plane: LatentPlane, state: State, session: Session) -> None:
        super().__init__(plane, state, session)
        state.watch("z preview planes.latent.axes model", self._show_cursor)

    def show_look(self) -> None:
        """Fade the plane's crosshair."""
        self.plane.set_cursor_opacity(self.look.opacity if self.look.visible else 0.0)

    def _show_cursor(self) -> None:
        z, axes = self.state.now.shown_z, self.state.now.plane("latent").axes
        if z is None:
            self.plane.set_cursor(None)
        elif len(z) == 1:
            self.plane.set_cursor((float(z[0]), 0.0))
        elif max(axes) < len(z):
            self.plane.set_cursor((float(z[axes[0]]), float(z[axes[1]])))
