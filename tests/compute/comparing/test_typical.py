"""explorer.compute.comparing.typical: samples of other classes, each compared as any sample is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.analysis import pca
from explorer.compute.comparing.sample import Compare
from explorer.compute.comparing.typical import CompareTypical, typical
from tests.compute.small import DATA, snapshot


def test_each_is_compared_as_a_chosen_sample_is() -> None:
    linear = pca.fit(DATA, 4)
    found = CompareTypical(DATA, snapshot(), linear, 3).answer()
    assert [one.index for one in found] == list(typical(DATA, 3))
    for one in found:
        assert one.index is not None
        wanted = Compare(DATA, one.index, snapshot(), linear).answer()
        assert (one.mse, one.pca_mse) == pytest.approx((wanted.mse, wanted.pca_mse))
        np.testing.assert_array_equal(one.reconstruction, wanted.reconstruction)


def test_they_are_in_the_middle_of_equal_parts_in_the_order_of_classes() -> None:
    labels = np.arange(len(DATA)) % 2
    data = replace(DATA, labels=labels, classes=("even", "odd"))
    first, second = typical(data, 2)
    assert (labels[first], labels[second]) == (0, 1)
    plain = replace(DATA, labels=None, classes=())
    n = len(DATA)
    assert typical(plain, 2) == (n // 4, 3 * n // 4)
    assert len(set(typical(plain, 7))) == 7


def test_there_are_no_more_than_there_are_samples() -> None:
    assert typical(DATA, 0) == ()
    assert len(typical(DATA, 10 * len(DATA))) == len(DATA)
