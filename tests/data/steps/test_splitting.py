"""The split: seeded, stratified, equal pictures on one side."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.data.steps.splitting import groups_of_equals, held_out_count, leaks, repeats, split
from tests.data.makers import pixels


@given(st.integers(2, 400), st.integers(1, 12), st.sampled_from((0.1, 0.2, 0.5)), st.integers(0, 9))
def test_each_class_gets_its_share(n: int, classes: int, fraction: float, seed: int) -> None:
    labels = np.random.default_rng(seed).integers(0, classes, n)
    test = split(labels, np.arange(n), fraction, seed=seed)
    assert 0 < test.sum() < n
    assert test.sum() == held_out_count(n, fraction)
    wanted = np.bincount(labels, minlength=classes) * fraction
    assert (np.abs(np.bincount(labels[test], minlength=classes) - wanted) <= 1.01).all()
    np.testing.assert_array_equal(test, split(labels, np.arange(n), fraction, seed=seed))


def test_the_seed_decides() -> None:
    a, b = (split(None, np.arange(100), 0.1, seed=s) for s in (0, 1))
    assert a.sum() == b.sum() == 10
    assert (a != b).any()


def test_the_split_never_changes() -> None:
    """Checkpoints hash their split; every fifth of RandomState(0).permutation(20)."""
    np.testing.assert_array_equal(np.flatnonzero(split(None, np.arange(20), 0.2)), [0, 9, 13, 19])


def test_equal_pictures_stay_together() -> None:
    x = pixels(60, 4, 4, 1)[np.arange(200) % 60]
    groups = groups_of_equals(x)
    assert repeats(groups) == 140
    np.testing.assert_array_equal(groups, np.arange(200) % 60)
    test = split(np.arange(200) % 60 % 3, groups, 0.2)
    assert leaks(groups, test) == 0
    assert leaks(groups, np.arange(200) < 100) == 100


@pytest.mark.parametrize("n", [2, 3, 5])
def test_few_samples_still_have_both_parts(n: int) -> None:
    assert split(None, np.arange(n), 0.1).sum() == 1


def test_one_group_is_split_all_the_same() -> None:
    assert split(None, np.zeros(20, np.int64), 0.1).sum() == 2
