"""The split: seeded, stratified, equal pictures on one side."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.data.steps.splitting import (
    _every,
    all_equal,
    digests_of,
    groups_of_equals,
    held_out_count,
    leaks,
    repeats,
    split,
)
from explorer.task import Task
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


def test_digests_are_eight_bytes_a_sample_and_can_be_stopped() -> None:
    looks: list[int] = []

    class Looking(Task):
        def check(self) -> None:
            looks.append(1)

    x = np.arange(8193 * 6).reshape(8193, 2, 3)
    digests = digests_of(x, Looking())
    assert len(digests) == 8 * 8193 and len(looks) == 2
    assert len(groups_of_equals(x)) == 8193 and repeats(groups_of_equals(x)) == 0
    assert digests_of(x[:, ::-1]) == digests_of(np.ascontiguousarray(x[:, ::-1])) != digests


@pytest.mark.parametrize(
    ("n", "fraction", "count"),
    [(0, 0.5, 0), (1, 0.1, 0), (2, 0.1, 1), (10, 0.1, 1), (14, 0.1, 1), (15, 0.1, 2), (25, 0.1, 3),
     (10, 0.25, 3), (9, 0.5, 5)],
)  # fmt: skip
def test_how_many_are_held_out(n: int, fraction: float, count: int) -> None:
    """To the nearest whole number; one of two at least."""
    assert held_out_count(n, fraction) == count


def test_of_few_the_middle_one_is_held_out() -> None:
    assert np.flatnonzero(_every(4, 0.1)).tolist() == [2]
    assert np.flatnonzero(_every(20, 0.1)).tolist() == [4, 14]
    assert np.flatnonzero(_every(4, 0.5)).tolist() == [0, 2]


def test_two_groups_are_kept_apart() -> None:
    groups = np.array([0, 0, 0, 3, 3, 3])
    assert split(None, groups, 0.1).tolist() in ([True] * 3 + [False] * 3, [False] * 3 + [True] * 3)


def test_all_alike_is_said_of_pictures_and_of_values() -> None:
    assert all_equal("pictures") == "all samples are the same picture"
    assert all_equal("samples") == "all samples are the same values"
