"""The lasso against the plain definition of what lies within a loop."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from explorer.app.state import State
from explorer.ui.plane.plane_area import PlaneArea

LEFT = Qt.MouseButton.LeftButton
TOP_LEFT = [(-1.4, 0.6), (-0.6, 0.6), (-0.6, 1.4), (-1.4, 1.4)]
RIGHT = [(0.6, -1.4), (1.4, -1.4), (1.4, 1.4), (0.6, 1.4)]


def _draw(
    plane_area: PlaneArea, loop: list[tuple[float, float]], key: Qt.Key | None = None
) -> None:
    plane = plane_area.plane
    modifier = {
        None: Qt.KeyboardModifier.NoModifier,
        Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
        Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
    }[key]
    QTest.mousePress(plane.viewport(), LEFT, modifier, plane.pixel_at(loop[0]))
    for point in loop[1:]:
        QTest.mouseMove(plane.viewport(), plane.pixel_at(point))
    if key is not None:
        QTest.keyPress(plane, key)
    QTest.mouseRelease(plane.viewport(), LEFT, modifier, plane.pixel_at(loop[-1]))
    if key is not None:
        QTest.keyRelease(plane, key)


@pytest.fixture(autouse=True)
def _lasso(state: State) -> None:
    state.update(tool="lasso")


def test_a_loop_selects_what_lies_within_and_undo_lets_go(
    plane_area: PlaneArea, state: State
) -> None:
    _draw(plane_area, RIGHT)
    assert state.now.selection.tolist() == [2, 3]
    assert "2 selected: 2 b" in state.now.message.text
    assert state.undo() and len(state.now.selection) == 0


def test_shift_adds_and_alt_takes_away(plane_area: PlaneArea, state: State) -> None:
    _draw(plane_area, RIGHT)
    _draw(plane_area, TOP_LEFT, Qt.Key.Key_Shift)
    assert state.now.selection.tolist() == [1, 2, 3]
    _draw(plane_area, RIGHT, Qt.Key.Key_Alt)
    assert state.now.selection.tolist() == [1]


def test_the_lasso_leaves_z_alone(plane_area: PlaneArea, state: State) -> None:
    before = state.now.z
    _draw(plane_area, RIGHT)
    assert state.now.z is before


def test_where_some_samples_have_codes_it_selects_theirs(
    plane_area: PlaneArea, state: State
) -> None:
    """As in training, where rows of the codes are other samples than their numbers say."""
    codes = state.now.codes
    assert codes is not None
    some = np.array([4, 2, 1])
    state.update(codes=replace(codes, mean=codes.mean[some], std=codes.std[some], index=some))
    _draw(plane_area, TOP_LEFT)
    assert state.now.selection.tolist() == [1]
    state.update(tool="probe")
    QTest.mouseClick(plane_area.plane.viewport(), LEFT, pos=plane_area.plane.pixel_at((1, -1)))
    assert state.now.selection.tolist() == [2]
    plane_area.plane.hovered.emit(0)
    assert state.now.hover == 4


def test_rows_inside_a_circle_are_those_nearer_than_its_radius(plane_area: PlaneArea) -> None:
    rng = np.random.default_rng(0)
    xy = rng.uniform(-1.5, 1.5, (5000, 2)).astype(np.float32)
    plane_area.plane.set_points(xy)
    angle = np.linspace(0, 2 * np.pi, 200)
    loop = list(zip(np.cos(angle).tolist(), np.sin(angle).tolist(), strict=True))
    found = np.zeros(5000, np.bool_)
    found[plane_area.plane.rows_inside(loop)] = True
    radius = np.hypot(xy[:, 0], xy[:, 1])
    pixel = max(plane_area.plane.getViewBox().viewPixelSize())
    sure = np.abs(radius - 1) > 2 * pixel
    np.testing.assert_array_equal(found[sure], radius[sure] < 1)


def test_esc_takes_the_loop_back_and_leaves_the_selection(
    plane_area: PlaneArea, state: State
) -> None:
    _draw(plane_area, RIGHT)
    plane, none = plane_area.plane, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(plane.viewport(), LEFT, none, plane.pixel_at(TOP_LEFT[0]))
    for point in TOP_LEFT[1:]:
        QTest.mouseMove(plane.viewport(), plane.pixel_at(point))
    QTest.keyClick(plane, Qt.Key.Key_Escape)
    QTest.mouseRelease(plane.viewport(), LEFT, none, plane.pixel_at(TOP_LEFT[-1]))
    assert state.now.selection.tolist() == [2, 3]
    _draw(plane_area, TOP_LEFT)  # the next loop is a loop again
    assert state.now.selection.tolist() == [1]


@pytest.mark.parametrize("kind", [QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress])
def test_while_a_loop_is_drawn_esc_is_its_own(plane_area: PlaneArea, kind: QEvent.Type) -> None:
    plane, none = plane_area.plane, Qt.KeyboardModifier.NoModifier
    tool = plane.tools["lasso"]
    QTest.mousePress(plane.viewport(), LEFT, none, plane.pixel_at(RIGHT[0]))
    for key, own in ((Qt.Key.Key_A, False), (Qt.Key.Key_Escape, True)):
        event = QKeyEvent(kind, key, none)
        event.ignore()
        assert tool.eventFilter(plane, event) == own == event.isAccepted()
    QTest.mouseRelease(plane.viewport(), LEFT, none, plane.pixel_at(RIGHT[0]))


@pytest.mark.parametrize(
    ("labelled", "loop", "said"),
    [
        (True, [(-2, -2), (2, -2), (2, 2), (-2, 2)], "5 selected: 3 b, 2 a"),
        (True, [(-1.4, -1.4), (-0.6, -1.4), (-0.6, 1.4), (-1.4, 1.4)], "2 selected: 2 a"),
        (True, [(0.4, 0.4), (0.6, 0.4), (0.6, 0.6)], "0 selected"),
        (False, RIGHT, "2 selected"),
    ],
)
def test_it_says_how_many_and_of_which_classes(
    plane_area: PlaneArea, state: State, labelled: bool, loop: list[tuple[float, float]], said: str
) -> None:
    data, codes = state.now.dataset, state.now.codes
    if not labelled:
        assert data is not None
        state.update(dataset=replace(data, labels=None, classes=()), codes=replace(codes))
    plane_area.plane.pressed.emit(*loop[0])
    for at in loop[1:]:
        plane_area.plane.dragged.emit(*at)
    plane_area.plane.released.emit()
    assert state.now.message.text == said


def test_a_line_of_two_points_is_no_loop(plane_area: PlaneArea, state: State) -> None:
    plane = plane_area.plane
    plane.dragged.emit(-2, -2)  # of a press that was another tool's
    plane.released.emit()
    plane.pressed.emit(-2, -2)
    plane.dragged.emit(2, 2)
    plane.released.emit()
    assert state.now.message is None and not state.undo()
    plane.pressed.emit(-2, -3)
    plane.dragged.emit(3, -3)
    plane.dragged.emit(3, 2)
    plane.released.emit()
    assert state.now.selection.tolist() == [2]
