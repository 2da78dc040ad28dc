"""All points as one picture: where each lies, in which colour, over which, and when it is made."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from explorer.ui.widgets.plane import raster
from explorer.ui.widgets.plane.items.point_item import (
    ALPHA,
    DIMMED,
    OVER_ALPHA,
    OVER_RIM,
    RIM,
    PointItem,
)
from tests.ui import painted

RED, GREEN, BLUE = (200, 0, 0, 255), (0, 160, 0, 255), (0, 0, 220, 255)
LUT = np.array([RED, GREEN, BLUE], np.uint8)
WHITE = (255, 255, 255)
SPREAD = np.array([[-4, -4], [4, 4], [-4, 4]], np.float32)
ONE = np.zeros((1, 2), np.float32)


def mixed(colour: tuple[int, ...], alpha: float) -> tuple[int, ...]:
    """A colour laid thinly over white."""
    return tuple(round(alpha * c + (1 - alpha) * w) for c, w in zip(colour[:3], WHITE, strict=True))


@pytest.fixture
def item(plot: pg.PlotWidget) -> PointItem:
    return PointItem(plot.getViewBox())


def show(item: PointItem, xy: NDArray[np.float32], *colours: int) -> None:
    item.set_points(xy, np.array(colours, np.uint8), LUT)


def pixel(plot: pg.PlotWidget, x: float, y: float) -> tuple[int, ...]:
    """The colour that is seen at a place of the plane."""
    at = plot.mapFromScene(plot.getViewBox().mapViewToScene(QPointF(x, y)))
    return tuple(int(v) for v in painted.pixels(plot.viewport())[at.y(), at.x()])


def test_each_point_lies_at_its_place_in_its_colour(plot: Any, item: PointItem) -> None:
    show(item, SPREAD, 0, 1, 2)
    for (x, y), colour in zip(SPREAD, LUT, strict=True):
        assert pixel(plot, x, y) == pytest.approx(mixed(tuple(colour), ALPHA), abs=2)
    assert pixel(plot, 4, -4) == WHITE and pixel(plot, 0, 0) == WHITE


def test_a_point_has_a_thinner_rim(plot: Any, item: PointItem) -> None:
    show(item, ONE, 0)
    seen = painted.pixels(plot.viewport())
    colours = {tuple(int(v) for v in colour) for colour in seen.reshape(-1, 3)} - {WHITE}
    core, rim = sorted(colours, key=lambda colour: colour[1])
    assert core == pytest.approx(mixed(RED, ALPHA), abs=2)
    assert rim == pytest.approx(mixed(RED, ALPHA * RIM), abs=2)
    left, top, right, bottom = painted.box_of(seen[:, :, 1] < 255)
    assert (right - left, bottom - top) == (4, 4)  # 5 px
    assert (left + 2, top + 2) == (100, 100)


def test_a_dimmed_point_is_faint(plot: Any, item: PointItem) -> None:
    show(item, SPREAD, 0, 1, 2)
    item.set_dimmed(SPREAD, np.array([True, False, True]))
    assert pixel(plot, -4, -4) == pytest.approx(mixed(RED, DIMMED), abs=2)
    assert pixel(plot, 4, 4) == pytest.approx(mixed(GREEN, ALPHA), abs=2)
    assert pixel(plot, -4, 4) == pytest.approx(mixed(BLUE, DIMMED), abs=2)
    item.set_dimmed(SPREAD, None)
    assert pixel(plot, -4, -4) == pytest.approx(mixed(RED, ALPHA), abs=2)


@pytest.mark.parametrize("dim", [0, 1])
def test_a_dimmed_point_lies_below_the_others(plot: Any, item: PointItem, dim: int) -> None:
    both = np.zeros((2, 2), np.float32)
    show(item, both, 0, 1)
    item.set_dimmed(both, np.arange(2) == dim)
    bright = (RED, GREEN)[1 - dim]
    assert pixel(plot, 0, 0) == pytest.approx(mixed(bright, ALPHA), abs=2)


def test_other_points_are_not_dimmed(plot: Any, item: PointItem) -> None:
    show(item, SPREAD, 0, 1, 2)
    item.set_dimmed(SPREAD, np.array([True, True, True]))
    show(item, ONE, 1)
    assert pixel(plot, 0, 0) == pytest.approx(mixed(GREEN, ALPHA), abs=2)


def test_no_class_lies_on_top_because_of_its_number(plot: Any, item: PointItem) -> None:
    """The same row does, whatever its colour; and it is not simply the last one."""
    many = np.zeros((40, 2), np.float32)
    tops = []
    for row in range(40):
        show(item, many, *np.arange(40) == row)  # one green among red ones
        tops.append(pixel(plot, 0, 0) == pytest.approx(mixed(GREEN, ALPHA), abs=2))
    assert sum(tops) == 1 and not tops[0] and not tops[-1]


def test_other_colours_are_seen_without_sorting_the_points_anew(
    plot: Any, item: PointItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(item, ONE, 0)
    pixel(plot, 0, 0)
    monkeypatch.setattr(raster, "marks", lambda _: pytest.fail("sorted anew"))
    item.set_lut(LUT[::-1].copy())
    assert pixel(plot, 0, 0) == pytest.approx(mixed(BLUE, ALPHA), abs=2)


def test_the_picture_is_made_once_for_a_view(
    plot: Any, item: PointItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[int, int]] = []
    drawn = raster.drawn
    monkeypatch.setattr(raster, "drawn", lambda *given: made.append(given[3]) or drawn(*given))
    show(item, SPREAD, 0, 1, 2)
    for _ in range(3):
        plot.viewport().repaint()
        painted.pixels(plot.viewport())
    assert made == [(200, 200)]
    plot.getViewBox().setRange(QRectF(-10, -10, 20, 20), padding=0)
    assert pixel(plot, 4, 4) == pytest.approx(mixed(GREEN, ALPHA), abs=2)
    assert made == [(200, 200)] * 2
    plot.resize(300, 150)
    QApplication.processEvents()
    assert pixel(plot, -4, 4) == pytest.approx(mixed(BLUE, ALPHA), abs=2)
    assert made[-1] == (150, 300)
    assert item.boundingRect() == plot.getViewBox().rect() == QRectF(0, 0, 300, 150)


def crowd(n: int) -> NDArray[np.float32]:
    """One point in the middle, the others out of sight."""
    away = np.full((n, 2), 50, np.float32)
    away[0] = 0
    return away


@pytest.mark.parametrize(
    ("n", "ratio", "side"), [(1, 1, 5), (1, 2, 9), (5_000, 1, 3), (5_000, 2, 5), (40_000, 1, 1)]
)
def test_points_are_smaller_where_there_are_many_and_finer_on_a_fine_screen(
    plot: Any, item: PointItem, n: int, ratio: int, side: int
) -> None:
    """Together they cover the ground no more than twice, in logical pixels."""
    show(item, crowd(n), *[0] * n)
    image = QImage(200 * ratio, 200 * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    plot.render(painter, QRectF(0, 0, 200, 200), plot.viewport().rect())
    painter.end()
    seen = np.array(image.constBits()).reshape(200 * ratio, 200 * ratio, 4)
    left, top, right, bottom = painted.box_of(seen[:, :, 1] < 255)
    assert right - left + 1 == bottom - top + 1 == side
    assert (left + right) / 2 == pytest.approx(100 * ratio, abs=1)


def test_no_points_are_no_picture(plot: Any, item: PointItem) -> None:
    show(item, SPREAD, 0, 1, 2)
    assert pixel(plot, 4, 4) != WHITE
    item.set_points(np.zeros((0, 2), np.float32), np.zeros(0, np.uint8), LUT)
    item.set_dimmed(np.zeros((0, 2), np.float32), np.zeros(0, np.bool_))
    assert (painted.pixels(plot.viewport()) == 255).all()


def test_points_lie_below_what_else_is_drawn(item: PointItem, plot: Any) -> None:
    assert item.zValue() < 0 and item.parentItem() is plot.getViewBox()


def test_on_pictures_a_point_has_a_rim_of_the_ground(plot: Any, item: PointItem) -> None:
    plot.setBackground("k")
    show(item, ONE, 0)
    item.set_ground(QColor(*WHITE))
    item.set_outlined(True)
    seen = painted.pixels(plot.viewport()).astype(int)
    left, top, right, bottom = painted.box_of(seen[:, :, 1] > 100)
    assert (right - left, bottom - top) == (6, 6)  # 5 px and one all around
    rim, core = seen[100, 97], seen[100, 100]
    assert rim.tolist() == pytest.approx([round(255 * OVER_ALPHA * OVER_RIM)] * 3, abs=2)
    assert core.tolist() == pytest.approx([round(c * OVER_ALPHA) for c in RED[:3]], abs=2)
    item.set_ground(QColor(0, 0, 255))
    assert painted.pixels(plot.viewport())[100, 97].tolist()[:2] == [0, 0]
    item.set_outlined(False)
    seen = painted.pixels(plot.viewport()).astype(int)
    left, top, right, bottom = painted.box_of(seen[:, :, 0] > 10)
    assert (right - left, bottom - top) == (4, 4)


def test_so_many_that_each_is_a_dot_have_none(plot: Any, item: PointItem) -> None:
    many = np.random.default_rng(0).uniform(-4, 4, (9000, 2)).astype(np.float32)
    item.set_points(many, np.zeros(9000, np.uint8), LUT)
    before = painted.pixels(plot.viewport())
    item.set_outlined(True)
    np.testing.assert_array_equal(painted.pixels(plot.viewport()), before)
