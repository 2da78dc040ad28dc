"""Layer: the crosshair at the cursor."""

from __future__ import annotations

from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.plane.layers import Layer, layers
from explorer.ui.plane.surface import Surface
from explorer.ui.widgets.throttle import FOLLOW_MS, Throttle


@layers.register("cursor")
class CursorLayer(Layer):
    """Where z is held, or shown in passing. The plane paints it itself, over all else."""

    label, key, order = "Cursor", "0", 21
    tip = "The crosshair where z is held, and where its picture lies"

    def __init__(self, plane: Surface, state: State, session: Session) -> None:
        self._follow_throttle = Throttle(FOLLOW_MS, plane)
        super().__init__(plane, state, session)
        state.watch(plane.cursor_fields, self._show_cursor)

    def show_appearance(self) -> None:
        """Fade the plane's crosshair."""
        self.plane.set_cursor_opacity(self.appearance.opacity if self.appearance.visible else 0.0)

    def _show_cursor(self) -> None:
        """While training, half the frames are enough for what only follows another plane."""
        now = self.state.now
        if now.training == "running" and now.moved != self.plane.kind.name:
            self._follow_throttle.run(self._draw_cursor)
        else:
            self._follow_throttle.drop()
            self._draw_cursor()

    def _draw_cursor(self) -> None:
        self.plane.set_cursor(self.plane.kind.cursor(self.state.now))
