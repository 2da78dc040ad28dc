"""Intervals of shares, against scipy and by how often they cover."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from explorer.analysis.errors import shares


def of(right: int, m: int) -> np.ndarray:
    return np.arange(m) < right


@pytest.mark.parametrize(("right", "m"), [(0, 7), (7, 7), (3, 10), (180, 200), (1, 1)])
def test_the_interval_is_wilsons(right: int, m: int) -> None:
    wanted = binomtest(right, m).proportion_ci(method="wilson")
    assert shares.interval(of(right, m)) == pytest.approx((wanted.low, wanted.high), abs=1e-12)


def test_a_difference_by_hand() -> None:
    """Agresti & Min 2005: of 10, 3 right for us alone and 1 for them alone."""
    ours = np.array([1, 1, 1, 0, 1, 1, 1, 0, 0, 0], np.bool_)
    theirs = np.array([0, 0, 0, 1, 1, 1, 1, 0, 0, 0], np.bool_)
    only_ours, only_theirs = 3.5, 1.5  # with half a sample more
    middle = (only_ours - only_theirs) / 12
    spread = np.sqrt(((only_ours + only_theirs) / 12 - middle**2) / 12)
    value, (low, high) = shares.difference(ours, theirs)
    assert value == pytest.approx(0.2)
    assert (low, high) == pytest.approx((middle - 1.959964 * spread, middle + 1.959964 * spread))


def test_two_that_agree_are_not_known_to_be_equal() -> None:
    value, (low, high) = shares.difference(of(9, 10), of(9, 10))
    assert value == 0.0 and low < -0.05 and high > 0.05
    assert shares.difference(of(0, 1), of(1, 1))[1][0] == -1.0
    assert shares.difference(of(1, 1), of(0, 1))[1][1] == 1.0


@pytest.mark.parametrize(("m", "share"), [(300, 0.7), (200, 0.9)])
def test_it_covers_the_share(m: int, share: float) -> None:
    rng = np.random.default_rng(3)
    low, high = np.array([shares.interval(rng.random(m) < share) for _ in range(500)]).T
    assert 0.93 <= ((low <= share) & (share <= high)).mean() <= 0.97


def test_it_covers_the_difference() -> None:
    rng, hit = np.random.default_rng(4), 0
    ours, theirs = 0.8, 0.8 * 0.9 + 0.2 * 0.1  # a tenth of them flipped
    truth = ours - theirs
    for _ in range(500):
        right = rng.random(300) < ours
        low, high = shares.difference(right, right ^ (rng.random(300) < 0.1))[1]
        hit += low <= truth <= high
    assert 0.93 <= hit / 500 <= 0.97


def test_where_all_are_right_or_none_the_interval_ends_there() -> None:
    """To the last digit, for any number of samples."""
    for m in range(1, 200):
        assert shares.interval(of(m, m))[1] <= 1.0 and shares.interval(of(0, m))[0] >= 0.0
