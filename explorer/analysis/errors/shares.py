"""Shares of samples, such as an accuracy, and how they differ between two models."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.errors import Interval, Z

Bools = NDArray[np.bool_]


def interval(right: Bools) -> Interval:
    """Of the share of samples that are right, (m,) with m > 0: Wilson 1927.

    It stays in [0, 1] and has a width where all are right.
    """
    m = len(right)
    share, spread = float(right.mean()), Z**2 / m
    middle = (share + spread / 2.0) / (1.0 + spread)
    half = Z * math.sqrt(share * (1.0 - share) / m + spread / (4.0 * m)) / (1.0 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def difference(ours: Bools, theirs: Bools) -> tuple[float, Interval]:
    """The share of ours less that of theirs, of the same m > 0 samples, and its interval.

    Agresti & Min 2005: half a sample more for each of the four ways in which two can be right or
    wrong, so that the interval has a width where they agree on all.
    """
    m = len(ours)
    only_ours, only_theirs = (ours & ~theirs).sum() + 0.5, (theirs & ~ours).sum() + 0.5
    middle = float(only_ours - only_theirs) / (m + 2)
    variance = (float(only_ours + only_theirs) / (m + 2) - middle**2) / (m + 2)
    half = Z * math.sqrt(variance)
    return float(ours.mean() - theirs.mean()), (max(-1.0, middle - half), min(1.0, middle + half))
