"""The cells of a text table: text to rows of equal length."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from explorer.data.choices import EVENED, NO_CHOICES, ChoiceRefused, Choices, ChoiceWanted
from explorer.data.tabular.encoding import decoded
from explorer.data.tabular.naming import header_of
from explorer.data.tabular.numerals import Numerals, numerals_of
from explorer.data.words.naming import printable
from explorer.data.words.wording import many
from explorer.errors import DataError
from explorer.task import NO_TASK, Task

_SEPARATORS = ("\t", ";", "|", ",", " ")
_SEEN = 50  # rows that tell the separator and the header
_WEIGHED = 20_000  # rows that tell how numbers are written
CHECKED = 10_000  # rows between two looks at the task
_COMMENT = "#"
_MARKS = re.compile("\\d['\u00a0\u202f\u2019 ]\\d{3}|\\d\\.\\d{3}\\.\\d")  # between thousands
_EXCEL = re.compile(r"sep=(.)\s*\n", re.IGNORECASE)


@dataclass(frozen=True)
class Cells:
    """A table's text. header: the names of the columns, or None. said: what was guessed.

    uneven: rows may be shorter than the widest, their ends are gaps.
    """

    text: str
    separator: str
    header: tuple[str, ...] | None
    width: int
    numerals: Numerals
    where: str
    uneven: bool = False
    said: list[str] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        """Of the columns: as the header has them, else their numbers."""
        found = self.header or ("",) * self.width
        found = (*found, *[""] * (self.width - len(found)))
        named = [printable(n) for n in found]
        return tuple(named if self.header else [f"column {i + 1}" for i in range(self.width)])

    @property
    def has_words(self) -> bool:
        """Whether columns have names that are no numbers."""
        return any(n and not self.numerals.is_number(n) for n in self.header or ())

    def rows(self, task: Task) -> Iterator[tuple[int, list[str]]]:
        """(line in the file, cells) without the header. Raises DataError for a ragged row."""
        skip = self.header is not None
        for count, (line, row) in enumerate(_rows(self.text, self.separator, self.where)):
            if count % CHECKED == 0:
                task.check()
                task.progress(None, f"reading {count:,} rows")
            if skip:
                skip = False
                continue
            if len(row) != self.width:
                self._require_uneven(line, row)
                yield line, [*row, *[""] * (self.width - len(row))]
            else:
                yield line, row

    def _require_uneven(self, line: int, row: list[str]) -> None:
        if self.uneven:
            return
        flag = "" if self.header else ", or say --lengths pad or --lengths cut"
        raise ChoiceWanted(
            f"line {line:,} holds {len(row):,} values where the first holds {self.width:,}",
            ways=() if self.header else EVENED,
            where=self.where,
            remedy=f"give each row as many values{flag}",
        )


def cells_of(
    data: bytes,
    where: str,
    *,
    tabs: bool = False,
    choices: Choices = NO_CHOICES,
    task: Task = NO_TASK,
) -> Cells:
    """The cells of a file's bytes; raises DataError where they are no table."""
    text, said = decoded(data, where)
    if not text.strip():
        raise DataError("this file is empty", where=where, remedy="choose another")
    text, separator = _without_preamble(text, where, tabs, said)
    if choices.axis is not None:
        text = _along(text, separator, choices.axis, where)
    numerals = _numerals(text, separator, where, task)
    first = _completed([row for _, row in islice(_rows(text, separator, where), _SEEN)])
    header, guessed = header_of(first, numerals, choices.header, where)
    uneven = choices.lengths is not None
    width = len(first[0]) if first else 0
    if uneven:
        width = max(len(row) for _, row in _rows(text, separator, where))
    said = [*said, *numerals.said, *guessed]
    return Cells(text, separator, header, width, numerals, where, uneven, said)


