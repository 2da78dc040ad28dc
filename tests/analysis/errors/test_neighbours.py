"""Trustworthiness without each block: against scikit-learn, and by how often it covers."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.manifold import trustworthiness

from explorer.analysis.errors import neighbours
from explorer.analysis.errors.neighbours import BLOCKS, NEARBY, Neighbours


@pytest.mark.parametrize("n", [21, 60, 2 * NEARBY])
@pytest.mark.parametrize("k", [1, 5])
def test_with_all_and_without_each_block(n: int, k: int) -> None:
    rng = np.random.default_rng(n)
    rows = rng.standard_normal((n, 4))
    codes = rows[:, :2] + 0.3 * rng.standard_normal((n, 2))
    near = Neighbours(rows, k)
    value, without = near.without_blocks(codes)
    assert value == pytest.approx(trustworthiness(rows, codes, n_neighbors=k))
    for block in range(BLOCKS):
        left = near.block != block
        wanted = trustworthiness(rows[left], codes[left], n_neighbors=k)
        assert without[block] == pytest.approx(wanted)


def test_blocks_are_of_one_size() -> None:
    sizes = np.bincount(Neighbours(np.random.default_rng(0).standard_normal((110, 2)), 5).block)
    assert len(sizes) == BLOCKS and set(sizes) == {5, 6}


def test_the_interval_stays_where_values_can_be() -> None:
    without = np.linspace(0.9, 1.0, BLOCKS)
    assert neighbours.interval(0.99, without)[1] == 1.0
    assert neighbours.interval(0.01, without)[0] == 0.0
    half = 1.959964 * np.sqrt((BLOCKS - 1) / BLOCKS * ((without - without.mean()) ** 2).sum())
    assert neighbours.interval(0.5, without) == pytest.approx((0.5 - half, 0.5 + half))
    value, around = neighbours.difference((0.6, without), (0.5, without**2))
    apart = without - without**2
    half = 1.959964 * np.sqrt((BLOCKS - 1) / BLOCKS * ((apart - apart.mean()) ** 2).sum())
    assert value == pytest.approx(0.1) and around == pytest.approx((0.1 - half, 0.1 + half))


def test_it_covers_the_mean_over_all_data_drawn_alike() -> None:
    """500 sets of 100; each sample's own term alone would cover 70 of 100."""
    rng, found = np.random.default_rng(8), []
    for _ in range(500):
        rows = rng.standard_normal((100, 5)) * np.linspace(2.0, 0.5, 5)
        near = Neighbours(rows, 5)
        one, other = near.without_blocks(rows[:, :2]), near.without_blocks(rows[:, 1:3])
        away, around = neighbours.difference(one, other)
        found.append([one[0], *neighbours.interval(*one), away, *around])
    value, low, high, away, least, most = np.array(found).T
    assert 0.93 <= ((low <= value.mean()) & (value.mean() <= high)).mean() <= 0.98
    assert 0.93 <= ((least <= away.mean()) & (away.mean() <= most)).mean() <= 0.98
