"""Tool: press and drag to move z; click a point to select its sample."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Slot

from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.plane.tools import Gesture, Tool, tools
from explorer.ui.plane.view import LatentPlane
from explorer.ui.widgets.pace import FRAME_MS, Pace


@tools.register("probe")
class ProbeTool(Tool):
    """The hand on z. One gesture is one step of undo."""

    label, icon, key, order = "Probe", "probe", "P", 1
    tip = "Press or drag to move z; the picture follows. Click a point: z is its sample's code."

    def __init__(self, plane: LatentPlane, state: State, session: Session) -> None:
        super().__init__(plane, state, session)
        self._pace = Pace(FRAME_MS, self)
        self._follows = False
        plane.nudged.connect(self._on_plane_nudged)  # these three with every tool
        plane.hovered.connect(self._on_plane_hovered)
        state.watch("follow", self._show_follow)

    def gestures(self) -> Sequence[Gesture]:
        """Press, drag, let go; click a point."""
        return [
            *self.stroke(self._on_plane_pressed, self._on_plane_dragged, self._pace.flush),
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
        z = self.plane.lifted((a, b))
        if z is not None:
            self.session.move(z)

    @Slot(float, float)
    def _on_plane_pressed(self, a: float, b: float) -> None:
        self.state.mark(self.plane.hand.now)
        self._pace.drop()
        self._move(a, b)

    @Slot(float, float)
    def _on_plane_dragged(self, a: float, b: float) -> None:
        self._pace.run(partial(self._move, a, b))

    @Slot(float, float)
    def _on_plane_nudged(self, a: float, b: float) -> None:
        z, axes = self.state.now.z, self.state.now.plane("latent").axes
        if z is not None:
            self.state.mark(self.plane.hand.now)
            moved = z.copy()
            for axis, by in zip(axes, (a, b), strict=True):
                if axis < len(moved):
                    moved[axis] += by
            self.session.move(moved)

    @Slot(int)
    def _on_plane_point_clicked(self, row: int) -> None:
        codes = self.state.now.codes
        if codes is not None:
            self._pace.drop()
            self.session.go_to(int(codes.index[row]), self.plane.hand.now)

    @Slot(object)
    def _on_plane_hovered(self, row: int | None) -> None:
        codes = self.state.now.codes
        sample = None if row is None or codes is None else int(codes.index[row])
        self.state.update(source=self, hover=sample)

    @Slot(object)
    def _on_plane_pointer_moved(self, at: tuple[float, float] | None) -> None:
        now = self.state.now
        if now.model is not None and at is not None:
            self.session.preview(self.plane.lifted(at))
        elif now.preview is not None:
            self.session.preview(None)
