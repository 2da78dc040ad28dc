"""The columns of one table found in another, by their names."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.errors import DataError

_NUMBERED = re.compile(r"column \d+")
EQUALS = "="  # colour=red: the column that is 1 where colour is red


@dataclass(frozen=True, eq=False)
class Matched:
    """Where each wanted column is; -1 for a value of a category that is not there."""

    index: NDArray[np.int64]

    def taken(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """(b, columns there are) -> (b, columns wanted)."""
        taken = rows[:, self.index]
        taken[:, self.index < 0] = 0.0
        return taken


def lacking(columns: tuple[str, ...], wanted: tuple[str, ...]) -> list[str]:
    """Which of ``wanted`` are neither there nor a value of a category that is."""
    categories = {name.split(EQUALS)[0] for name in columns if EQUALS in name}
    there = set(columns)
    return [
        n
        for n in wanted
        if n not in there and not (EQUALS in n and n.split(EQUALS)[0] in categories)
    ]


def matched(columns: tuple[str, ...], wanted: tuple[str, ...], where: str) -> Matched:
    """``wanted`` among ``columns``; raises DataError naming what is missing."""
    if len(columns) == len(wanted) and all(map(_NUMBERED.fullmatch, (*columns, *wanted))):
        return Matched(np.arange(len(wanted)))  # without names the order tells
    place = {name: i for i, name in enumerate(columns)}
    lost = lacking(columns, wanted)
    if lost:
        more = f" and {len(lost) - 3:,} more" if len(lost) > 3 else ""
        raise DataError(
            f"there is no column {', '.join(map(repr, lost[:3]))}{more} to read",
            where=where,
            remedy="give all that the model learned, none of them dropped or as the label",
        )
    return Matched(np.array([place.get(name, -1) for name in wanted], np.int64))


def one_hot_name(column: str, value: str) -> str:
    """What the column is called that is 1 where ``column`` holds ``value``."""
    return f"{column}{EQUALS}{value}"
