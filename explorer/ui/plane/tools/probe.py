"""Tool: press and drag to move z; click a point to select its sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Slot

from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.plane.surface import Surface
from explorer.ui.plane.tools import Gesture, Tool, tools
from explorer.ui.widgets.throttle import FRAME_MS, Throttle


@tools.register("probe")
class ProbeTool(Tool):
    """Moves z. One gesture is one step of undo."""

    label, icon, key, order = "Probe", "probe", "P", 1
    tip = "Press or drag to move z; the picture follows. Click a point: z is its sample's code."

    def __init__(self, plane: Surface, state: State, session: Session) -> None:
        super().__init__(plane, state, session)
        self._throttle = Throttle(FRAME_MS, self)
        self._follows = False
        plane.nudged.connect(self._on_plane_nudged)  # these three with every tool
        plane.hovered.connect(self._on_plane_hovered)
        state.watch("follow", self._show_follow)

    def gestures(self) -> Sequence[Gesture]:
        """Press, drag, let go; click a point."""
        return [
            *self.left_button(self._on_plane_pressed, self._on_plane_dragged, self._throttle.flush),
            (self.plane.point_clicked, self._on_plane_point_clicked),
        ]

    def _show_follow(self) -> None:
        follows, moved = self.state.now.follow, self.plane.pointer_moved
        if follows != self._follows:
            self._follows = follows
            if follows:
                moved.connect(self._on_plane_pointer_moved)
            else:
                moved.disconnect(self._on_plane_pointer_moved)

    def _move(self, a: float, b: float) -> None:
        self.plane.kind.move(self.state.now, self.session, (a, b))

    @Slot(float, float)
    def _on_plane_pressed(self, a: float, b: float) -> None:
        self.state.mark(self.plane.gesture.now)
        self._throttle.drop()
        self._move(a, b)
        now, kind = self.state.now, self.plane.kind
        if kind.immovable(now) and not kind.absence(now):  # where nothing is seen, that is said
            self.session.say(kind.immovable(now))

    @Slot(float, float)
    def _on_plane_dragged(self, a: float, b: float) -> None:
        self._throttle.run(partial(self._move, a, b))

    @Slot(float, float)
    def _on_plane_nudged(self, a: float, b: float) -> None:
        held = self.plane.kind.cursor(replace(self.state.now, preview=None))
        if held is not None:
            self.state.mark(self.plane.gesture.now)
            self._move(held[0] + a, held[1] + b)

    @Slot(int)
    def _on_plane_point_clicked(self, row: int) -> None:
        sample = self.plane.sample_of(row)
        if sample is not None:
            self._throttle.drop()
            self.session.go_to(sample, self.plane.gesture.now)

    @Slot(object)
    def _on_plane_hovered(self, row: int | None) -> None:
        sample = None if row is None else self.plane.sample_of(row)
        self.state.update(source=self, hover=sample)

    @Slot(object)
    def _on_plane_pointer_moved(self, at: tuple[float, float] | None) -> None:
        """Where z is known at once; elsewhere the picture stays with the cursor."""
        now = self.state.now
        z = None if at is None else self.plane.kind.unproject_z(now, at)
        if z is not None:
            self.session.preview(z)
        elif at is None and now.preview is not None:
            self.session.preview(None)
