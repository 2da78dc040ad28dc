"""Standardised rows that detectors learn, with few directions and some noise."""

from __future__ import annotations

import numpy as np

from explorer.data.dataset import Dataset, Preparation


def table(n: int = 100, d: int = 6, rank: int = 2, seed: int = 0, noise: float = 0.2) -> Dataset:
    """Columns whose scales differ; every fifth row is held out."""
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(n, rank)) @ rng.normal(size=(rank, d)) + noise * rng.normal(size=(n, d))
    made = Preparation(
        1, d, levels=1, kind="table", centre=(1.0,) * d, scale=tuple(2.0**j for j in range(d))
    )
    return Dataset(
        name="table", x=rows.astype(np.float32).reshape(n, 1, d, 1), preparation=made,
        test=np.arange(n) % 5 == 4, labels=np.arange(n) % 2, classes=("a", "b"),
    )  # fmt: skip


def other_test_part(known: Dataset) -> Dataset:
    """The same training part; what is held out is far off."""
    x = known.x.copy()
    x[known.test] = 9.0 - 3.0 * x[known.test]
    labels = None if known.labels is None else known.labels.copy()
    return Dataset(
        name=known.name, x=x, preparation=known.preparation, test=known.test.copy(), labels=labels,
        classes=known.classes,
    )  # fmt: skip
