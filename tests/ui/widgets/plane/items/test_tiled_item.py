"""Sheets on a plane: where each lies, what lies over what, how they are faded."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPointF, QRectF

from explorer.ui.widgets.plane.items.tiled_item import TiledItem
from tests.ui import painted

RED, GREEN, BLUE, GREY = 0xFFFF0000, 0xFF00FF00, 0xFF0000FF, 0xFF808080


@pytest.fixture
def item(plot: pg.PlotWidget) -> TiledItem:
    return TiledItem(plot.getViewBox())


def _tile(at: tuple[float, ...], *colours: int) -> Any:
    side = round(len(colours) ** 0.5)
    return SimpleNamespace(at=at, pixels=np.array(colours, np.uint32).reshape(side, side))


def _pixel(plot: pg.PlotWidget, x: float, y: float) -> tuple[int, ...]:
    at = plot.mapFromScene(plot.getViewBox().mapViewToScene(QPointF(x, y)))
    return tuple(int(v) for v in painted.pixels(plot.viewport())[at.y(), at.x()])


def test_a_tile_lies_where_it_is_the_right_way_up(plot: pg.PlotWidget, item: TiledItem) -> None:
    item.set_sheets([_tile((0, 4, -2, 2), RED, GREEN, BLUE, GREY)])
    assert _pixel(plot, 1, 1) == (255, 0, 0) and _pixel(plot, 3, 1) == (0, 255, 0)
    assert _pixel(plot, 1, -1) == (0, 0, 255) and _pixel(plot, 3, -1) == (128, 128, 128)
    assert _pixel(plot, -1, 0) == _pixel(plot, 1, 3) == (255, 255, 255)


def test_it_stays_there_as_the_view_moves(plot: pg.PlotWidget, item: TiledItem) -> None:
    item.set_sheets([_tile((0, 4, -2, 2), RED, GREEN, BLUE, GREY)])
    plot.getViewBox().setRange(QRectF(0, -2, 4, 4), padding=0)
    assert _pixel(plot, 0.5, 1.5) == (255, 0, 0) and _pixel(plot, 3.5, -1.5) == (128, 128, 128)
    plot.resize(120, 120)
    assert _pixel(plot, 3.5, 1.5) == (0, 255, 0)


def test_later_ones_lie_above_and_nothing_is_seen_through(
    plot: pg.PlotWidget, item: TiledItem
) -> None:
    item.set_sheets([_tile((-4, 4, -4, 4), RED), _tile((0, 4, 0, 4), GREEN)])
    item.setOpacity(0.5)
    assert _pixel(plot, -2, -2) == pytest.approx((255, 127, 127), abs=1)
    assert _pixel(plot, 2, 2) == pytest.approx((127, 255, 127), abs=1)


def test_where_a_sheet_is_clear_the_one_below_is_seen(plot: pg.PlotWidget, item: TiledItem) -> None:
    item.set_sheets([_tile((-4, 4, -4, 4), RED), _tile((-4, 4, -4, 4), GREEN, 0, 0, BLUE)])
    assert _pixel(plot, -2, 2) == (0, 255, 0) and _pixel(plot, 2, -2) == (0, 0, 255)
    assert _pixel(plot, 2, 2) == _pixel(plot, -2, -2) == (255, 0, 0)


def test_pixels_run_into_each_other_where_that_is_asked(
    plot: pg.PlotWidget, item: TiledItem
) -> None:
    item.set_sheets([_tile((-4, 4, -4, 4), 0xFF000000, 0xFFFFFFFF, 0xFF000000, 0xFFFFFFFF)])
    assert _pixel(plot, -0.5, 0) == (0, 0, 0)
    item.set_smooth(True)
    assert 40 < _pixel(plot, -0.5, 0)[0] < 215
    item.set_smooth(False)
    assert _pixel(plot, -0.5, 0) == (0, 0, 0)


def test_others_take_their_place(plot: pg.PlotWidget, item: TiledItem) -> None:
    item.set_sheets([_tile((-4, 4, -4, 4), RED)])
    assert _pixel(plot, 0, 0) == (255, 0, 0)
    item.set_sheets([_tile((-4, 4, -4, 4), BLUE)])
    assert _pixel(plot, 0, 0) == (0, 0, 255)
    item.set_sheets([])
    assert _pixel(plot, 0, 0) == (255, 255, 255)


def test_the_picture_isput_together_once_for_each_view(
    plot: pg.PlotWidget, item: TiledItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    real = TiledItem.put_together

    def put(self: TiledItem, *what: Any) -> Any:
        made.append(what)
        return real(self, *what)

    monkeypatch.setattr(TiledItem, "put_together", put)
    item.set_sheets([_tile((-4, 4, -4, 4), RED)])
    for _ in range(3):
        painted.pixels(plot.viewport())
    assert len(made) == 1
    plot.getViewBox().setRange(QRectF(-4, -4, 8, 8), padding=0)
    painted.pixels(plot.viewport())
    assert len(made) == 2
