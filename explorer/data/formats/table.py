"""``.csv`` and ``.tsv``: a table, its columns named in the first row or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from explorer.data.choices import Choices
from explorer.data.formats import formats
from explorer.data.raw import Arrays, Held, Part, Raw, printable, require_memory
from explorer.data.tabular.cells import cells_of
from explorer.data.tabular.columns import Table, table_of
from explorer.task import Task

_GROWTH = 4  # text to cells to numbers


@formats.register("csv")
class TextTable:
    """Separated by commas, semicolons, bars or tabs; UTF-8."""

    title = "a text table"
    knows: ClassVar[tuple[str, ...]] = ("label", "drop", "header", "axis", "lengths", "kind")
    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".tsv")

    @staticmethod
    def recognises(path: Path) -> bool:
        """By its name."""
        return path.suffix.lower() in TextTable.suffixes and path.is_file()

    @staticmethod
    @contextmanager
    def reading(path: Path, choices: Choices, task: Task) -> Iterator[Raw]:
        """One part; rows of a table, unless the reader is told that they are signals."""
        where = printable(path)
        require_memory(_GROWTH * path.stat().st_size, where)
        cells = cells_of(path.read_bytes(), where, tabs=path.suffix.lower() == ".tsv")
        found = table_of(cells, task)
        yield _arrays(found, where)


def _arrays(found: Table, where: str) -> Arrays:
    labels = None if found.labels is None else Held.of(found.labels, "the labels", where)
    part = Part(Held.of(found.values, "the table", where), labels)
    again = found.unlabelled
    return Arrays(
        (part,),
        warnings=tuple(found.warnings),
        kind="table",
        columns=found.names,
        unlabelled=None if again is None else lambda: _arrays(again(), where),
    )
