"""A split by its name, and no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorer.analysis.comparing.with_pca import compare
from explorer.analysis.evaluating import evaluate
from explorer.analysis.passes import BATCH, decoded, parts_of, split_index
from explorer.compute.analyses.anomalies import FindAnomalies
from explorer.compute.measuring.evidence import MeasureEvidence
from explorer.data.dataset import Dataset
from explorer.data.splits import SPLITS
from explorer.errors import Cancelled, DataError, SettingsError
from explorer.models.autoencoder import from_snapshot
from explorer.models.config import ModelSnapshot
from explorer.task import Task
from tests.analysis.evidence.test_gaps import snapshot
from tests.fakes import toy_dataset

TAKERS: dict[str, Callable[[ModelSnapshot, Dataset, str], Any]] = {
    "split_index": lambda model, data, split: split_index(data, split),
    "evaluate": lambda model, data, split: evaluate(model, data, samples=2, split=split),
    "compare": lambda model, data, split: compare(model, data, split=split),
    "measure": lambda model, data, split: MeasureEvidence(model, data, 2, split).answer(),
    "anomalies": lambda model, data, split: FindAnomalies(model, data, split=split).answer(),
}


@pytest.mark.parametrize("taker", list(TAKERS))
@pytest.mark.parametrize("name", ["tset", "", "Test", "validation"])
def test_a_misspelt_split_is_no_split(taker: str, name: str) -> None:
    with pytest.raises(SettingsError) as caught:
        TAKERS[taker](snapshot("vae"), toy_dataset(20), name)
    assert repr(name) in str(caught.value) and "test, train, all" in str(caught.value)


def test_the_splits_are_what_they_say() -> None:
    data = toy_dataset(20)
    found = {name: split_index(data, name).tolist() for name in SPLITS}
    assert found["test"] == [4, 9, 14, 19]
    assert sorted(found["test"] + found["train"]) == found["all"] == list(range(20))
    with pytest.raises(DataError, match="test part is empty"):
        split_index(replace(data, test=np.zeros(20, bool)), "test")


def test_a_pass_goes_part_by_part_and_says_how_far_it_is() -> None:
    told: list[tuple[float | None, str]] = []
    task = Task(lambda share, text: told.append((share, text)), interval=0.0)
    parts = list(parts_of(np.arange(8), task, "counting", 3))
    assert parts == [slice(0, 3), slice(3, 6), slice(6, 8)]
    assert told == [(0.0, "counting"), (0.375, "counting"), (0.75, "counting")]
    assert list(parts_of(np.arange(0), task, "counting", 3)) == []
    task.cancel()
    with pytest.raises(Cancelled):
        next(parts_of(np.arange(8), task, "counting", 3))


def test_codes_are_decoded_whatever_their_number() -> None:
    model = from_snapshot(snapshot("vae"))
    z = np.random.default_rng(0).normal(size=(BATCH + 1, 2)).astype(np.float32)
    rows = decoded(model, z)
    assert rows.shape == (BATCH + 1, 64) and rows.dtype == np.float32
    for i in (0, BATCH - 1, BATCH):
        np.testing.assert_allclose(rows[i], decoded(model, z[i : i + 1])[0], atol=1e-5)
