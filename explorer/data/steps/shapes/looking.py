"""A look at the first values: what the shape of an array alone does not tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.data.raw import Source

_LOOKED_AT = 500  # samples
_ALIKE = 0.5  # of von Neumann's ratio: 1 for values in random order, 0 for a smooth curve


@dataclass(frozen=True)
class FirstValues:
    """low, high: of the finite values seen. alike: whether neighbours in a sample are."""

    low: float
    high: float
    alike: bool


def look_at(source: Source) -> FirstValues:
    """A look at the first samples (b, ...) of an array."""
    values = np.asarray(source.first()[:_LOOKED_AT], np.float64)
    finite = values[np.isfinite(values)]
    if not len(finite):
        return FirstValues(0.0, 0.0, alike=False)
    return FirstValues(float(finite.min()), float(finite.max()), neighbours_alike(values))


def neighbours_alike(rows: NDArray[np.float64]) -> bool:
    """Whether the values along each row (b, L) change little from one to the next.

    von Neumann 1941: the mean squared step over twice the variance, its median over the rows.
    """
    if rows.ndim != 2 or not rows.size:
        return False
    whole = rows[np.isfinite(rows).all(axis=1)]
    size = np.abs(whole).max(axis=1, keepdims=True, initial=np.finfo(float).tiny)
    whole = whole / size  # squares of any numbers fit
    variance = whole.var(axis=1)
    moving = variance > 1e-24
    if not moving.any():
        return False
    steps = np.square(np.diff(whole[moving], axis=1)).mean(axis=1)
    return bool(np.median(steps / (2 * variance[moving])) < _ALIKE)
