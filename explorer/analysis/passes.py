"""Whole data sets through a model, some hundred samples at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray

from explorer.data.dataset import Dataset, Floats
from explorer.data.splits import SPLITS
from explorer.errors import DataError, SettingsError
from explorer.models.autoencoder import Autoencoder
from explorer.models.batches import to_numpy, to_tensor
from explorer.models.encoding import device_of
from explorer.task import NO_TASK, Task

Index = NDArray[np.int64]
BATCH = 500


def split_index(dataset: Dataset, split: str) -> Index:
    """Positions of the samples of a split, one of SPLITS.

    Raises SettingsError for any other name, DataError where the split is empty.
    """
    if split not in SPLITS:
        raise SettingsError(
            f"there is no part of the data called {split!r}",
            where=dataset.name,
            remedy=f"choose one of {', '.join(SPLITS)}",
        )
    parts = {"test": dataset.test_index, "train": dataset.train_index}
    index = parts.get(split, np.arange(len(dataset)))
    if len(index) == 0:
        raise DataError(f"the {split} part is empty", where=dataset.name, remedy="use another part")
    return index


def parts_of(index: Index, task: Task, text: str, size: int = BATCH) -> Iterator[slice]:
    """Slices of ``index``; the task is told how far it is and may stop it."""
    for start in range(0, len(index), size):
        task.check()
        task.progress(start / len(index), text)
        yield slice(start, min(start + size, len(index)))


def decoded(model: Autoencoder, z: Floats, task: Task = NO_TASK, size: int = BATCH) -> Floats:
    """The likelihood's means at codes: (m, d) -> rows (m, D) float32 in its units.

    size: codes between two looks at the task.
    """
    rows = []
    with torch.inference_mode():
        for part in parts_of(np.arange(len(z)), task, "decoding", size):
            here = torch.from_numpy(np.array(z[part], np.float32)).to(device_of(model))
            rows.append(to_numpy(model.decode(here)))
    return np.concatenate(rows)


def batch_of(model: Autoencoder, dataset: Dataset, index: Index) -> torch.Tensor:
    """Samples as the model reads them: (b, C, H, W) in its units, on its device."""
    return to_tensor(dataset.x[index], dataset.preparation.levels, device_of(model))
