"""Whether the first row of a table names its columns, words or numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.data.choices import ChoiceRefused
from explorer.data.tabular.numerals import Numerals, is_date, is_missing
from explorer.errors import DataError

_LONG = 5  # numbers that are in order by chance once in sixty
_FEW = 0.05  # of the rows below may be in order like a row of names

Names = tuple[str, ...]
Rows = Sequence[Sequence[str]]
AXIS = (
    "the numbers in the first row are taken as the names of the columns;"
    " --no-header reads them as a sample"
)


def header_of(
    first: Rows, numerals: Numerals, chosen: bool | None, where: str
) -> tuple[Names | None, list[str]]:
    """The names in the first row, None where it is a sample, and what was guessed.

    chosen: what the user says. Raises DataError where two columns have one name.
    """
    if chosen is False or not first:
        return None, []
    names = tuple(cell.strip() for cell in first[0])
    below = [row for row in first[1:] if len(row) == len(names)]
    numbers = any(n and numerals.is_number(n) for n in names)
    if chosen is None and not (_is_axis if numbers else _are_words)(names, below, numerals):
        return None, []
    _require_different(names, where)
    words = chosen or not numbers or _mostly_words(names, below, numerals)
    return names, [] if words else [AXIS]


def _are_words(names: Names, below: Rows, numerals: Numerals) -> bool:
    """No number among them, and unlike what is below."""
    if not any(n and not is_missing(n) and not is_date(n) for n in names):
        return False
    columns = [_column(below, j) for j in range(len(names))]
    if any(numerals.is_number(cell) for column in columns for cell in column):
        return True
    unlike = all(n not in map(str.strip, columns[j]) for j, n in enumerate(names))
    return unlike and len(set(names)) == len(names)


def _is_axis(names: Names, below: Rows, numerals: Numerals) -> bool:
    """Numbers in order, as wavelengths and years are; or words above most columns of numbers."""
    if len(below) < 2 or len(set(names)) < len(names):
        return False
    if _mostly_words(names, below, numerals):
        return True
    at = [j for j, name in enumerate(names) if numerals.is_number(name)]
    words = [j for j, name in enumerate(names) if name and j not in at]
    row = np.array([numerals.number(names[j]) for j in at], float)
    table = np.array([[_nan(numerals.number(cells[j])) for j in at] for cells in below])
    if not (np.isfinite(row).all() and _ordered(row[None])[0]):
        return False
    if not names[0] and all(cells[0].strip() for cells in below):
        return _counts(row)  # the corner above the names of rows is empty
    if len(row) < _LONG:
        return len(row) > 2 - bool(words) and _counts(row) and _all_real(table)
    return not _ordered(table).mean() > _FEW and (_even(row) or _apart(row, table))


def _mostly_words(names: Names, below: Rows, numerals: Numerals) -> bool:
    """At least half of what stands above numbers are words."""
    above = [
        name for j, name in enumerate(names) if name and _holds_numbers(_column(below, j), numerals)
    ]
    words = [n for n in above if not (is_missing(n) or is_date(n) or numerals.is_number(n))]
    return bool(words) and 2 * len(words) >= len(above)


def _column(rows: Rows, place: int) -> list[str]:
    return [row[place] for row in rows]


def _holds_numbers(column: list[str], numerals: Numerals) -> bool:
    """At least one, and nothing else but gaps."""
    there = [cell for cell in column if not is_missing(cell)]
    return bool(there) and all(map(numerals.is_number, there))


def _nan(value: float | None) -> float:
    return float("nan") if value is None else value


def _ordered(rows: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(b,) whether each row rises or falls all the way."""
    with np.errstate(invalid="ignore"):
        steps = np.diff(rows, axis=1)  # of infinities there is none
    return np.asarray((steps > 0).all(axis=1) | (steps < 0).all(axis=1))


def _even(row: NDArray[np.float64]) -> bool:
    if len(row) < 2:
        return True
    steps = np.diff(row)
    return bool(np.abs(steps - steps.mean()).max() <= 1e-3 * abs(steps.mean()))


def _counts(row: NDArray[np.float64]) -> bool:
    """0, 1, 2 .., 1, 2, 3 .. or years."""
    return bool((row % 1 == 0).all()) and _even(row) and (row[0] in (0, 1) or 1500 < row[0] < 2200)


def _all_real(table: NDArray[np.float64]) -> bool:
    """Whether each column holds decimals."""
    there = np.where(np.isfinite(table), table, 0.0)
    return bool((there % 1 != 0).any(axis=0).all())


def _apart(row: NDArray[np.float64], table: NDArray[np.float64]) -> bool:
    """Whether most of the names lie outside of what is below them."""
    low = np.fmin.reduce(table, axis=0, initial=np.inf)
    high = np.fmax.reduce(table, axis=0, initial=-np.inf)
    outside = (row < low) | (row > high)
    return bool(outside.mean() > 0.8)


def _require_different(names: Names, where: str) -> None:
    there = [n for n in names if n]
    twice = next((n for i, n in enumerate(there) if n in there[:i]), None)
    if twice is not None:
        raise DataError(
            f"two columns are called {twice!r}",
            where=where,
            remedy="rename one of them, or say --no-header where the first row is a sample",
        )


def require_column(word: str, names: Names, choice: str, where: str) -> int:
    """Where the column ``word`` is, by name or number; raises ChoiceRefused saying what there is.

    Numbers count from 1, "column 3" is "3", and a name that is a number goes before.
    """
    if word in names:
        return names.index(word)
    lower = [name.lower() for name in names]
    if lower.count(word.lower()) == 1:
        return lower.index(word.lower())
    digits = word.lower().removeprefix("column").strip()
    if digits.isascii() and digits.isdigit() and 1 <= int(digits) <= len(names):
        return int(digits) - 1
    shown = ", ".join(names[:8]) + (f" and {len(names) - 8:,} more" if len(names) > 8 else "")
    raise ChoiceRefused(
        f"there is no column {word!r} for --{choice}",
        choice=choice,
        where=where,
        remedy=f"choose from {shown}, or give a number from 1 to {len(names):,}",
    )
