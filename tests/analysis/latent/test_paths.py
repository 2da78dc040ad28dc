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


@pytest.mark.parametrize("n", [0, 1, 2])
def test_too_few_codes_say_nothing_of_what_is_usual(n):
    nodes = np.array([[0, 0], [1, 1]], np.float32)
    codes = np.zeros((n, 2), np.float32)
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


def test_a_spherical_route_has_thirty_two_steps_an_arc():
    nodes = np.array([[1, 0], [0, 1], [-1, 0]], np.float32)
    route = paths.route(LatentPath(nodes, "spherical"))
    np.testing.assert_allclose(route, _circle(65, 0.5), atol=1e-5)
    assert paths.route(LatentPath(nodes[:1], "spherical")).shape == (1, 2)


LINE = np.stack([np.arange(40.0), np.zeros(40)], axis=1).astype(np.float32)


def test_a_look_at_what_is_off_the_data_can_be_stopped():
    looks = []

    class Looking(Task):
        def check(self):
            looks.append(1)

    paths.off_data(LINE, LINE, looking := Looking())
    assert len(looks) == 1 and looking is not None
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        paths.off_data(LINE, LINE, task)


def test_codes_that_are_no_numbers_are_no_codes():
    broken = np.concatenate([LINE, [[np.nan, 0.0]]]).astype(np.float32)
    for codes in (broken, LINE[:2], LINE[:3]):
        ground = paths.off_data(np.array([[0.5, 0.0], [0.0, 9.0]]), codes)
        assert ground.limit == pytest.approx(1) and ground.gaps.tolist() == [0.5, 9]
        assert ground.off.tolist() == [False, True] and ground.share == 0.5
    empty = paths.off_data(np.zeros((0, 2)), LINE)
    assert empty.share == 0.0
