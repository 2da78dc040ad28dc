"""A folder of pictures; its sub-folders are the classes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from explorer.data.choices import Choices
from explorer.data.files.trees import entries_of
from explorer.data.files.walking import LeftOut, files_under, some_under
from explorer.data.formats import formats
from explorer.data.pictures.pages import pages_of_only
from explorer.data.pictures.reading import is_picture_name, read_regular
from explorer.data.raw import Entry, Pictures, Raw
from explorer.data.words.naming import printable
from explorer.errors import DataError
from explorer.task import Task


@formats.register("folder")
class Folder:
    """Any depth; links are followed, each folder is read once."""

    title = "a folder of pictures"
    suffixes: ClassVar[tuple[str, ...]] = ()
    knows: ClassVar[tuple[str, ...]] = ("kind",)

    @staticmethod
    def recognises(path: Path) -> bool:
        """A folder that holds a file named like a picture."""
        if not path.is_dir():
            return False
        return any(map(is_picture_name, some_under(path)))

    @staticmethod
    @contextmanager
    def reading(path: Path, choices: Choices, task: Task) -> Iterator[Raw]:
        """Entries in the order of their names."""
        left_out = LeftOut()
        entries, said = entries_of(files_under(path, left_out, task))
        said += left_out.sentences()
        if not entries:
            what, remedy = "there are no pictures in this folder", "choose one that holds some"
            raise DataError(what, where=printable(path), remedy=remedy)

        def fetch(entry: Entry) -> bytes:
            return read_regular(path / entry.name)

        with pages_of_only(entries, fetch, said) as found:
            yield found or Pictures(entries, fetch, tuple(said))
