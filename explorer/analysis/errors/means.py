"""Means over samples, and how they differ between two models."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]


def standard_error(values: Doubles) -> float | None:
    """Of the mean of (m,) values of independent samples; None of fewer than two."""
    if len(values) < 2:
        return None
    return float(np.std(values, ddof=1) / math.sqrt(len(values)))


def difference(ours: Doubles, theirs: Doubles) -> tuple[float, float | None]:
    """The mean of ours - theirs over the same samples, (m,) each, and its standard error."""
    away = np.asarray(ours, np.float64) - theirs
    return float(away.mean()), standard_error(away)
