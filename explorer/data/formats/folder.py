"""A folder of pictures; its sub-folders are the classes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from explorer.data.formats import formats
from explorer.data.pictures import is_picture_name, read_regular
from explorer.data.raw import Entry, Pictures, Raw, printable
from explorer.data.trees import entries_of
from explorer.data.walking import LeftOut, files_under
from explorer.errors import DataError
from explorer.task import Task

_LOOKED_AT = 20_000  # files, before a folder is called one without pictures


@formats.register("folder")
class Folder:
    """Any depth; links are followed, each folder is read once."""

    @staticmethod
    def recognises(path: Path) -> bool:
        """A folder that holds a file named like a picture."""
        if not path.is_dir():
            return False
        first = islice(files_under(path, LeftOut()), _LOOKED_AT)
        return any(is_picture_name(n) for n in first)

    @staticmethod
    @contextmanager
    def reading(path: Path, task: Task) -> Iterator[Raw]:
        """Entries in the order of their names."""
        left_out = LeftOut()
        entries, said = entries_of(files_under(path, left_out, task))
        said += left_out.sentences()
        if not entries:
            raise DataError(
                "there are no pictures in this folder",
                where=printable(path),
                remedy="choose a folder of PNG or JPEG files",
            )

        def fetch(entry: Entry) -> bytes:
            return read_regular(path / entry.name)

        yield Pictures(entries, fetch, tuple(said))
