"""Which point the pointer is on, which lie in a loop, what is marked: against plain formulas."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF

from explorer.ui.themes import theme
from explorer.ui.widgets.plane.pointed_plot import REACH
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane
from tests.ui import painted

LUT = np.array([[200, 0, 0, 255], [0, 0, 200, 255]], np.uint8)


@pytest.fixture
def plane(qtbot: Any) -> ScatterPlane:
    made = ScatterPlane()
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.set_points(np.array([[0, 0], [2, 1], [-2, -1]], np.float32))
    with qtbot.waitExposed(made):
        made.show()
    made.grab()
    return made


def colour_at(plane: ScatterPlane, at: QPoint) -> np.ndarray:
    """Red, green and blue of a pixel of the screen."""
    return painted.pixels(plane.viewport())[at.y(), at.x()].astype(int)


def test_the_nearest_within_reach_is_found_and_none_beyond(plane: ScatterPlane) -> None:
    at = QPointF(plane.pixel_at((2, 1)))
    assert plane.nearest(at) == 1
    for angle in np.linspace(0, 2 * np.pi, 9):
        way = QPointF(np.cos(angle), np.sin(angle))
        assert plane.nearest(at + way * (REACH - 2)) == 1
        assert plane.nearest(at + way * (REACH + 2)) is None


def test_of_two_the_nearer_one_in_pixels_is_found(plane: ScatterPlane) -> None:
    rng = np.random.default_rng(0)
    xy = rng.uniform(-2, 2, (300, 2)).astype(np.float32)
    plane.set_points(xy)
    pixels = np.array([[p.x(), p.y()] for p in (plane._marks.to_pixels(tuple(a)) for a in xy)])
    corner = plane.getViewBox().sceneBoundingRect().topLeft()
    for x, y in rng.uniform(60, 340, (60, 2)):
        away = np.hypot(*(pixels - (x - corner.x(), y - corner.y())).T)
        found = plane.nearest(QPointF(x, y))
        assert found == (int(away.argmin()) if away.min() <= REACH else None)


def test_without_points_none_is_found(plane: ScatterPlane) -> None:
    plane.set_points(None)
    assert plane.nearest(QPointF(200, 200)) is None
    assert len(plane.rows_inside([(-9, -9), (9, -9), (9, 9), (-9, 9)])) == 0


def test_a_square_holds_what_lies_in_it(plane: ScatterPlane) -> None:
    xy = np.random.default_rng(1).uniform(-2, 2, (2000, 2)).astype(np.float32)
    plane.set_points(xy)
    rows = plane.rows_inside([(-1, -0.5), (1, -0.5), (1, 1.5), (-1, 1.5)])
    away = np.max([np.abs(xy[:, 0]) - 1, np.abs(xy[:, 1] - 0.5) - 1], axis=0)
    sure = np.abs(away) > 0.04  # to the pixel
    inside = np.zeros(2000, bool)
    inside[rows] = True
    np.testing.assert_array_equal(inside[sure], (away < 0)[sure])


def test_a_loop_that_crosses_itself_is_even_odd(plane: ScatterPlane) -> None:
    plane.set_points(np.array([[0, 0], [1.5, 0], [-1.5, 0], [0, 1.5]], np.float32))
    outer = [(-2, -2), (2, -2), (2, 2), (-2, 2), (-2, -2)]
    inner = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1), (-2, -2)]
    assert plane.rows_inside(outer + inner).tolist() == [1, 2, 3]


def test_points_out_of_sight_are_not_caught(plane: ScatterPlane) -> None:
    plane.zoom(8, QPointF(plane.pixel_at((0, 0))))
    far = [(-99.0, -99.0), (99.0, -99.0), (99.0, 99.0), (-99.0, 99.0)]
    assert plane.rows_inside(far).tolist() == [0]


def test_dimmed_points_are_faint_and_still_found(plane: ScatterPlane) -> None:
    plane.set_points(np.array([[-1, 0], [1, 0]], np.float32), np.array([0, 1], np.uint8), LUT)
    left, right = (plane.pixel_at((x, 0)) for x in (-1, 1))

    ground = painted.rgb(theme.tokens_of(plane).surface)

    def strength(at: QPoint) -> int:
        """How far the colour there is from the ground."""
        return int(np.abs(colour_at(plane, at) - ground).sum())

    full = strength(left)
    plane.set_dimmed(np.array([True, False]))
    assert strength(left) < full / 2 and strength(right) > full / 2
    assert plane.nearest(QPointF(left)) == 0
    plane.set_dimmed(None)
    assert strength(left) == full


def test_other_colours_are_seen_on_the_same_points(plane: ScatterPlane) -> None:
    plane.set_points(np.array([[0, 0]], np.float32), np.array([0], np.uint8), LUT)
    at = plane.pixel_at((0, 0))
    red = colour_at(plane, at)
    plane.set_colours(LUT[::-1].copy())
    blue = colour_at(plane, at)
    assert red[0] > red[2] and blue[2] > blue[0]


def test_hidden_points_are_not_drawn_but_found(plane: ScatterPlane) -> None:
    at = plane.pixel_at((2, 1))
    ground, shown = painted.rgb(theme.tokens_of(plane).surface), colour_at(plane, at)
    plane.set_points_appearance(False, 1.0)
    assert tuple(colour_at(plane, at)) == ground != tuple(shown)
    assert plane.nearest(QPointF(at)) == 1
    plane.set_points_appearance(True, 0.5)
    faint = colour_at(plane, at)
    assert np.abs(faint - (shown + ground) / 2).max() <= 3


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_ring_and_the_loop_are_where_they_are_put(
    light: None, plane: ScatterPlane, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    tokens = theme.tokens_of(plane)
    plane.set_points_appearance(False, 1.0)
    plane.set_hover_point((0.0, 0.0))
    at = plane.pixel_at((0.0, 0.0))
    box = slice(at.y() - 12, at.y() + 13), slice(at.x() - 12, at.x() + 13)
    text = painted.of_colour(painted.pixels(plane.viewport()), tokens.text, near=60)[box]
    left, top, right, bottom = painted.box_of(text)
    assert (left + right) / 2 == pytest.approx(12, abs=1) == (top + bottom) / 2
    assert right - left == pytest.approx(14, abs=2)
    plane.set_hover_point(None)
    plane.set_loop([(-1, -1), (1, -1), (1, 1), (-1, 1)])
    accent = painted.of_colour(painted.pixels(plane.viewport()), tokens.accent, near=70)
    left, top, right, bottom = painted.box_of(accent)
    low, high = plane.pixel_at((-1, -1)), plane.pixel_at((1, 1))
    assert (left, bottom, right, top) == pytest.approx(
        (low.x(), low.y(), high.x(), high.y()), abs=2
    )
    plane.set_loop(())
    assert not painted.of_colour(painted.pixels(plane.viewport()), tokens.accent, near=20).any()


@pytest.mark.parametrize("broken", [np.nan, np.inf, 1e30])
def test_broken_numbers_catch_nothing_and_break_nothing(plane: ScatterPlane, broken: float) -> None:
    plane.set_points(np.array([[0, 0], [broken, 0]], np.float32))
    plane.set_hover_point((broken, 0.0))
    plane.set_loop([(0, 0), (broken, 0), (1, 1)])
    plane.grab()
    assert plane.nearest(QPointF(plane.pixel_at((0, 0)))) == 0
