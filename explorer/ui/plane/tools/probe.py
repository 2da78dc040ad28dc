"""Tool: press and drag to move z; click a point to select its sample."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Slot

from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.plane.tools import tools
from explorer.ui.plane.view import LatentPlane
from explorer.ui.widgets.pace import FRAME_MS, Pace


@tools.register("probe")
class ProbeTool(QObject):
    """The hand on z. One gesture is one step of undo."""

    label, icon, key, order = "Probe", "probe", "P", 1
    tip = "Press or drag to move z; the picture follows. Click a point to select its sample."

    def __init__(self, plane: LatentPlane, state: State, session: Session) -> None:
        super().__init__(plane)
        self._plane, self._state, self._session = plane, state, session
        self._active = False
        self._pace = Pace(FRAME_MS, self)
        plane.pressed.connect(self._on_plane_pressed)
        plane.dragged.connect(self._on_plane_dragged)
        plane.released.connect(self._pace.flush)
        plane.nudged.connect(self._on_plane_nudged)
        plane.point_clicked.connect(self._on_plane_point_clicked)
        plane.hovered.connect(self._on_plane_hovered)
        plane.pointer_moved.connect(self._on_plane_pointer_moved)

    def set_active(self, active: bool) -> None:
        """Answer the left button, or leave it to another tool."""
        self._active = active

    def _move(self, a: float, b: float) -> None:
        z = self._plane.lifted((a, b))
        if z is not None:
            self._session.move(z)

    @Slot(float, float)
    def _on_plane_pressed(self, a: float, b: float) -> None:
        if self._active:
            self._state.mark()
            self._pace.drop()
            self._move(a, b)

    @Slot(float, float)
    def _on_plane_dragged(self, a: float, b: float) -> None:
        if self._active:
            self._pace.run(partial(self._move, a, b))

    @Slot(float, float)
    def _on_plane_nudged(self, a: float, b: float) -> None:
        z, axes = self._state.now.z, self._state.now.plane_axes
        if z is not None:
            self._state.mark()
            moved = z.copy()
            for axis, by in zip(axes, (a, b), strict=True):
                if axis < len(moved):
                    moved[axis] += by
            self._session.move(moved)

    @Slot(int)
    def _on_plane_point_clicked(self, row: int) -> None:
        codes = self._state.now.codes
        if self._active and codes is not None:
            self._state.update(source=self, selection=np.array([codes.index[row]], np.int64))

    @Slot(object)
    def _on_plane_hovered(self, row: int | None) -> None:
        codes = self._state.now.codes
        sample = None if row is None or codes is None else int(codes.index[row])
        self._state.update(source=self, hover=sample)

    @Slot(object)
    def _on_plane_pointer_moved(self, at: tuple[float, float] | None) -> None:
        now = self._state.now
        if now.follow and now.model is not None and at is not None:
            self._session.preview(self._plane.lifted(at))
        elif now.preview is not None:
            self._session.preview(None)
