"""Neighbours: kept, lost, and voting."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest
from sklearn.manifold import trustworthiness
from sklearn.neighbors import KNeighborsClassifier

from explorer.analysis import quality
from explorer.analysis.errors import Paired


@pytest.fixture
def rows() -> np.ndarray:
    return np.random.default_rng(0).normal(size=(200, 3)).astype(np.float32)


def shuffled(rows: np.ndarray) -> np.ndarray:
    return np.random.default_rng(1).permutation(rows)


def test_the_same_plane_is_trustworthy_and_a_shuffled_one_is_not(rows: np.ndarray) -> None:
    found = quality.trustworthiness(rows, 2.0 * rows, shuffled(rows))
    assert (found.ours, found.n) == (1.0, 200)
    assert found.theirs == pytest.approx(trustworthiness(rows, shuffled(rows), n_neighbors=5))
    assert found.theirs is not None and found.difference == pytest.approx(1.0 - found.theirs)
    for value, interval in (
        (found.ours, found.interval),
        (found.theirs, found.their_interval),
        (found.difference, found.difference_interval),
    ):
        assert interval is not None and interval[0] <= value <= interval[1]


def test_accuracy_is_that_of_a_vote_of_five(rows: np.ndarray) -> None:
    labels = np.arange(200) % 2
    apart = rows + 100.0 * labels[:, None].astype(np.float32)
    ours, theirs = (apart[:120], apart[120:]), (rows[:120], rows[120:])
    found = quality.knn_accuracy(ours, theirs, labels[:120], labels[120:])
    oracle = KNeighborsClassifier(5).fit(rows[:120], labels[:120]).score(rows[120:], labels[120:])
    assert (found.n, found.ours, found.theirs) == (80, 1.0, pytest.approx(oracle))
    right = round(80 * oracle)
    wilson = binomtest(right, 80).proportion_ci(method="wilson")
    assert found.their_interval == pytest.approx((wilson.low, wilson.high))
    assert found.interval is not None and 0.9 < found.interval[0] < 0.999 < found.interval[1] <= 1.0
    assert found.difference == pytest.approx(1.0 - oracle)


def test_too_few_samples_have_no_score(rows: np.ndarray) -> None:
    ten, eleven = rows[:10], rows[:11]
    assert quality.trustworthiness(ten, ten, ten) == Paired(10)
    assert quality.trustworthiness(eleven, eleven, eleven).ours == 1.0
    few, codes = np.zeros(4, np.int64), (rows[:4], rows[:4])
    assert quality.knn_accuracy(codes, codes, few, few) == Paired(4)
    five, codes = np.zeros(5, np.int64), (rows[:5], rows[:5])
    assert quality.knn_accuracy(codes, codes, five, five).ours == 1.0
    nobody = (rows[:5], rows[:0])
    assert quality.knn_accuracy(nobody, nobody, five, five[:0]) == Paired(0)


def test_subsample_is_seeded_sorted_and_whole_where_it_fits() -> None:
    assert np.array_equal(quality.subsample(5, 10), np.arange(5))
    some = quality.subsample(1000, 10)
    assert np.array_equal(some, quality.subsample(1000, 10))
    assert len(set(some)) == 10 and (np.diff(some) > 0).all()


def test_another_seed_takes_another_part() -> None:
    assert not np.array_equal(quality.subsample(1000, 10), quality.subsample(1000, 10, seed=1))
    assert np.array_equal(quality.subsample(10, 10, seed=1), np.arange(10))
