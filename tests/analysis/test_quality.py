"""Neighbours: kept, lost, and voting."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.analysis import quality


@pytest.fixture
def rows() -> np.ndarray:
    return np.random.default_rng(0).normal(size=(200, 3)).astype(np.float32)


def test_the_same_plane_is_trustworthy(rows: np.ndarray) -> None:
    assert quality.trustworthiness(rows, 2.0 * rows) == quality.Score(1.0, 200)


def test_a_shuffled_plane_is_not(rows: np.ndarray) -> None:
    shuffled = np.random.default_rng(1).permutation(rows)
    value = quality.trustworthiness(rows, shuffled).value
    assert value is not None and value < 0.6


def test_parted_classes_are_told_apart(rows: np.ndarray) -> None:
    labels = np.arange(200) % 2
    parted = rows + 100.0 * labels[:, None].astype(np.float32)
    assert quality.knn_accuracy(parted, labels, parted, labels).value == 1.0


def test_labels_without_meaning_are_guessed(rows: np.ndarray) -> None:
    labels = np.random.default_rng(2).integers(0, 2, 200)
    found = quality.knn_accuracy(rows[:100], labels[:100], rows[100:], labels[100:])
    assert found.n == 100
    assert found.value == pytest.approx(0.5, abs=0.2)


def test_too_few_samples_have_no_score(rows: np.ndarray) -> None:
    assert quality.trustworthiness(rows[:8], rows[:8]).value is None
    few = np.zeros(2, np.int64)
    assert quality.knn_accuracy(rows[:2], few, rows[:2], few).value is None


def test_subsample_is_seeded_sorted_and_whole_where_it_fits() -> None:
    assert np.array_equal(quality.subsample(5, 10), np.arange(5))
    some = quality.subsample(1000, 10)
    assert np.array_equal(some, quality.subsample(1000, 10))
    assert len(set(some)) == 10 and (np.diff(some) > 0).all()


@pytest.mark.parametrize(("n", "trust", "vote"), [(4, False, False), (5, False, True),
                                                  (10, False, True), (11, True, True)])  # fmt: skip
def test_a_score_needs_five_neighbours_and_trust_as_many_again(
    rows: np.ndarray, n: int, trust: bool, vote: bool
) -> None:
    found, labels = quality.trustworthiness(rows[:n], rows[:n]), np.zeros(n, np.int64)
    assert found == quality.Score(1.0 if trust else None, n)
    voted = quality.knn_accuracy(rows[:n], labels, rows[:7], labels[:1].repeat(7))
    assert voted == quality.Score(1.0 if vote else None, 7)
    assert quality.knn_accuracy(rows, np.zeros(200), rows[:0], labels[:0]).value is None


def test_another_seed_takes_another_part() -> None:
    assert not np.array_equal(quality.subsample(1000, 10), quality.subsample(1000, 10, seed=1))
    assert np.array_equal(quality.subsample(10, 10, seed=1), np.arange(10))
