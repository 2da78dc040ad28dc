"""Ways over codes: a horseshoe, islands, a line."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.analysis.latent import paths
from explorer.analysis.latent.joins import joins, neighbours
from explorer.errors import Cancelled
from explorer.task import Task

LINE = np.stack([np.arange(40.0), np.zeros(40)], axis=1).astype(np.float32)


def _circle(n: int, share: float = 1.0) -> np.ndarray:
    angle = np.linspace(0, share * 2 * np.pi, n)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)


def test_neighbours_lead_around_a_horseshoe():
    codes = _circle(200, 0.75)
    ends = codes[[0, -1]]
    way = neighbours.along_neighbours(ends, codes)
    np.testing.assert_array_equal(way[[0, -1]], ends)
    assert paths.length(way) == pytest.approx(1.5 * np.pi, rel=0.01)
    np.testing.assert_allclose(np.linalg.norm(way, axis=1), 1, atol=1e-6)


def test_neighbours_of_two_islands_are_joined_straight():
    rng = np.random.default_rng(0)
    codes = rng.normal(0, 0.1, (80, 2)).astype(np.float32)
    codes[40:] += 10
    way = neighbours.along_neighbours(codes[[0, 79]], codes)
    assert np.isfinite(way).all() and paths.length(way) == pytest.approx(14.1, abs=1)


def test_each_code_knows_its_ten_nearest_and_not_itself():
    graph, _ = neighbours._graph(LINE)
    assert graph.nnz == 400 and graph.diagonal().sum() == 0
    assert sorted(graph[[20], :].tocoo().col.tolist()) == [*range(15, 20), *range(21, 26)]
    few, _ = neighbours._graph(LINE[:4])
    assert few.nnz == 12


def test_a_code_that_nobody_knows_is_reached_by_those_that_it_knows():
    codes = np.concatenate([LINE, [[60.0, 0.0]]]).astype(np.float32)
    way = neighbours.along_neighbours(codes[[0, 40]], codes)
    assert len(way) > 4 and paths.length(way) == pytest.approx(60)


def test_of_more_than_twenty_thousand_codes_every_nth_is_in_the_graph():
    for n, every in ((20_000, 1), (20_001, 2), (40_001, 3)):
        codes = np.stack([np.arange(n), np.zeros(n)], axis=1).astype(np.float32)
        steps = set(np.diff(neighbours.along_neighbours(codes[[0, -1]], codes)[1:-1, 0]))
        assert {5.0 * every} <= steps and all(step % every == 0 for step in steps)


def test_equal_codes_are_neighbours_too():
    codes = np.repeat(LINE[::8], 11, axis=0)  # each knows its equals alone: islands
    twice = np.repeat(LINE, 2, axis=0)
    assert paths.length(neighbours.along_neighbours(LINE[[0, 39]], twice)) == pytest.approx(39)
    assert len(neighbours.along_neighbours(codes[[0, -1]], codes)) == 4


def test_a_walk_goes_from_predecessor_to_predecessor():
    before = np.array([-9999, 0, 1, 2, 3, -9999], np.int32)
    assert neighbours._walked(before, 0, 4) == [1, 2, 3, 4]
    assert neighbours._walked(before, 0, 0) == []
    assert neighbours._walked(before, 0, 5) == [5]


@pytest.mark.parametrize("n", [0, 1, 2])
def test_too_few_codes_make_no_graph(n):
    nodes = np.array([[0, 0], [1, 1]], np.float32)
    codes = np.zeros((n, 2), np.float32)
    np.testing.assert_array_equal(neighbours.along_neighbours(nodes, codes), nodes)


def test_without_codes_the_nodes_are_the_way_that_is_known():
    way = joins["neighbours"].way
    assert way(LINE[[0, 39]]) is not None and len(way(LINE[[0, 39]])) == 2
    np.testing.assert_array_equal(
        way(LINE[[0, 39]], LINE), neighbours.along_neighbours(LINE[[0, 39]], LINE)
    )


def test_a_way_can_be_stopped_at_each_node():
    looks = []

    class Looking(Task):
        def check(self):
            looks.append(1)

    joins["neighbours"].way(LINE[[0, 20, 39]], LINE, Looking())
    assert len(looks) == 3
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        joins["neighbours"].way(LINE[[0, 39]], LINE, task)


def test_codes_that_are_no_numbers_are_no_codes():
    broken = np.concatenate([LINE, [[np.nan, 0.0]]]).astype(np.float32)
    np.testing.assert_array_equal(
        neighbours.along_neighbours(LINE[[0, 39]], broken),
        neighbours.along_neighbours(LINE[[0, 39]], LINE),
    )
