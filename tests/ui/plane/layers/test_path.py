"""The path on a plane: its line, its points, what is off the data, the travelling dot."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from explorer.analysis.latent.paths import DataDistance, LatentPath
from explorer.app.state import LayerAppearance, State
from explorer.ui.plane.layers.path import NODE, STEPS, PathLayer
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.themes import theme
from tests.ui import painted
from tests.ui.plane.conftest import CORNERS


@pytest.fixture
def layer(plane_area: PlaneArea) -> PathLayer:
    return plane_area.plane.layers["path"]


def nodes(layer: PathLayer) -> list[tuple[float, float]]:
    return [(node.pos().x(), node.pos().y()) for node in layer.nodes]


def test_a_point_stands_at_each_corner_as_large_at_every_zoom(
    filmed: PlaneArea, layer: PathLayer
) -> None:
    assert nodes(layer) == [(-1, -1), (1, -1), (1, 1)]
    before = layer.nodes[1].deviceTransform(filmed.plane.viewportTransform()).m11()
    filmed.plane.zoom(4, QPointF(300, 300))
    after = layer.nodes[1].deviceTransform(filmed.plane.viewportTransform()).m11()
    assert before == after and layer.nodes[1].rect().width() == 2 * NODE


def test_of_a_drawn_path_only_the_ends_are_points(
    plane_area: PlaneArea, layer: PathLayer, state: State
) -> None:
    state.update(path=LatentPath(CORNERS.copy(), "drawn"))
    assert nodes(layer) == [(-1, -1), (1, 1)]
    state.update(path=None)
    assert nodes(layer) == [] and layer.line.path().isEmpty() and layer.rim.path().isEmpty()


def test_fewer_points_take_the_others_away(
    plane_area: PlaneArea, layer: PathLayer, state: State
) -> None:
    for count in (3, 1, 2):
        state.update(path=LatentPath(CORNERS[:count].copy()))
        assert nodes(layer) == [(a, b) for a, b, _ in CORNERS[:count].tolist()]
        held = [child for child in layer.group.item.childItems() if child in layer.nodes]
        assert len(held) == count


def test_a_path_of_another_space_is_not_drawn(
    plane_area: PlaneArea, layer: PathLayer, state: State
) -> None:
    state.update(path=LatentPath(CORNERS.copy()))
    state.update(path=LatentPath(np.zeros((1, 5), np.float32)))
    assert layer.line.path().isEmpty() and nodes(layer) == []


def test_the_dot_is_on_the_line_at_its_share_of_the_length(
    filmed: PlaneArea, layer: PathLayer, state: State
) -> None:
    for share, at in ((0.0, (-1, -1)), (0.25, (0, -1)), (0.75, (1, 0)), (1.0, (1, 1))):
        state.update(path_at=share)
        assert filmed.plane.dot_at == pytest.approx(at, abs=1e-5)
    state.update_plane("latent", axes=(0, 2))
    assert filmed.plane.dot_at == pytest.approx((1, 0), abs=1e-5)


def test_hidden_the_dot_is_hidden_too(filmed: PlaneArea, state: State) -> None:
    state.update(path_at=0.5, layers={"path": LayerAppearance(visible=False)})
    assert filmed.plane.dot_at is None
    state.update(layers={})
    assert filmed.plane.dot_at == pytest.approx((1, -1), abs=1e-5)


def test_one_point_has_no_dot(plane_area: PlaneArea, state: State) -> None:
    state.update(path=LatentPath(CORNERS[:1].copy()), path_at=0.5)
    assert plane_area.plane.dot_at is None


def test_the_steps_off_the_data_are_those_of_which_an_end_is_off(
    filmed: PlaneArea, layer: PathLayer, state: State
) -> None:
    survey = state.now.survey
    assert survey is not None and survey.ground is not None
    gaps = np.zeros(len(survey.z), np.float32)
    gaps[3] = 2.0
    state.update(survey=replace(survey, ground=DataDistance(gaps, 1.0)))
    rect = layer.off.path().boundingRect()
    ends = survey.z[[2, 3, 4], :2]
    assert (rect.left(), rect.right()) == pytest.approx((ends[:, 0].min(), ends[:, 0].max()))
    assert (rect.top(), rect.bottom()) == pytest.approx((ends[:, 1].min(), ends[:, 1].max()))
    rim, line, off = (one.pen().widthF() for one in (layer.rim, layer.line, layer.off))
    assert line < off < rim, "the warning covers the line and leaves its rim"
    state.update(survey=replace(survey, ground=DataDistance(0 * gaps, 1.0)))
    assert layer.off.path().isEmpty()
    state.update(survey=None)
    assert layer.off.path().isEmpty()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_line_is_seen_in_the_accent_over_points(
    light: None, filmed: PlaneArea, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    plane = filmed.plane
    seen = painted.pixels(plane.viewport())
    accent = painted.of_colour(seen, theme.tokens_of(plane).accent, near=40)
    for at in ((-0.5, -1.0), (0.5, -1.0), (1.0, 0.5)):
        x, y = plane.pixel_at(at).toTuple()
        assert accent[y - 2 : y + 3, x - 2 : x + 3].any(), at
    x, y = plane.pixel_at((1.0, 1.0)).toTuple()
    assert tuple(seen[y, x]) == painted.rgb(theme.tokens_of(plane).surface)  # a ring at a corner


def test_points_are_rings_in_the_accent_on_the_ground(
    plane_area: PlaneArea, layer: PathLayer, state: State
) -> None:
    state.update(path=LatentPath(CORNERS.copy()))
    assert len(layer.nodes) == 3
    for node in layer.nodes:
        assert node.pen().color() == theme.QColor(layer.tokens.accent)
        assert node.brush().color() == theme.QColor(layer.tokens.surface)
        assert 1.0 < node.pen().widthF() < layer.line.pen().widthF(), "a ring, not a blot"


def test_among_pictures_the_dot_is_on_the_line_that_is_drawn(
    plane_area: PlaneArea, layer: PathLayer, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    state.update(path=LatentPath(CORNERS[:1].copy()), path_at=0.75)
    layer.route = np.array([[0, 0], [1, 0], [1, 2]], np.float32)
    monkeypatch.setattr(layer.plane, "kind", SimpleNamespace(of_pictures=True))
    assert layer._dot().tolist() == [[1.0, 1.0]]  # half-way along the second of two steps
    monkeypatch.undo()


def test_along_neighbours_it_is_the_way_that_was_found(
    filmed: PlaneArea, layer: PathLayer, state: State
) -> None:
    """And not the straight one from point to point."""
    film, way = state.now.path_pictures, CORNERS[[0, 2, 1]]
    assert film is not None
    path = LatentPath(CORNERS.copy(), "neighbours")
    state.update(path=path, path_pictures=replace(film, route=way))
    np.testing.assert_array_equal(layer.route, way[:, :2])


def test_a_node_is_wider_than_the_line_and_hides_little(layer: PathLayer) -> None:
    assert layer.rim.pen().widthF() < 2 * NODE <= 8


def test_among_pictures_a_way_is_smooth_and_soon_decoded() -> None:
    assert 32 <= STEPS <= 128  # of which each is a picture to decode
