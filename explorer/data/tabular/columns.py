"""The columns of a text table: numbers, categories as 0 and 1, and the one that is the label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from explorer.data.raw import Array, printable
from explorer.data.steps.columns import one_hot_name
from explorer.data.steps.labelling import UNLABELLED
from explorer.data.tabular.cells import Cells, is_missing, number
from explorer.data.wording import many
from explorer.errors import DataError
from explorer.task import Task

Doubles = NDArray[np.float64]
LABELS = ("label", "labels", "class", "classes", "target", "species", "y")
_ROW_NUMBERS = ("", "id", "index", "unnamed: 0")
_MOST_CLASSES, _MOST_CATEGORIES = 50, 12
_CHUNK = 5_000  # rows turned to numbers at a time


@dataclass
class Table:
    """values (n, D) float64 with NaN for gaps, the columns' names, labels (n,) or None.

    unlabelled: makes the table in which the label's column is one of the others.
    """

    values: Doubles
    names: tuple[str, ...]
    labels: Array | None
    warnings: list[str] = field(default_factory=list)
    unlabelled: Callable[[], Table] | None = None


@dataclass
class _Column:
    """values (n,): NaN where a cell is no number. bad: how many are neither that nor a gap."""

    name: str
    values: Doubles
    bad: int = 0
    first: tuple[int, str] = (0, "")  # line and text of the first such cell
    texts: list[str] = field(default_factory=list)

    @property
    def is_text(self) -> bool:
        """Half of the cells that are there are no numbers."""
        return self.bad * 2 > int((~np.isnan(self.values)).sum()) + self.bad

    @property
    def is_empty(self) -> bool:
        return not self.bad and bool(np.isnan(self.values).all())


def table_of(cells: Cells, task: Task) -> Table:
    """All columns as numbers and a label; raises DataError where that cannot be."""
    columns = _read(cells, task)
    found = Table(np.empty((0, 0)), (), None)
    if cells.comma:
        found.warnings.append("numbers are read with a decimal comma")
    columns = _without_row_numbers(columns, found)
    label = _label_of(columns, named=cells.header is not None)
    if label is None:
        return _joined(columns, found, cells.where)
    plain = Table(found.values, (), None, list(found.warnings))
    found.unlabelled = partial(_joined, list(columns), plain, cells.where)
    columns.remove(label)
    found.labels = _labels(label)
    found.warnings.append(f"the labels are taken from the column {label.name!r}")
    return _joined(columns, found, cells.where)


def _read(cells: Cells, task: Task) -> list[_Column]:
    parts: list[list[Doubles]] = [[] for _ in range(cells.width)]
    names = cells.header or tuple(f"column {i + 1}" for i in range(cells.width))
    columns = [_Column(printable(name), np.empty(0)) for name in names]
    lines: list[int] = []
    rows: list[list[str]] = []

    def turn() -> None:
        for part, column, texts in zip(parts, columns, zip(*rows, strict=True), strict=True):
            part.append(_numbers(texts, lines, column, comma=cells.comma))
        lines.clear()
        rows.clear()

    for line, row in cells.rows(task):
        lines.append(line)
        rows.append(row)
        if len(rows) == _CHUNK:
            turn()
    if rows:
        turn()
    for part, column in zip(parts, columns, strict=True):
        column.values = np.concatenate(part) if part else np.empty(0)
    _remember_texts(cells, columns, task)
    return columns


def _numbers(texts: tuple[str, ...], lines: list[int], column: _Column, *, comma: bool) -> Doubles:
    """(b,) numbers; the column learns what is none."""
    try:
        if not (comma or any("_" in text for text in texts)):
            return np.fromiter(map(float, texts), np.float64, len(texts))
    except ValueError:
        pass
    out = np.full(len(texts), np.nan)
    for i, text in enumerate(texts):
        value = number(text, comma=comma)
        if value is not None:
            out[i] = value
            continue
        column.first = column.first if column.bad else (lines[i], text)
        column.bad += 1
    return out


def _remember_texts(cells: Cells, columns: list[_Column], task: Task) -> None:
    """A second reading, of the columns that are text."""
    chosen = [(i, column) for i, column in enumerate(columns) if column.bad and column.is_text]
    if not chosen:
        return
    known: dict[str, str] = {}
    for _, row in cells.rows(task):
        for i, column in chosen:
            text = row[i].strip()
            column.texts.append(known.setdefault(text, text))  # each text once in memory


def _without_row_numbers(columns: list[_Column], found: Table) -> list[_Column]:
    kept = [c for c in columns if c.name or not c.is_empty]  # a separator at the end of each row
    first = kept[0] if kept else None
    if first is None or first.name.lower() not in _ROW_NUMBERS or first.bad or len(kept) < 2:
        return kept
    if len(first.values) < 2 or not (np.diff(first.values) == 1).all():
        return kept
    found.warnings.append("the column of row numbers is left out")
    return kept[1:]


def _label_of(columns: list[_Column], *, named: bool) -> _Column | None:
    """The column named like one, or a last one of few texts."""
    if named:
        by_name = {column.name.lower(): column for column in columns}
        label = next((by_name[name] for name in LABELS if name in by_name), None)
        if label is not None:
            return label
    last = columns[-1] if columns else None
    if last is None or not last.texts or len(columns) < 2:
        return None
    most = min(_MOST_CLASSES, max(2, len(last.texts) // 2))
    return last if len(set(last.texts)) <= most else None


def _labels(column: _Column) -> Array:
    """Text, or numbers where all are there."""
    if not column.texts and not column.bad and not np.isnan(column.values).any():
        return column.values
    texts = column.texts or ["" if np.isnan(v) else f"{v:g}" for v in column.values]
    return np.array([UNLABELLED if is_missing(text) else text for text in texts])


def _joined(columns: list[_Column], found: Table, where: str) -> Table:
    """``found`` with values and names: numbers, and a category as a column of 0 and 1 a value."""
    arrays: list[Doubles] = []
    names: list[str] = []
    for place, column in enumerate(columns):
        name = column.name or f"column {place + 1}"
        if column.texts:
            new = _one_hot(column, name, found)
        else:
            _require_numbers(column, name, where)
            new = {name: column.values}
        arrays += new.values()
        names += new
    if not arrays:
        raise DataError(
            "there are no columns of numbers in this table",
            where=where,
            remedy="give at least one",
        )
    found.values, found.names = np.stack(arrays, axis=1), tuple(names)
    return found


def _require_numbers(column: _Column, name: str, where: str) -> None:
    if column.bad:
        line, text = column.first
        raise DataError(
            f"line {line:,} holds {printable(text[:40])!r} in the column {name!r} of numbers",
            where=where,
            remedy="correct it or leave it empty",
        )


def _one_hot(column: _Column, name: str, found: Table) -> dict[str, Doubles]:
    counts = Counter(text for text in column.texts if not is_missing(text))
    if len(counts) > _MOST_CATEGORIES:
        found.warnings.append(
            f"the column {name!r} holds {len(counts):,} different texts and is left out"
        )
        return {}
    found.warnings.append(
        f"the column {name!r} of {many(len(counts), 'category', 'categories')}"
        f" becomes {many(len(counts), 'column', 'columns')} of 0 and 1"
    )
    texts = np.array(column.texts)
    return {
        one_hot_name(name, printable(value)): (texts == value).astype(np.float64)
        for value in sorted(counts)
    }
