"""Series of unequal lengths, the gaps at their ends: padded or cut to one length by choice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.data.choices import ChoiceRefused
from explorer.data.wording import many
from explorer.errors import DataError

Doubles = NDArray[np.float64]
Counts = NDArray[np.int64]
_SERIES = 24  # values; in rows that are shorter a gap at the end is a missing value


@dataclass(frozen=True)
class Evened:
    """values: (n, L) of one length. said: what was done."""

    values: Doubles
    said: str


def ends_of(values: Doubles) -> Counts:
    """(n,) how many values each row has before the gap at its end."""
    there = ~np.isnan(values)
    last = values.shape[1] - there[:, ::-1].argmax(axis=1)
    return np.where(there.any(axis=1), last, 0)


def are_uneven(values: Doubles) -> bool:
    """Whether rows are series that end at different places: long, whole up to their ends."""
    if values.shape[1] < _SERIES:
        return False
    ends = ends_of(values)
    whole = int(np.isnan(values).sum()) == int((values.shape[1] - ends).sum())
    return whole and len(np.unique(ends)) > 1 and int(ends.min()) + 1 < values.shape[1]


def evened(values: Doubles, how: str, where: str) -> Evened:
    """Rows of one length; how: pad with each row's last value, or cut to the shortest."""
    ends = ends_of(values)
    low, high = int(ends.min()), int(ends.max())
    if low < 2:
        raise DataError(
            f"row {int(ends.argmin()) + 1:,} holds {many(low, 'value', 'values')}",
            where=where,
            remedy="leave rows out that are no signals",
        )
    if low == high == values.shape[1]:
        raise ChoiceRefused(
            "all rows are of one length",
            choice="lengths",
            where=where,
            remedy="leave --lengths out",
        )
    if how == "cut":
        return Evened(values[:, :low], f"signals of {low:,} to {high:,} values are cut to {low:,}")
    padded = np.array(values[:, :high])
    after = np.arange(high) >= ends[:, None]
    rows = np.broadcast_to(np.arange(len(padded))[:, None], padded.shape)
    padded[after] = padded[rows[after], ends[rows[after]] - 1]
    said = f"signals of {low:,} to {high:,} values are padded to {high:,} with their last value"
    return Evened(padded, said)


def refusal(values: Doubles, where: str) -> DataError:
    """What is said where nobody chose."""
    ends = ends_of(values)
    return DataError(
        f"the rows are of unequal lengths, from {ends.min():,} to {ends.max():,} values",
        where=where,
        remedy="say --lengths pad, or --lengths cut, or --kind table to fill the gaps with means",
    )
