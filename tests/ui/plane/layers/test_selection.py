"""Rings around what is selected or looked at: where, how many, and not around a crowd."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from explorer.app.state import State
from explorer.ui.plane.layers import ellipses
from explorer.ui.plane.layers.selection import FEW, RADIUS, SelectionLayer
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.themes import theme
from explorer.ui.widgets.plane.items import cursor
from tests.ui.plane.conftest import MEAN


@pytest.fixture
def layer(plane_area: PlaneArea) -> SelectionLayer:
    return plane_area.plane.layers["selection"]


def rings(layer: SelectionLayer) -> list[tuple[float, float]]:
    """Where rings are seen; two circles each, a rim below and a line above."""
    places = [ring.pos().toTuple() for ring in layer._rings if ring.isVisible()]
    assert places[::2] == places[1::2]
    return places[::2]


def test_each_selected_sample_is_ringed_at_its_code(layer: SelectionLayer, state: State) -> None:
    assert rings(layer) == []
    state.update(selection=np.array([1, 3]))
    assert rings(layer) == [tuple(MEAN[i, :2].tolist()) for i in (1, 3)]
    assert len(layer.group.item.childItems()) == 4, "a rim and a line each"
    state.update_plane("latent", axes=(2, 0))
    assert rings(layer) == [tuple(MEAN[i, [2, 0]].tolist()) for i in (1, 3)]
    state.update(selection=np.array([4]))
    assert rings(layer) == [(2.0, 0.0)]
    state.update(selection=np.zeros(0, np.int64))
    assert rings(layer) == []


def test_a_ring_is_as_large_at_every_zoom(
    layer: SelectionLayer, plane_area: PlaneArea, state: State
) -> None:
    state.update(selection=np.array([1]))
    plane, sizes = plane_area.plane, []
    for factor in (1.0, 3.0, 0.2):
        plane.zoom(factor)
        sizes += [ring.deviceTransform(plane.viewportTransform()).m11() for ring in layer._rings]
    assert sizes == [1.0] * 6


def test_a_crowd_has_no_rings(layer: SelectionLayer, state: State) -> None:
    state.update(selection=np.arange(FEW))
    assert len(rings(layer)) == 5  # of those that there are
    state.update(selection=np.arange(FEW + 1))
    assert rings(layer) == []


def test_the_hovered_sample_has_the_ring_of_the_pointer(
    layer: SelectionLayer, plane_area: PlaneArea, state: State
) -> None:
    state.update(hover=2)
    assert plane_area.plane._marks.hover_at == (1, -1) and rings(layer) == []
    state.update(hover=None)
    assert plane_area.plane._marks.hover_at is None


def test_without_codes_nothing_is_ringed(layer: SelectionLayer, state: State) -> None:
    state.update(selection=np.array([1]))
    state.update(codes=None)
    assert rings(layer) == []


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_line_of_the_text_lies_on_a_rim_of_the_ground(
    light: None, layer: SelectionLayer, state: State, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    state.update(selection=np.array([1]))
    rim, line = (ring.pen() for ring in layer._rings[:2])
    assert rim.color() == theme.QColor(layer.tokens.surface)
    assert (
        line.color() == theme.QColor(layer.tokens.text) and rim.widthF() == line.widthF() + 2
    )  # a px to each side
    assert layer._rings[0].rect().width() == 2 * RADIUS


def test_what_has_a_ring_has_its_ellipse_too(layer: SelectionLayer) -> None:
    assert FEW == ellipses.FEW


def test_a_ring_is_clear_of_its_point_and_smaller_than_the_cursor() -> None:
    assert 5 <= RADIUS < cursor.RADIUS
