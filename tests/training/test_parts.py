"""What stands for a whole part is fixed and drawn from all of it."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.training.parts import sampled, stratified
from tests.fakes import constant_dataset, toy_dataset


@pytest.mark.parametrize("most", [30, 100, 1000])
def test_each_class_in_its_proportion(most: int) -> None:
    data = toy_dataset(120)
    index = stratified(data, most)
    assert len(set(index)) == len(index) == min(most, 120)
    assert data.labels is not None
    counts = np.bincount(data.labels[index])
    assert counts.max() - counts.min() <= 1
    np.testing.assert_array_equal(index, stratified(data, most))


def test_without_labels() -> None:
    assert stratified(constant_dataset(5), 3).shape == (3,)


@pytest.mark.parametrize("most", [50, 500])
def test_samples_of_a_part_stand_for_all_of_it(most: int) -> None:
    """Sorted by label, the first ones are of one class; drawn ones have all, in proportion."""
    labels = np.repeat(np.arange(10), 400)
    index = np.flatnonzero(np.arange(4000) % 5 != 4)
    picked = sampled(index, most)
    assert len(set(picked)) == len(picked) == most and set(picked) <= set(index)
    assert (np.diff(picked) > 0).all()
    np.testing.assert_array_equal(picked, sampled(index, most))
    share = np.bincount(labels[picked], minlength=10) / most
    assert np.abs(share - 0.1).max() < 4 * np.sqrt(0.1 * 0.9 / most)
    assert not np.array_equal(picked, sampled(index, most, seed=1))


def test_a_small_part_is_taken_whole() -> None:
    index = np.array([3, 5, 9])
    for most in (3, 4, 100):
        np.testing.assert_array_equal(sampled(index, most), index)
