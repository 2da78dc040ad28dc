"""Means over samples, and how they differ between two models."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.errors import LEVEL, Interval

Doubles = NDArray[np.float64]


def standard_error(values: Doubles) -> float | None:
    """Of the mean of (m,) values of independent samples; None of fewer than two."""
    if len(values) < 2:
        return None
    with np.errstate(invalid="ignore"):  # NaN where a value is infinite
        return float(np.std(values, ddof=1) / math.sqrt(len(values)))


def with_error(values: Doubles) -> tuple[float, float]:
    """The mean of (m,) values of independent samples and its standard error, of a single one 0."""
    return float(np.mean(values)), standard_error(values) or 0.0


def difference(ours: Doubles, theirs: Doubles) -> tuple[float, float | None]:
    """The mean of ours - theirs over the same samples, (m,) each, and its standard error."""
    away = np.asarray(ours, np.float64) - theirs
    return float(away.mean()), standard_error(away)


def interval(values: Doubles) -> Interval | None:
    """Of the mean of (m,) values of independent samples, by Student's t; None of fewer than two.

    Of ours - theirs over the same samples it is the paired interval.
    """
    from scipy.stats import t

    error = standard_error(values)
    if error is None:
        return None
    middle = float(np.mean(values))
    half = float(t.ppf((1.0 + LEVEL) / 2.0, len(values) - 1)) * error
    return middle - half, middle + half
