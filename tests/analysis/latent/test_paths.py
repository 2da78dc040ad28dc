"""Paths against closed forms: circles, straight lines, a horseshoe of codes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from explorer.analysis.latent import paths
from explorer.analysis.latent.paths import LatentPath
from explorer.errors import Cancelled
from explorer.task import Task

UNIT = np.linspace(0, 1, 9)
vectors = arrays(np.float32, 5, elements=st.floats(-3, 3, width=32))


def _circle(n: int, share: float = 1.0) -> np.ndarray:
    angle = np.linspace(0, share * 2 * np.pi, n)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)


def test_the_length_of_a_circle_is_two_pi():
    assert paths.length(_circle(2000)) == pytest.approx(2 * np.pi, rel=1e-5)


@given(vectors, vectors)
def test_slerp_ends_where_it_should_and_its_norm_goes_evenly(a, b):
    made = paths.slerp(a, b, UNIT)
    np.testing.assert_allclose(made[[0, -1]], [a, b], atol=1e-5)
    norms = np.linalg.norm([a, b], axis=1)
    cosine = a @ b / max(norms[0] * norms[1], 1e-12)
    if min(norms) > 0.1 and abs(cosine) < 0.999:
        expected = norms[0] + UNIT * (norms[1] - norms[0])
        np.testing.assert_allclose(np.linalg.norm(made, axis=1), expected, rtol=1e-5)


def test_slerp_goes_along_the_circle_at_one_speed():
    made = paths.slerp(np.array([2, 0], np.float32), np.array([0, 2], np.float32), UNIT)
    np.testing.assert_allclose(made, 2 * _circle(9, 0.25), atol=1e-6)


@pytest.mark.parametrize("b", [[0, 0], [-1, 0], [2, 0]])
def test_slerp_is_straight_where_there_is_no_circle(b):
    a, b = np.array([1, 0], np.float32), np.array(b, np.float32)
    np.testing.assert_allclose(paths.slerp(a, b, UNIT), paths.lerp(a, b, UNIT), atol=1e-6)


@given(arrays(np.float32, (6, 3), elements=st.floats(-5, 5, width=32)), st.integers(2, 40))
def test_resampling_a_segment_takes_equal_steps(points, count):
    line = points[:2]
    steps = paths.steps(paths.resampled(line, count))
    np.testing.assert_allclose(steps, paths.length(line) / (count - 1), atol=2e-5)


def test_resampling_uneven_points_of_a_circle_takes_equal_steps():
    uneven = _circle(4001)[np.unique((np.linspace(0, 1, 900) ** 3 * 4000).astype(int))]
    steps = paths.steps(paths.resampled(uneven, 33))
    np.testing.assert_allclose(steps, 2 * np.sin(np.pi / 32), rtol=1e-3)


def test_resampling_keeps_both_ends_and_stands_still_on_one_point():
    line = np.array([[0, 0], [1, 1], [4, 1]], np.float32)
    np.testing.assert_allclose(paths.resampled(line, 7)[[0, -1]], line[[0, -1]], atol=1e-6)
    np.testing.assert_array_equal(paths.resampled(line[:1], 3), np.zeros((3, 2)))


def test_a_point_half_way_is_half_way():
    line = np.array([[0, 0], [1, 0], [1, 3]], np.float32)
    np.testing.assert_allclose(paths.at(line, 0.5), (1, 1), atol=1e-6)


def test_the_route_of_a_spherical_path_is_longer_than_the_straight_one():
    nodes = np.array([[1, 0], [0, 1], [-1, 0]], np.float32)
    straight = paths.length(paths.route(LatentPath(nodes)))
    around = paths.length(paths.route(LatentPath(nodes, "spherical")))
    assert straight == pytest.approx(2 * np.sqrt(2), rel=1e-6)
    assert around == pytest.approx(np.pi, rel=1e-3)


def test_a_path_of_no_known_kind_is_refused():
    with pytest.raises(ValueError, match="geodesic"):
        LatentPath(np.zeros((2, 2), np.float32), "geodesic")


def test_neighbours_lead_around_a_horseshoe():
    codes = _circle(200, 0.75)
    ends = codes[[0, -1]]
    way = paths.along_neighbours(ends, codes)
    np.testing.assert_array_equal(way[[0, -1]], ends)
    assert paths.length(way) == pytest.approx(1.5 * np.pi, rel=0.01)
    np.testing.assert_allclose(np.linalg.norm(way, axis=1), 1, atol=1e-6)


def test_neighbours_of_two_islands_are_joined_straight():
    rng = np.random.default_rng(0)
    codes = rng.normal(0, 0.1, (80, 2)).astype(np.float32)
    codes[40:] += 10
    way = paths.along_neighbours(codes[[0, 79]], codes)
    assert np.isfinite(way).all() and paths.length(way) == pytest.approx(14.1, abs=1)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_too_few_codes_make_no_graph(n):
    nodes = np.array([[0, 0], [1, 1]], np.float32)
    codes = np.zeros((n, 2), np.float32)
    np.testing.assert_array_equal(paths.along_neighbours(nodes, codes), nodes)
    assert paths.off_data(nodes, codes).share == (1.0 if n == 2 else 0.0) * 0.5


def test_half_of_a_way_out_of_a_lattice_is_off_the_data():
    axis = np.arange(-5, 6)
    codes = np.stack(np.meshgrid(axis, axis), -1).reshape(-1, 2).astype(np.float32)
    way = paths.resampled(np.array([[0, 0], [12, 0]], np.float32), 121)  # steps of 0.1
    ground = paths.off_data(way, codes)
    assert ground.limit == pytest.approx(1.0)
    assert ground.share == pytest.approx(np.mean(way[:, 0] > 6), abs=0.01)


def test_one_point_and_equal_ones_stand_still_and_none_are_none():
    for points in (np.array([[3.0, 4]]), np.array([[3.0, 4], [3, 4]])):
        np.testing.assert_array_equal(paths.resampled(points, 3), [[3, 4]] * 3)
        np.testing.assert_array_equal(paths.at(points, 0.5), [3, 4])
    assert paths.resampled(np.zeros((0, 2)), 3).shape == (0, 2)


@given(vectors)
def test_slerp_to_a_multiple_is_straight_whatever_is_rounded(a):
    made = paths.slerp(a, 2 * a, UNIT)
    np.testing.assert_allclose(made, (1 + UNIT)[:, None] * a, atol=1e-3)


def test_a_spherical_route_has_thirty_two_steps_an_arc():
    nodes = np.array([[1, 0], [0, 1], [-1, 0]], np.float32)
    route = paths.route(LatentPath(nodes, "spherical"))
    np.testing.assert_allclose(route, _circle(65, 0.5), atol=1e-5)
    assert paths.route(LatentPath(nodes[:1], "spherical")).shape == (1, 2)


LINE = np.stack([np.arange(40.0), np.zeros(40)], axis=1).astype(np.float32)


def test_each_code_knows_its_ten_nearest_and_not_itself():
    graph, _ = paths._graph(LINE)
    assert graph.nnz == 400 and graph.diagonal().sum() == 0
    assert sorted(graph[[20], :].tocoo().col.tolist()) == [*range(15, 20), *range(21, 26)]
    few, _ = paths._graph(LINE[:4])
    assert few.nnz == 12


def test_a_code_that_nobody_knows_is_reached_by_those_that_it_knows():
    codes = np.concatenate([LINE, [[60.0, 0.0]]]).astype(np.float32)
    way = paths.along_neighbours(codes[[0, 40]], codes)
    assert len(way) > 4 and paths.length(way) == pytest.approx(60)


def test_of_more_than_twenty_thousand_codes_every_nth_is_in_the_graph():
    for n, every in ((20_000, 1), (20_001, 2), (40_001, 3)):
        codes = np.stack([np.arange(n), np.zeros(n)], axis=1).astype(np.float32)
        steps = set(np.diff(paths.along_neighbours(codes[[0, -1]], codes)[1:-1, 0]))
        assert {5.0 * every} <= steps and all(step % every == 0 for step in steps)


def test_equal_codes_are_neighbours_too():
    codes = np.repeat(LINE[::8], 11, axis=0)  # each knows its equals alone: islands
    twice = np.repeat(LINE, 2, axis=0)
    assert paths.length(paths.along_neighbours(LINE[[0, 39]], twice)) == pytest.approx(39)
    assert len(paths.along_neighbours(codes[[0, -1]], codes)) == 4


def test_a_walk_goes_from_predecessor_to_predecessor():
    before = np.array([-9999, 0, 1, 2, 3, -9999], np.int32)
    assert paths._walked(before, 0, 4) == [1, 2, 3, 4]
    assert paths._walked(before, 0, 0) == []
    assert paths._walked(before, 0, 5) == [5]


def test_a_way_along_neighbours_can_be_stopped_at_each_node():
    looks = []

    class Looking(Task):
        def check(self):
            looks.append(1)

    paths.along_neighbours(LINE[[0, 20, 39]], LINE, Looking())
    assert len(looks) == 3
    paths.off_data(LINE, LINE, looking := Looking())
    assert len(looks) == 4 and looking is not None
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        paths.off_data(LINE, LINE, task)


def test_codes_that_are_no_numbers_are_no_codes():
    broken = np.concatenate([LINE, [[np.nan, 0.0]]]).astype(np.float32)
    np.testing.assert_array_equal(
        paths.along_neighbours(LINE[[0, 39]], broken), paths.along_neighbours(LINE[[0, 39]], LINE)
    )
    for codes in (broken, LINE[:2], LINE[:3]):
        ground = paths.off_data(np.array([[0.5, 0.0], [0.0, 9.0]]), codes)
        assert ground.limit == pytest.approx(1) and ground.gaps.tolist() == [0.5, 9]
        assert ground.off.tolist() == [False, True] and ground.share == 0.5
    empty = paths.off_data(np.zeros((0, 2)), LINE)
    assert empty.share == 0.0
