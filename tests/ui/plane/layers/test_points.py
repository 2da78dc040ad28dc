"""The points of samples: where, in which colours, and which are dimmed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorer.app.state import LayerAppearance, State
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.themes import theme
from explorer.ui.widgets.plane.items.point_item import PointItem
from tests.ui.plane.conftest import MEAN


def item(plane_area: PlaneArea) -> PointItem:
    return plane_area.plane._points


def dimmed(plane_area: PlaneArea) -> list[int]:
    mask = item(plane_area)._dimmed
    return [] if mask is None else np.flatnonzero(mask).tolist()


def test_each_sample_lies_at_its_code_on_the_axes_shown(
    plane_area: PlaneArea, state: State
) -> None:
    np.testing.assert_array_equal(plane_area.plane._xy, MEAN[:, :2])
    state.update_plane("latent", axes=(2, 1))
    np.testing.assert_array_equal(plane_area.plane._xy, MEAN[:, [2, 1]])
    state.update(codes=None)
    assert len(plane_area.plane._xy) == 0


def test_each_class_has_its_colour_and_without_classes_all_have_one(
    plane_area: PlaneArea, state: State
) -> None:
    assert item(plane_area)._colours.tolist() == [0, 0, 1, 1, 1]
    two = item(plane_area)._lut
    assert len(two) == 2 and (two[0] != two[1]).any()
    data, codes = state.now.dataset, state.now.codes
    assert data is not None
    state.update(dataset=replace(data, labels=None, classes=()))
    state.update(codes=codes)
    assert set(item(plane_area)._colours.tolist()) == {0} and len(item(plane_area)._lut) == 1


def test_where_some_samples_have_codes_they_have_their_own_colours(
    plane_area: PlaneArea, state: State
) -> None:
    codes = state.now.codes
    assert codes is not None
    some = np.array([4, 0])
    state.update(codes=replace(codes, mean=codes.mean[some], std=codes.std[some], index=some))
    assert item(plane_area)._colours.tolist() == [1, 0]
    state.update(muted=frozenset({0}))
    assert dimmed(plane_area) == [1]  # the row of sample 0


@pytest.mark.parametrize(
    ("muted", "selection", "rows"),
    [((), (), []), ((0,), (), [0, 1]), ((0, 1), (), [0, 1, 2, 3, 4]), ((), (3,), []),
     ((), (2, 3), [0, 1, 4]), ((1,), (2, 0), [1, 2, 3, 4])],
)  # fmt: skip
def test_what_is_muted_or_not_among_the_selected_is_dimmed(
    plane_area: PlaneArea, state: State, muted: tuple[int, ...], selection: tuple[int, ...],
    rows: list[int],
) -> None:  # fmt: skip
    state.update(muted=frozenset(muted), selection=np.array(sorted(selection), np.int64))
    assert dimmed(plane_area) == rows


def test_points_that_come_later_are_dimmed_as_well(plane_area: PlaneArea, state: State) -> None:
    state.update(muted=frozenset({0}))
    codes = state.now.codes
    assert codes is not None
    state.update(codes=replace(codes, mean=codes.mean + 1))
    assert dimmed(plane_area) == [0, 1]


def test_hidden_and_faded(plane_area: PlaneArea, state: State) -> None:
    state.update(layers={"points": LayerAppearance(visible=False)})
    assert not item(plane_area).isVisible()
    state.update(layers={"points": LayerAppearance(opacity=0.4)})
    assert item(plane_area).isVisible() and item(plane_area).opacity() == pytest.approx(0.4)


def test_another_theme_brings_its_colours_at_once(
    light: None, plane_area: PlaneArea, state: State, qapp: Any
) -> None:
    data, codes = state.now.dataset, state.now.codes
    assert data is not None
    state.update(dataset=replace(data, labels=None, classes=()), codes=codes)
    seen = []
    for tokens in (theme.DARK, theme.LIGHT):
        theme.apply(qapp, tokens.name)
        seen.append(item(plane_area)._lut.tolist())
        assert seen[-1] == theme.class_lut(0, tokens).tolist()
    assert seen[0] != seen[1]


def test_without_points_there_is_nothing_to_dim(plane_area: PlaneArea, state: State) -> None:
    state.update(codes=None)
    state.update(muted=frozenset({0}))
    assert len(plane_area.plane._xy) == 0
