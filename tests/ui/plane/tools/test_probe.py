"""The probe: presses and drags move z, clicks select, keys nudge, and each is one step of undo."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from explorer.app.background.jobs import Jobs
from explorer.app.state import State
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.synthetic_input import rest

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture(autouse=True)
def _probe(state: State, plane_area: PlaneArea) -> None:
    state.update(tool="probe")


def press(plane_area: PlaneArea, at: tuple[float, float]) -> None:
    plane = plane_area.plane
    QTest.mousePress(plane.viewport(), LEFT, NONE, plane.pixel_at(at))


def move(plane_area: PlaneArea, at: tuple[float, float]) -> None:
    QTest.mouseMove(plane_area.plane.viewport(), plane_area.plane.pixel_at(at))


def release(plane_area: PlaneArea, at: tuple[float, float]) -> None:
    plane = plane_area.plane
    QTest.mouseRelease(plane.viewport(), LEFT, NONE, plane.pixel_at(at))


def test_a_press_moves_the_shown_axes_and_holds_the_others(
    plane_area: PlaneArea, state: State
) -> None:
    state.update(z=np.array([0, 0, 1.5], np.float32))
    press(plane_area, (0.5, -0.4))
    release(plane_area, (0.5, -0.4))
    np.testing.assert_allclose(state.now.z, (0.5, -0.4, 1.5), atol=0.02)
    assert state.now.moved == "latent" and len(state.now.selection) == 0


def test_a_drag_ends_where_it_is_let_go_and_is_one_step_of_undo(
    plane_area: PlaneArea, state: State
) -> None:
    before = state.now.z
    press(plane_area, (0.5, 0.4))
    for x in (0.4, 0.2, -0.1, -0.5):
        move(plane_area, (x, 0.4))
    release(plane_area, (-0.5, 0.4))
    np.testing.assert_allclose(state.now.z[:2], (-0.5, 0.4), atol=0.02)
    assert state.undo() and state.now.z is before


def test_two_presses_are_two_steps(plane_area: PlaneArea, state: State) -> None:
    for at in ((0.5, 0.4), (-0.5, 0.4)):
        press(plane_area, at)
        release(plane_area, at)
    assert state.undo()
    np.testing.assert_allclose(state.now.z[:2], (0.5, 0.4), atol=0.02)
    assert state.undo() and state.now.z.tolist() == [0, 0, 0]


def test_a_click_on_a_point_selects_its_sample_and_takes_its_whole_code(
    plane_area: PlaneArea, state: State, qtbot: Any, jobs: Jobs
) -> None:
    pixel = plane_area.plane.pixel_at((1, -1)) + QPoint(4, 3)
    QTest.mouseClick(plane_area.plane.viewport(), LEFT, NONE, pixel)
    assert state.now.selection.tolist() == [2]
    np.testing.assert_array_equal(state.now.z, (1, -1, 0))
    assert state.undo() and len(state.now.selection) == 0 and state.now.z.tolist() == [0, 0, 0]
    qtbot.waitUntil(lambda: not jobs.busy)


@pytest.mark.parametrize(
    ("key", "way"), [("Left", (-1, 0)), ("Right", (1, 0)), ("Up", (0, 1)), ("Down", (0, -1))]
)
def test_arrow_keys_nudge_z_from_where_it_is_held(
    plane_area: PlaneArea, state: State, key: str, way: tuple[int, int]
) -> None:
    state.update(z=np.array([0.3, 0.2, 1], np.float32))
    QTest.keyClick(plane_area.plane, getattr(Qt.Key, f"Key_{key}"))
    step = state.now.z - (0.3, 0.2, 1)
    assert np.sign(np.round(step, 5)).tolist() == [*way, 0]
    assert state.undo() and state.now.z[0] == pytest.approx(0.3)


def test_keys_start_from_z_and_not_from_what_is_shown_in_passing(
    plane_area: PlaneArea, state: State
) -> None:
    state.update(preview=np.array([2, 2, 0], np.float32))
    QTest.keyClick(plane_area.plane, Qt.Key.Key_Right)
    assert 0 < state.now.z[0] < 1 and state.now.z[1] == 0


def test_what_is_followed_is_shown_in_passing_and_z_stays(
    plane_area: PlaneArea, state: State
) -> None:
    before = state.now.z
    move(plane_area, (0.4, 0.4))
    assert state.now.preview is None
    state.update(follow=True)
    move(plane_area, (0.5, -0.4))
    np.testing.assert_allclose(state.now.preview, (0.5, -0.4, 0), atol=0.02)
    assert state.now.z is before
    plane_area.plane.pointer_moved.emit(None)
    assert state.now.preview is None
    state.update(follow=False)
    move(plane_area, (0.2, 0.2))
    assert state.now.preview is None


def test_another_tool_moves_nothing_and_still_tells_what_is_hovered(
    plane_area: PlaneArea, state: State
) -> None:
    state.update(tool="pan")
    before = state.now.z
    press(plane_area, (0.5, 0.4))
    release(plane_area, (0.5, 0.4))
    assert state.now.z is before
    plane_area.plane.hovered.emit(3)
    assert state.now.hover == 3
    plane_area.plane.hovered.emit(None)
    assert state.now.hover is None


def test_a_drag_shows_its_last_place_even_if_it_was_held_back(
    plane_area: PlaneArea, state: State
) -> None:
    press(plane_area, (0.0, 0.4))
    for x in np.linspace(0, 0.6, 30):
        move(plane_area, (float(x), 0.4))
    release(plane_area, (0.6, 0.4))
    np.testing.assert_allclose(state.now.z[:2], (0.6, 0.4), atol=0.02)
    rest(20)
    np.testing.assert_allclose(state.now.z[:2], (0.6, 0.4), atol=0.02)


@pytest.mark.parametrize(
    ("immovable", "absence", "said"),
    [("it does not move", "", ["it does not move"]), ("it does not move", "there is none", []),
     ("", "", [])],
)  # fmt: skip
def test_where_z_cannot_be_moved_a_press_says_why_unless_the_plane_does(
    plane_area: PlaneArea, monkeypatch: pytest.MonkeyPatch, immovable: str, absence: str,
    said: list[str],
) -> None:  # fmt: skip
    tool, heard, moved = plane_area.plane.tools["probe"], list[str](), list[object]()
    kind = SimpleNamespace(
        immovable=lambda _now: immovable, absence=lambda _now: absence,
        move=lambda *given: moved.append(given[2]),
    )  # fmt: skip
    monkeypatch.setattr(plane_area.plane, "kind", kind)
    monkeypatch.setattr(tool.session, "say", heard.append)
    tool._on_plane_pressed(0.5, 0.25)
    assert heard == said and moved == [(0.5, 0.25)]
    monkeypatch.undo()


def test_a_press_drops_what_the_drag_before_it_held_back(
    plane_area: PlaneArea, state: State
) -> None:
    tool = plane_area.plane.tools["probe"]
    for x in (0.1, 0.2, 0.3):
        tool._on_plane_dragged(x, 0.0)  # the last of them waits for the next frame
    tool._on_plane_pressed(-0.5, 0.0)
    rest(40)
    assert state.now.z[0] == pytest.approx(-0.5, abs=1e-6)
