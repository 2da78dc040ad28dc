"""Pan: the left button takes hold of the plane, and of nothing else."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from explorer.app.state import State
from explorer.ui.plane.plane_area import PlaneArea

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def drag(plane_area: PlaneArea) -> None:
    """60 px to the right and 40 down."""
    viewport, start = plane_area.plane.viewport(), QPoint(300, 300)
    QTest.mousePress(viewport, LEFT, NONE, start)
    for step in (20, 40, 60):
        QTest.mouseMove(viewport, start + QPoint(step, step * 2 // 3))
    QTest.mouseRelease(viewport, LEFT, NONE, start + QPoint(60, 40))


def test_the_place_that_was_taken_hold_of_follows_the_pointer(
    plane_area: PlaneArea, state: State
) -> None:
    state.update(tool="pan")
    plane, z = plane_area.plane, state.now.z
    before = plane.pixel_at((0.0, 0.0))
    drag(plane_area)
    after = plane.pixel_at((0.0, 0.0))
    assert (after - before).toTuple() == (60, 40)
    assert state.now.z is z and len(state.now.selection) == 0


def test_the_view_is_kept_in_the_state_and_undo_takes_it_back(
    plane_area: PlaneArea, state: State
) -> None:
    state.update(tool="pan")
    plane = plane_area.plane
    before = plane.pixel_at((0.0, 0.0))
    drag(plane_area)
    assert state.now.plane("latent").view is not None
    assert state.undo() and plane.pixel_at((0.0, 0.0)) == before


def test_another_tool_gives_the_button_back(plane_area: PlaneArea, state: State) -> None:
    state.update(tool="pan")
    assert plane_area.plane.panning
    state.update(tool="probe")
    assert not plane_area.plane.panning
    before = plane_area.plane.pixel_at((0.0, 0.0))
    drag(plane_area)
    assert plane_area.plane.pixel_at((0.0, 0.0)) == before
    assert not np.array_equal(state.now.z, (0, 0, 0))
