"""The path tool and its layer, with real mouse and keys."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from explorer.analysis.latent import paths
from explorer.analysis.latent.paths import LatentPath
from explorer.app.state import State
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.plane.tools.path import DRAWN_STEPS, PathTool
from explorer.ui.synthetic_input import rest
from explorer.ui.themes import theme
from tests.ui.plane.conftest import CORNERS

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def _path_tool(state: State, plane_area: PlaneArea) -> None:
    state.update(tool="path")
    rest(20)


def _click(plane_area: PlaneArea, at: tuple[float, float]) -> None:
    QTest.mouseClick(plane_area.plane.viewport(), LEFT, pos=plane_area.plane.pixel_at(at))


def _clicked(plane_area: PlaneArea) -> None:
    for a, b, _ in CORNERS.tolist():
        _click(plane_area, (a, b))


def _draw(plane_area: PlaneArea, points: list[tuple[float, float]]) -> None:
    plane = plane_area.plane
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(plane.viewport(), LEFT, none, plane.pixel_at(points[0]))
    for point in points[1:]:
        QTest.mouseMove(plane.viewport(), plane.pixel_at(point))
    QTest.mouseRelease(plane.viewport(), LEFT, none, plane.pixel_at(points[-1]))


def test_clicks_add_points_and_each_is_a_step_of_undo(plane_area: PlaneArea, state: State) -> None:
    z = state.now.z
    _clicked(plane_area)
    assert state.now.path.kind == "straight" and state.now.z is z
    np.testing.assert_allclose(state.now.path.points, CORNERS, atol=0.03)
    assert state.undo() and len(state.now.path.points) == 2
    assert state.undo() and state.undo() and state.now.path is None
    assert state.redo() and len(state.now.path.points) == 1


def test_a_drag_draws_in_equal_steps(plane_area: PlaneArea, state: State) -> None:
    _draw(plane_area, [(-1.2, 0), (-1, 0.5), (-0.3, 0.5), (0, 0.5), (0.9, 0.5), (1, 0.6)])
    path = state.now.path
    assert path.kind == "drawn"
    steps = paths.steps(path.points)
    assert len(steps) == DRAWN_STEPS and steps.max() / steps.mean() < 1.05
    np.testing.assert_allclose(path.points[[0, -1], :2], [(-1.2, 0), (1, 0.6)], atol=0.03)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_ends_the_path_and_the_next_click_begins_another(
    plane_area: PlaneArea, state: State, key: Qt.Key
) -> None:
    _clicked(plane_area)
    QTest.keyClick(plane_area.plane, key)
    assert len(state.now.path.points) == 3
    _click(plane_area, (0, 0.5))
    assert len(state.now.path.points) == 1


def test_a_double_click_ends_the_path_and_does_not_fit(plane_area: PlaneArea, state: State) -> None:
    _click(plane_area, (-1, -1))
    before = plane_area.plane.getViewBox().viewRect()
    at = plane_area.plane.pixel_at((0.5, 0.3))
    QTest.mouseClick(plane_area.plane.viewport(), LEFT, pos=at)
    QTest.mouseDClick(plane_area.plane.viewport(), LEFT, pos=at)
    assert plane_area.plane.getViewBox().viewRect() == before
    first = state.now.path.points
    assert len(first) == 2
    _click(plane_area, (0, 0))
    assert len(state.now.path.points) == 1


def test_backspace_takes_the_last_point_back_and_escape_clears(
    plane_area: PlaneArea, state: State
) -> None:
    _clicked(plane_area)
    QTest.keyClick(plane_area.plane, Qt.Key.Key_Backspace)
    np.testing.assert_allclose(state.now.path.points, CORNERS[:2], atol=0.03)
    _click(plane_area, (0, 1))
    assert len(state.now.path.points) == 3
    QTest.keyClick(plane_area.plane, Qt.Key.Key_Escape)
    assert state.now.path is None
    assert state.undo() and len(state.now.path.points) == 3


def test_another_tool_leaves_the_path_alone(plane_area: PlaneArea, state: State) -> None:
    _clicked(plane_area)
    state.update(tool="probe")
    _click(plane_area, (0.5, 0))
    QTest.keyClick(plane_area.plane, Qt.Key.Key_Escape)
    assert len(state.now.path.points) == 3
    np.testing.assert_allclose(state.now.z[:2], (0.5, 0), atol=0.03)


def test_without_a_model_the_tool_is_harmless(plane_area: PlaneArea, state: State) -> None:
    state.renew()
    _clicked(plane_area)
    assert state.now.path is None


def test_the_layer_draws_the_path_and_follows_the_slice(filmed: PlaneArea, state: State) -> None:
    layer = filmed.plane.layers["path"]
    np.testing.assert_array_equal(layer.route, CORNERS[:, :2])
    state.update_plane("latent", axes=(1, 2))
    np.testing.assert_array_equal(layer.route, CORNERS[:, 1:])


def test_a_model_of_another_dimension_clears_the_path(filmed: PlaneArea, state: State) -> None:
    from dataclasses import replace

    config = replace(state.now.model.config, latent_dim=2)
    model = replace(state.now.model, config=config, id="other")
    state.update(model=model, z=np.zeros(2, np.float32), codes=None)
    assert state.now.path is None and state.now.path_pictures is None


def tool(plane_area: PlaneArea) -> PathTool:
    found = plane_area.plane.tools["path"]
    assert isinstance(found, PathTool)
    return found


@pytest.mark.parametrize("name", ["light", "dark"])
def test_while_it_is_drawn_a_line_in_the_accent_follows(
    light: None, plane_area: PlaneArea, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    plane, none = plane_area.plane, Qt.KeyboardModifier.NoModifier
    drawn = tool(plane_area)._drawn
    QTest.mousePress(plane.viewport(), LEFT, none, plane.pixel_at((-1.2, 0)))
    assert not drawn.isVisible()
    for at in ((-0.8, 0.4), (-0.2, 0.4), (0.6, 0.4)):
        QTest.mouseMove(plane.viewport(), plane.pixel_at(at))
    assert drawn.isVisible()
    box = drawn.path().boundingRect()
    assert (box.left(), box.right(), box.bottom()) == pytest.approx((-1.2, 0.6, 0.4), abs=0.03)
    pen = drawn.pen()
    assert pen.color() == theme.QColor(theme.tokens_of(plane).accent) and pen.isCosmetic()
    assert pen.style() == Qt.PenStyle.SolidLine
    QTest.mouseRelease(plane.viewport(), LEFT, none, plane.pixel_at((0.6, 0.4)))
    assert not drawn.isVisible()


def test_the_last_stretch_follows_the_pointer_until_the_path_ends(
    plane_area: PlaneArea, state: State
) -> None:
    plane, band = plane_area.plane, tool(plane_area)._band
    QTest.mouseMove(plane.viewport(), plane.pixel_at((0.2, 0.2)))
    assert not band.isVisible()
    _clicked(plane_area)
    QTest.mouseMove(plane.viewport(), plane.pixel_at((0.5, -0.5)))
    line = band.line()
    assert band.isVisible() and band.pen().style() == Qt.PenStyle.DotLine
    assert (line.x1(), line.y1(), line.x2(), line.y2()) == pytest.approx(
        (1, 1, 0.5, -0.5), abs=0.03
    )
    plane.pointer_moved.emit(None)
    assert not band.isVisible()
    QTest.keyClick(plane, Qt.Key.Key_Return)
    QTest.mouseMove(plane.viewport(), plane.pixel_at((0.4, -0.4)))
    assert not band.isVisible()


def test_a_click_that_trembles_is_a_click(plane_area: PlaneArea, state: State) -> None:
    plane, none = plane_area.plane, Qt.KeyboardModifier.NoModifier
    at = plane.pixel_at((0.5, 0.2))
    QTest.mousePress(plane.viewport(), LEFT, none, at)
    QTest.mouseMove(plane.viewport(), at + QPoint(2, 2))
    QTest.mouseRelease(plane.viewport(), LEFT, none, at + QPoint(2, 2))
    assert state.now.path.kind == "straight" and len(state.now.path.points) == 1


@pytest.mark.parametrize(
    ("moves", "drawn"),
    [
        ([(3, 3)], False), ([(4, 3)], True), ([(0, 6)], False), ([(-7, 0)], True),
        ([(1, 0), (0, 1)], False), ([(1, 0), (0, 1), (1, 1)], True),
    ],
    ids=str,
)  # fmt: skip
def test_a_path_is_drawn_by_some_pixels_or_some_moves(
    plane_area: PlaneArea, state: State, moves: list[tuple[int, int]], drawn: bool
) -> None:
    plane, pixels = plane_area.plane, {}
    start = plane.pixel_at((0.5, 0.2))
    plane.pressed.emit(0.5, 0.2)
    for x, y in moves:
        at = plane.point_at(start + QPoint(x, y))
        pixels[at] = plane.pixel_at(at) - start
        plane.dragged.emit(*at)
    assert list(pixels.values()) == [QPoint(x, y) for x, y in moves]
    plane.released.emit()
    assert state.now.path.kind == ("drawn" if drawn else "straight")


def test_a_press_and_a_drag_that_began_with_another_tool_are_none_of_its(
    plane_area: PlaneArea, state: State
) -> None:
    plane = plane_area.plane
    plane.dragged.emit(0.5, 0.5)
    plane.released.emit()
    assert state.now.path is None and not state.undo()


def test_a_path_goes_on_in_the_kind_that_was_chosen(plane_area: PlaneArea, state: State) -> None:
    _clicked(plane_area)
    state.update(path=LatentPath(state.now.path.points, "spherical"))
    _click(plane_area, (0, 0.5))
    assert state.now.path.kind == "spherical" and len(state.now.path.points) == 4


def test_of_a_drawn_path_backspace_leaves_nothing(plane_area: PlaneArea, state: State) -> None:
    _draw(plane_area, [(-1.2, 0), (-1, 0.5), (-0.3, 0.5), (0, 0.5), (0.9, 0.5)])
    QTest.keyClick(plane_area.plane, Qt.Key.Key_Backspace)
    assert state.now.path is None and state.undo() and state.now.path.kind == "drawn"


def test_without_a_path_its_keys_are_left_to_others(plane_area: PlaneArea, state: State) -> None:
    state.update(selection=np.array([1, 2]))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Escape):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
        assert not tool(plane_area).eventFilter(plane_area.plane, event)
    _clicked(plane_area)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert not tool(plane_area).eventFilter(plane_area.plane, event)


def test_the_tool_that_goes_takes_its_open_path_and_its_double_click_along(
    plane_area: PlaneArea, state: State
) -> None:
    plane = plane_area.plane
    _click(plane_area, (-1, -1))
    assert not plane.fits_on_double_click
    state.update(tool="probe")
    assert plane.fits_on_double_click
    state.update(tool="path")
    _click(plane_area, (0, 1))
    assert len(state.now.path.points) == 1  # another path begins


@pytest.mark.parametrize("kind", [QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress])
def test_with_a_path_its_keys_go_no_further(
    plane_area: PlaneArea, state: State, kind: QEvent.Type
) -> None:
    _clicked(plane_area)
    event = QKeyEvent(kind, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    assert tool(plane_area).eventFilter(plane_area.plane, event) and event.isAccepted()
    assert len(state.now.path.points) == (2 if kind == QEvent.Type.KeyPress else 3)
