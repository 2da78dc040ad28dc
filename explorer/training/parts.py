"""Which samples stand for a whole part, where measuring all of them would take too long."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.data.dataset import Dataset

Index = NDArray[np.int64]


def sampled(index: Index, most: int, seed: int = 0) -> Index:
    """Up to ``most`` of the positions, drawn from all of them, always the same ones; rising.

    Data often lies sorted by class, so the first ones stand for nothing but themselves.
    """
    most = min(most, len(index))
    picked: Index = np.random.default_rng(seed).choice(index, most, replace=False)
    return np.sort(picked)


def stratified(dataset: Dataset, most: int, seed: int = 0) -> Index:
    """Up to ``most`` positions, each class in its proportion, always the same ones; sorted."""
    order = np.random.default_rng(seed).permutation(len(dataset))
    if dataset.labels is not None:
        order = order[np.argsort(dataset.labels[order], kind="stable")]
    picks = np.linspace(0, len(order), min(most, len(order)), endpoint=False).astype(np.int64)
    return np.sort(order[picks])
