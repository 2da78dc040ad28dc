"""``.npy``: one array of pictures, signals or rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import ClassVar

from explorer.data.choices import Choices
from explorer.data.files.headers import MAGIC, read_header
from explorer.data.formats import formats
from explorer.data.raw import Arrays, Part, Raw, Source, Stream
from explorer.data.steps.shapes.picking import along, picked
from explorer.data.words.naming import printable
from explorer.task import Task


@formats.register("npy")
class Npy:
    """A file of `numpy.save`."""

    title = "a .npy file"
    knows: ClassVar[tuple[str, ...]] = ("label", "drop", "axis", "lengths", "kind", "scaling")
    suffixes: ClassVar[tuple[str, ...]] = (".npy",)

    @staticmethod
    def recognises(path: Path) -> bool:
        """By its name or its first bytes."""
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return path.suffix.lower() == ".npy" or file.read(len(MAGIC)) == MAGIC

    @staticmethod
    @contextmanager
    def reading(path: Path, choices: Choices, task: Task) -> Iterator[Raw]:
        """One part; its labels are a column of it, if the user says so."""
        where = printable(path)
        with path.open("rb") as file:
            size = path.stat().st_size
            header = read_header(file, size, name="the array", where=where)
        opened = partial(_at_values, path, header.offset)
        array = Source("the array", where, header.dtype, header.shape, opened, header.fortran)
        yield picked(Arrays((Part(along(array, choices)),)), choices)


@contextmanager
def _at_values(path: Path, offset: int) -> Iterator[Stream]:
    with path.open("rb") as file:
        file.seek(offset)
        yield file
