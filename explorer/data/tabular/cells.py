"""The cells of a text table: bytes to text, text to rows of equal length."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from explorer.errors import DataError
from explorer.task import Task

MISSING = frozenset(("", "na", "n/a", "nan", "null", "none", "?", "-", "."))
_SEPARATORS = ("\t", ";", "|", ",")
_SEEN = 50  # rows that tell the separator and the header
_COMMA = re.compile(r"(?<![\d.,])-?\d+,\d+(?![\d.,])")
_POINT = re.compile(r"\d\.\d")
_CHECKED = 10_000  # rows between two looks at the task


@dataclass(frozen=True)
class Cells:
    """A table's text. header: the names of the columns, or None. comma: a decimal comma."""

    text: str
    separator: str
    header: tuple[str, ...] | None
    width: int
    comma: bool
    where: str

    def rows(self, task: Task) -> Iterator[tuple[int, list[str]]]:
        """(line in the file, cells) without the header. Raises DataError for a ragged row."""
        skip = self.header is not None
        for count, (line, row) in enumerate(_rows(self.text, self.separator, self.where)):
            if count % _CHECKED == 0:
                task.check()
                task.progress(None, f"reading {count:,} rows")
            if skip:
                skip = False
                continue
            if len(row) != self.width:
                raise DataError(
                    f"line {line:,} holds {len(row):,} values where the first holds {self.width:,}",
                    where=self.where,
                    remedy="give each row as many values",
                )
            yield line, row


def cells_of(data: bytes, where: str, *, tabs: bool) -> Cells:
    """The cells of a file's bytes; raises DataError where they are no table."""
    text = _decoded(data, where)
    if not text.strip():
        raise DataError("this file is empty", where=where, remedy="choose another")
    separator = _separator(text, where, tabs=tabs)
    first = [row for _, row in islice(_rows(text, separator, where), _SEEN)]
    comma = separator != "," and bool(_COMMA.search(text)) and not _POINT.search(text)
    header = _header(first, where, comma=comma)
    return Cells(text, separator, header, len(first[0]), comma, where)


def is_missing(cell: str) -> bool:
    """Whether a cell marks a gap."""
    return cell.strip().lower() in MISSING


def number(cell: str, *, comma: bool = False) -> float | None:
    """A cell as a number, NaN for a gap, None where it is neither."""
    if is_missing(cell):
        return float("nan")
    try:
        return None if "_" in cell else float(cell.replace(",", ".") if comma else cell)
    except ValueError:
        return None


def _decoded(data: bytes, where: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(
            "the text of this file is not UTF-8",
            where=where,
            remedy="save it again as CSV UTF-8",
            details=str(error),
        ) from error
    if "\0" in text:
        raise DataError("this is no text file", where=where, remedy="save it again as CSV UTF-8")
    return text


def _rows(text: str, separator: str, where: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of every row that is not blank."""
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        raise DataError(
            f"line {reader.line_num:,} is no row of a table",
            where=where,
            remedy="check its quotation marks",
            details=str(error),
        ) from error


def _separator(text: str, where: str, *, tabs: bool) -> str:
    """The first that parts the first rows into equally many cells, at least two."""
    start = "".join(islice(text.splitlines(keepends=True), _SEEN))
    if tabs:
        return "\t"
    for separator in _SEPARATORS:
        try:
            widths = {len(row) for _, row in _rows(start, separator, where)}
        except DataError:  # a quoted cell may run beyond the start
            continue
        if len(widths) == 1 and widths.pop() > 1:
            return separator
    return ","


def _header(first: list[list[str]], where: str, *, comma: bool) -> tuple[str, ...] | None:
    """The first row if it names the columns: no number in it, and unlike what is below it."""
    names, below = [cell.strip() for cell in first[0]], first[1:]
    if not any(names) or any(n and number(n, comma=comma) is not None for n in names):
        return None
    columns = list(zip(*(row for row in below if len(row) == len(names)), strict=True))
    numeric = any(_is_number(cell, comma=comma) for column in columns for cell in column)
    unlike = all(n not in map(str.strip, c) for n, c in zip(names, columns, strict=False))
    if not (numeric or (unlike and len(set(names)) == len(names))):
        return None
    named = [n for n in names if n]
    twice = next((n for i, n in enumerate(named) if n in named[:i]), None)
    if twice is not None:
        raise DataError(
            f"two columns are called {twice!r}", where=where, remedy="rename one of them"
        )
    return tuple(names)


def _is_number(cell: str, *, comma: bool) -> bool:
    return not is_missing(cell) and number(cell, comma=comma) is not None
