"""The subset that is shown is fixed and in proportion."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.training.publishing import stratified
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
