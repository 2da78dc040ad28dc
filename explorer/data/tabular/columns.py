"""The columns of a text table as they are read: numbers, or texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from explorer.data.raw import Array
from explorer.data.tabular.cells import CHECKED, Cells
from explorer.data.tabular.numerals import Numerals, is_date, is_missing
from explorer.data.words.naming import printable
from explorer.errors import DataError
from explorer.task import Task

Doubles = NDArray[np.float64]


@dataclass(eq=False)
class Column:
    """values (n,): NaN where a cell is no number. bad: how many are neither that nor a gap.

    texts: all cells where most are no numbers.
    """

    name: str
    values: Doubles
    bad: int = 0
    first: tuple[int, str] = (0, "")  # line and text of the first such cell
    texts: list[str] = field(default_factory=list)
    place: int = 0

    @property
    def title(self) -> str:
        """The name, or the number where the header leaves it out."""
        return self.name or f"column {self.place + 1}"

    @property
    def is_text(self) -> bool:
        """Half of the cells that are there are no numbers."""
        return self.bad * 2 > int((~np.isnan(self.values)).sum()) + self.bad

    @property
    def is_empty(self) -> bool:
        """Whether there are gaps only."""
        return not self.bad and bool(np.isnan(self.values).all())

    @cached_property
    def is_dates(self) -> bool:
        """Whether all that is there are dates."""
        there = [text for text in self.texts if not is_missing(text)]
        return bool(there) and all(map(is_date, there))

    @cached_property
    def is_real(self) -> bool:
        """Whether there are numbers with decimals."""
        there = self.values[np.isfinite(self.values)]
        return not self.texts and bool((there % 1 != 0).any())

    @cached_property
    def is_whole(self) -> bool:
        """Whether all that is there are whole numbers."""
        there = self.values[~np.isnan(self.values)]
        if self.texts or self.bad or not len(there) or not np.isfinite(there).all():
            return False
        return bool((there % 1 == 0).all())

    @cached_property
    def different(self) -> tuple[str, ...] | tuple[float, ...]:
        """What is there, each once, in order."""
        if self.texts:
            return tuple(sorted({text for text in self.texts if not is_missing(text)}))
        return tuple(np.unique(self.values[~np.isnan(self.values)]).tolist())

    @property
    def present(self) -> int:
        """How many cells hold something."""
        if self.texts:
            return sum(not is_missing(text) for text in self.texts)
        return int((~np.isnan(self.values)).sum())

    def labels(self) -> Array:
        """As classes: texts, or numbers with NaN for gaps."""
        return np.array(self.texts) if self.texts else self.values

    def require_numbers(self, where: str) -> None:
        """Raise DataError naming the first cell that is none."""
        if self.bad:
            line, text = self.first
            held = f"line {line:,} holds {printable(text[:40])!r}"
            raise DataError(
                f"{held} in the column {self.title!r} of numbers",
                where=where,
                remedy="correct it or leave it empty",
            )


def columns_of(cells: Cells, task: Task) -> list[Column]:
    """All columns, read once, and those of texts a second time."""
    parts: list[list[Doubles]] = [[] for _ in range(cells.width)]
    columns = [Column(name, np.empty(0), place=i) for i, name in enumerate(cells.names)]
    lines: list[int] = []
    rows: list[list[str]] = []

    def turn() -> None:
        for j, column in enumerate(columns):
            texts = list(map(itemgetter(j), rows))
            parts[j].append(_numbers(texts, lines, column, cells.numerals))
        lines.clear()
        rows.clear()

    for line, row in cells.rows(task):
        lines.append(line)
        rows.append(row)
        if len(rows) == CHECKED:
            turn()
    if rows:
        turn()
    for j, column in enumerate(columns):
        column.values = np.concatenate(parts[j]) if parts[j] else np.empty(0)
    _remember_texts(cells, columns, task)
    return columns


def _numbers(texts: Sequence[str], lines: list[int], column: Column, numerals: Numerals) -> Doubles:
    """(b,) numbers; the column learns what is none."""
    try:
        if numerals.plain and "_" not in "".join(texts):
            return np.fromiter(map(float, texts), np.float64, len(texts))
    except ValueError:
        pass
    out = np.full(len(texts), np.nan)
    for i, text in enumerate(texts):
        value = numerals.number(text)
        if value is not None:
            out[i] = value
            continue
        column.first = column.first if column.bad else (lines[i], text)
        column.bad += 1
    return out


def _remember_texts(cells: Cells, columns: list[Column], task: Task) -> None:
    chosen = [(i, column) for i, column in enumerate(columns) if column.bad and column.is_text]
    if not chosen:
        return
    known: dict[str, str] = {}
    for _, row in cells.rows(task):
        for i, column in chosen:
            text = row[i].strip()
            column.texts.append(known.setdefault(text, text))  # each text once in memory
