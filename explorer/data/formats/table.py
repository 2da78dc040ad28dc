"""``.csv``, ``.tsv`` and ``.txt``: a table, its columns named in the first row or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from explorer.data.choices import Choices
from explorer.data.formats import formats
from explorer.data.kinds.images import square
from explorer.data.raw import Arrays, Held, Part, Raw, require_memory
from explorer.data.steps.shapes.looking import neighbours_alike
from explorer.data.steps.shapes.picking import picked
from explorer.data.tabular.cells import cells_of
from explorer.data.tabular.encoding import decoded
from explorer.data.tabular.numerals import Numerals
from explorer.data.tabular.tables import Table, table_of
from explorer.data.words.naming import printable
from explorer.errors import DataError
from explorer.task import Task

_CERTAIN = (".csv", ".tsv")
_MAYBE = (".txt", ".dat", ".data")  # any text may be called so
_GLANCE = 1 << 16  # bytes
_GROWTH = 4  # text to cells to numbers
_SERIES = 24  # values that can be told to be a signal
_LINES = 100
_PIXEL = re.compile(r"(?i:pixels?|px|pix)[_ .-]*\d+(?:[_x., -]+\d+)*|\d+x\d+")  # pixel7, 1x1
_LOOKED_AT = 500  # rows


@formats.register("csv")
class TextTable:
    """Separated by commas, semicolons, bars, tabs or spaces."""

    title = "a text table"
    knows: ClassVar[tuple[str, ...]] = (
        "label", "drop", "header", "axis", "lengths", "kind", "scaling",
    )  # fmt: skip
    suffixes: ClassVar[tuple[str, ...]] = (*_CERTAIN, *_MAYBE)

    @staticmethod
    def recognises(path: Path) -> bool:
        """By its name; a text by the numbers at its start as well."""
        suffix = path.suffix.lower()
        if suffix not in TextTable.suffixes or not path.is_file():
            return False
        return suffix in _CERTAIN or _holds_numbers(path)

    @staticmethod
    @contextmanager
    def reading(path: Path, choices: Choices, task: Task) -> Iterator[Raw]:
        """One part; rows of a table, or signals behind their labels."""
        where = printable(path)
        require_memory(_GROWTH * path.stat().st_size, where)
        tabs = path.suffix.lower() == ".tsv"
        cells = cells_of(path.read_bytes(), where, tabs=tabs, choices=choices, task=task)
        found = table_of(cells, choices, task)
        kind = _kind_of(found, choices, named=cells.header is not None)
        arrays = _arrays(found, kind, where)
        if choices.lengths is not None or not cells.has_words:
            arrays = picked(arrays, Choices(lengths=choices.lengths, kind=choices.kind))
        yield arrays


def _holds_numbers(path: Path) -> bool:
    """Whether one of the first lines is a row with two numbers or more."""
    with path.open("rb") as file:
        data = file.read(_GLANCE)
    try:
        text, _ = decoded(data, path.name)
    except DataError:  # no text at all
        return False
    rows = (re.split(r"[\s,;|]+", line) for line in text.splitlines()[:_LINES])
    return any(sum(map(Numerals().is_number, row)) > 1 for row in rows)


def _kind_of(found: Table, choices: Choices, *, named: bool) -> str:
    """Pictures where the columns are called pixels, signals where a label leads alike values."""
    if choices.kind is not None or found.values.shape[1] < _SERIES:
        return "table"
    if _may_be_pictures(found):
        if all(map(_PIXEL.fullmatch, found.names)):
            found.warnings.append(
                "columns that are named as pixels are taken as pictures;"
                " --kind table says otherwise"
            )
            return "images"
        found.warnings.append(
            f"rows of {len(found.names):,} bytes may be pictures; --kind images reads them as such"
        )
        return "table"
    if not neighbours_alike(found.values[:_LOOKED_AT]):
        return "table"
    if named or not found.leading:
        found.warnings.append(
            "neighbouring columns are alike; --kind signals reads them as signals"
        )
        return "table"
    found.warnings.append(
        "a label before values whose neighbours are alike is taken as that of a signal;"
        " --kind table says otherwise"
    )
    return "signals"


def _may_be_pictures(found: Table) -> bool:
    """Whether rows are as long as square pictures, and of whole numbers up to 255."""
    values = found.values[:_LOOKED_AT]
    whole = bool((values % 1 == 0).all() and values.min() >= 0 and values.max() <= 255)
    return whole and square(found.values.shape[1]) is not None


def _arrays(found: Table, kind: str, where: str) -> Arrays:
    labels = None if found.labels is None else Held.of(found.labels, "the labels", where)
    part = Part(Held.of(found.values, "the table", where), labels)
    arrays = Arrays((part,), warnings=tuple(found.warnings), kind=kind, columns=found.names)
    again = found.complete
    if again is None:
        return arrays
    return replace(arrays, complete=lambda wanted: _arrays(again(wanted), kind, where))
