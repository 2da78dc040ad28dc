"""The rows of the gallery: told of at once, with nothing made for each of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from explorer.data.dataset import Dataset, Preparation
from explorer.ui.widgets.pictures.samples_model import SAMPLE, SamplesModel


def data_of(n: int) -> Dataset:
    rows, test = np.zeros((n, 4, 4, 1), np.uint8), np.arange(n) % 5 == 4
    labels = np.arange(n, dtype=np.int64) % 2
    return Dataset(f"of {n}", rows, Preparation(4, 4), test, labels, ("even", "odd"))


@pytest.mark.parametrize("n", [0, 3, 40])
def test_other_samples_are_told_of_once_and_as_a_whole(qapp: Any, n: int) -> None:
    model, heard = SamplesModel(), []
    model.show(data_of(10))
    model.modelReset.connect(lambda: heard.append(model.rowCount()))
    for part in (model.rowsInserted, model.rowsRemoved, model.dataChanged):
        part.connect(lambda *_: heard.append("a part"))
    model.show(data_of(n))
    assert heard == [n]


def test_the_rows_have_no_items(qapp: Any) -> None:
    model = SamplesModel()
    model.show(data_of(10), label=1)
    assert [model.index(row, 0).data(SAMPLE) for row in range(model.rowCount())] == [1, 3, 5, 7, 9]
    assert all(model.item(row) is None for row in range(model.rowCount()))