def _completed(first: list[list[str]]) -> list[list[str]]:
    """The first rows; where that of the names is one short, it gets an empty one.

    R leaves out the name above the names of the rows; others end all rows but it in a separator.
    """
    if not _is_short([len(row) for row in first]) or any(map(Numerals().is_number, first[0])):
        return first
    at_end = not any(row[-1].strip() for row in first[1:])
    names = [*first[0], ""] if at_end else ["", *first[0]]
    return [names, *first[1:]]


def _is_short(widths: list[int]) -> bool:
    """Whether the first of rows is one cell shorter than all others, which are as long."""
    return len(widths) > 2 and set(widths[1:]) == {widths[0] + 1}


def _without_preamble(text: str, where: str, tabs: bool, said: list[str]) -> tuple[str, str]:
    """The text with its comments blank, so that lines keep their numbers; and the separator."""
    excel = _EXCEL.match(text)
    if excel:
        return "\n" + text[excel.end() :], excel[1]
    lines = text.splitlines(keepends=True)
    count = next((i for i, line in enumerate(lines) if _tells(line)), len(lines))
    comments = [i for i in range(count) if lines[i].lstrip().startswith(_COMMENT)]
    rest = "".join(lines[count:])
    if not comments or not rest.strip():
        return text, _separator(text, where, tabs=tabs)
    separator = _separator(rest, where, tabs=tabs)
    last = lines[comments[-1]].lstrip().removeprefix(_COMMENT).lstrip()
    kept = ["\n"] * count
    if _width(last, separator, where) == _width(lines[count], separator, where) > 1:
        kept[comments.pop()] = last
    if comments:
        gone = many(len(comments), "line of comments is", "lines of comments are")
        said.append(f"{gone} left out")
    return "".join(kept) + rest, separator


def _tells(line: str) -> bool:
    """Whether a line is neither blank nor a comment."""
    return bool(line.strip()) and not line.lstrip().startswith(_COMMENT)


def _width(line: str, separator: str, where: str) -> int:
    return max((len(row) for _, row in _rows(line, separator, where)), default=0)


def _rows(text: str, separator: str, where: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of every row that is not blank."""
    lines: Iterator[str] | list[str] = text.splitlines(keepends=True)
    spaces = separator == " "
    if spaces:
        lines = (f"{line.strip()}\n" for line in lines)
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=spaces)
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
    if tabs and "\t" in start:
        return "\t"
    ragged = ""
    for separator in _SEPARATORS:
        try:
            counts = [len(row) for _, row in _rows(start, separator, where)]
        except DataError:  # a quoted cell may run beyond the start
            continue
        widths = set(counts[1:] if _is_short(counts) else counts)
        if len(widths) == 1 and widths.pop() > 1:
            return separator
        if not ragged and widths and min(widths) > 1 and separator != " ":
            ragged = separator  # rows of unequal lengths
    return ragged or ","


def _numerals(text: str, separator: str, where: str, task: Task) -> Numerals:
    """How numbers are written below the first row, which may be names."""
    commas = '"' in text if separator == "," else "," in text
    if not (commas or _MARKS.search(text)):
        return Numerals()
    rows = (row for _, row in _rows(text, separator, where))
    task.check()
    return numerals_of(chain.from_iterable(islice(rows, 1, _WEIGHED)), separator)


def _along(text: str, separator: str, axis: int, where: str) -> str:
    """The text with its rows and columns exchanged, where the samples are the columns."""
    if axis not in (0, 1, -1, -2):
        raise ChoiceRefused(
            f"a table has no axis {axis}",
            choice="axis",
            where=where,
            remedy="give 0 where the rows are the samples, 1 where the columns are",
        )
    if axis in (0, -2):
        return text
    rows, turned = [row for _, row in _rows(text, separator, where)], io.StringIO()
    try:
        csv.writer(turned, delimiter=separator).writerows(zip(*rows, strict=True))
    except ValueError as error:
        raise DataError(
            "the rows hold unequally many values, so they cannot become columns",
            where=where,
            remedy="give each row as many values",
        ) from error
    return turned.getvalue()
