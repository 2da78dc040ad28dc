"""Columns that nothing is to be learned from: empty ones, row numbers, names of samples, sides of a
split, dates.

A number is a measurement unless its name, or its place in a table without names, says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from explorer.data.tabular.columns import Column
from explorer.data.words.sides import side_and_rest, side_of
from explorer.data.words.wording import columns as spoken

_ROW_NUMBERS = frozenset((
    "id", "ids", "index", "idx", "no", "no.", "nr", "nr.", "#", "row", "rows", "number", "obs",
    "observation", "case", "sample", "record", "rownames", "row.names", "rowid", "row_id",
    "row_number", "sample_id", "record_id", "x.1",
))  # fmt: skip
_IDS = re.compile(r"(?:^|.*[_\s.-])(?i:ids?|uuid|guid|key)$|.*[a-z](?:Id|ID)$")
_TIMES = re.compile(r"date|datum|time|zeit|timestamp|created|updated", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ENOUGH, _MANY = 8, 16  # rows that are not numbered by chance, and whose numbers are no measures
_LARGE = 10_000  # the least of numbers that are no measurements in a table without names
_MOST_CATEGORIES = 50
_FEW = 3  # rows: the texts of two differ easily

Test = Callable[[Column, int, bool], bool]


@dataclass(frozen=True)
class Unlearnable:
    """features: what is left. aside: what is not. said: a sentence for each reason."""

    features: list[Column]
    aside: list[Column]
    said: list[str]


def parted(columns: list[Column], *, named: bool) -> Unlearnable:
    """The columns without those that only tell the samples apart; one is always left."""
    unlearnable = Unlearnable(columns, [], [])
    for is_kind, one, more in _KINDS:
        gone = [c for i, c in enumerate(unlearnable.features) if is_kind(c, i, named)]
        left = [c for c in unlearnable.features if c not in gone]
        if gone and left:
            said = _sentence(gone, one, more)
            unlearnable = Unlearnable(left, [*unlearnable.aside, *gone], [*unlearnable.said, said])
    return unlearnable


def _sentence(gone: list[Column], one: str, more: str) -> str:
    names = [column.title for column in gone if column.name or column.texts]
    if not names:
        return "the column of row numbers is left out"
    numbers = any(not (column.texts or column.is_empty) for column in gone)  # else no features
    keeps = f"; --drop none keeps {'it' if len(names) == 1 else 'them'}" if numbers else ""
    return f"{spoken(names, one, more)} left out{keeps}"


def _numbers_rows(column: Column, place: int, named: bool) -> bool:
    """n different whole numbers without a hole, in any order, under a name that says so."""
    values, name = column.values, column.name.lower().strip()
    unnamed = place == 0 and (not name or name.startswith("unnamed"))
    if not (unnamed or (name in _ROW_NUMBERS or _IDS.match(column.name) if named else place == 0)):
        return False
    if not column.is_whole or len(values) < 2 or np.isnan(values).any():
        return False
    if named or unnamed:
        span = int(values.max() - values.min()) + 1
        return len(column.different) == len(values) == span
    counting = values[0] in (0, 1) and len(values) >= _ENOUGH
    return bool(counting and (np.diff(values) == 1).all())


def _is_id(column: Column, place: int, named: bool) -> bool:
    """Different whole numbers, or texts, under a name that says so; or first, and large."""
    if column.is_dates:
        return False
    if column.texts and column.place == 0 and len(column.different) == column.present >= _FEW:
        return True  # each row has a name of its own
    if named or not column.name:
        if not (_IDS.match(column.name) or (not column.name and place == 0)):
            return False
        return (bool(column.texts) or column.is_whole) and _names_samples(column)
    if place or not column.is_whole or len(column.values) < _MANY:
        return False
    return bool(np.nanmin(column.values) >= _LARGE) and _names_samples(column)


def _names_samples(column: Column) -> bool:
    """Mostly different, or more than categories are."""
    return len(column.different) > min(0.5 * column.present, _MOST_CATEGORIES)


def _is_side(column: Column, place: int, named: bool) -> bool:
    """Texts that all name a side of a split, two at least."""
    sides = {_side(str(text)) for text in column.different} if column.texts else {None}
    return None not in sides and len(sides) > 1


def _side(text: str) -> str | None:
    """TRAIN of "Training"; TEST of "test" and of "PublicTest"."""
    words = _CAMEL.sub("_", text)
    found = side_of(words)
    both = side_and_rest(words) if found is None else None
    return side_of(both[0]) if both else found


def _is_date(column: Column, place: int, named: bool) -> bool:
    """Texts that are dates; or numbers that are, under a name that says so."""
    if column.is_dates:
        return True
    if not (named and _TIMES.search(column.name) and column.is_whole):
        return False
    low, high = min(column.different), max(column.different)
    spans = ((19000101, 21001231), (8e8, 4.2e9), (8e11, 4.2e12))  # 20240131, seconds, thousandths
    return any(start <= float(low) and float(high) <= end for start, end in spans)


def _is_empty(column: Column, place: int, named: bool) -> bool:
    """Gaps only, as a separator at the end of each row leaves them."""
    return column.is_empty


_KINDS: tuple[tuple[Test, str, str], ...] = (
    (_is_empty, "holds no values and is", "hold no values and are"),
    (_numbers_rows, "numbers the rows and is", "number the rows and are"),
    (_is_id, "holds names of the samples and is", "hold names of the samples and are"),
    (
        _is_side,
        "tells training from test samples and is",
        "tell training from test samples and are",
    ),
    (_is_date, "holds dates and is", "hold dates and are"),
)
