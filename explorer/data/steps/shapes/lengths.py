"""Series of unequal lengths, the gaps at their ends: padded or cut to one length by choice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.data.choices import EVENED, Choices, ChoiceWanted
from explorer.data.words.wording import many
from explorer.errors import DataError

Doubles = NDArray[np.float64]
Counts = NDArray[np.int64]
_SERIES = 24  # values; in rows that are shorter a gap at the end is a missing value

_FILLED = 0.5  # of a column may be missing in a table


@dataclass(frozen=True, eq=False)
class Evened:
    """values: (n, L) or (n, L, C) of one length. said: what was done."""

    values: Doubles
    said: tuple[str, ...]


def ends_of(values: Doubles) -> Counts:
    """(n,) how many values each row (L,) or (L, C) has before the gap at its end."""
    flat = values.reshape(*values.shape[:2], -1)
    there: NDArray[np.bool_] = np.asarray(np.isfinite(flat).any(axis=2))
    last = values.shape[1] - there[:, ::-1].argmax(axis=1)
    return np.asarray(np.where(there.any(axis=1), last, 0))


def are_uneven(values: Doubles) -> bool:
    """Whether rows are series that end at different places: long, whole up to their ends."""
    if values.shape[1] < _SERIES:
        return False
    ends = ends_of(values)
    whole = int(np.isnan(values).sum()) == int((values.shape[1] - ends).sum())
    return whole and len(np.unique(ends)) > 1 and int(ends.min()) + 1 < values.shape[1]


def evened(values: Doubles, how: str, where: str, length: int = 0) -> Evened:
    """Rows of one length; how: pad with each row's last value, or cut to the shortest.

    length: of the rows wanted, whatever there is. Raises DataError for a row of hardly a value.
    """
    ends = ends_of(values)
    low, high = int(ends.min()), int(ends.max())
    if low < 2:
        raise DataError(
            f"row {int(ends.argmin()) + 1:,} holds {many(low, 'value', 'values')}",
            where=where,
            remedy="leave rows out that are no signals",
        )
    length = length or (low if how == "cut" else high)
    even = np.full((len(values), length, *values.shape[2:]), np.nan)
    even[:, : values.shape[1]] = values[:, :length]
    after = np.arange(length) >= ends[:, None]
    rows = np.broadcast_to(np.arange(len(even))[:, None], after.shape)
    even[after] = even[rows[after], ends[rows[after]] - 1]
    if low == high == length:
        return Evened(even, ())
    there = f"{low:,} to {high:,}" if low < high else f"{low:,}"
    done = [f"padded to {length:,} with their last value"] if low < length else []
    done = [f"cut to {length:,}", *done] if high > length else done
    return Evened(even, (f"signals of {there} values are {' or '.join(done)}",))


def refusal(values: Doubles, where: str) -> DataError:
    """What is said where nobody chose."""
    ends = ends_of(values)
    few = bool((np.isnan(values).mean(axis=0) <= _FILLED).all())
    more = ", or --kind table to fill the gaps with means" if few else ""
    ways = (*EVENED, Choices(kind="table")) if few else EVENED
    return ChoiceWanted(
        f"the rows are of unequal lengths, from {ends.min():,} to {ends.max():,} values",
        ways=ways,
        where=where,
        remedy=f"say --lengths pad, or --lengths cut{more}",
    )
