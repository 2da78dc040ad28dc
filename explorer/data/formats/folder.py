"""A folder of pictures; its sub-folders are the classes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from explorer.data.choices import Choices
from explorer.data.formats import formats
from explorer.data.pictures import is_picture_name, read_regular
from explorer.data.raw import Entry, Pictures, Raw, printable
from explorer.data.trees import entries_of, is_litter, named
from explorer.data.wording import many
from explorer.errors import DataError
from explorer.task import NO_TASK, Task

_LOOKED_AT = 20_000  # files, before a folder is called one without pictures


@formats.register("folder")
class Folder:
    """Any depth; links to folders are not followed, so there are no loops."""

    title = "a folder of pictures"
    knows = ("kind",)

    @staticmethod
    def recognises(path: Path) -> bool:
        """A folder that holds a file named like a picture."""
        if not path.is_dir():
            return False
        first = islice(_walk(path, NO_TASK, []), _LOOKED_AT)
        return any(is_picture_name(n) for n in first)

    @staticmethod
    @contextmanager
    def reading(path: Path, choices: Choices, task: Task) -> Iterator[Raw]:
        """Entries in the order of their names."""
        unread: list[str] = []
        entries, said = entries_of(_walk(path, task, unread))
        if unread:
            count = many(len(unread), "folder", "folders")
            said.append(f"{count} cannot be read ({named(unread)})")
        if not entries:
            raise DataError(
                "there are no pictures in this folder",
                where=printable(path),
                remedy="choose a folder of PNG or JPEG files",
            )

        def fetch(entry: Entry) -> bytes:
            return read_regular(path / entry.name)

        yield Pictures(entries, fetch, tuple(said))


def _walk(root: Path, task: Task, unread: list[str]) -> Iterator[str]:
    """Relative names of all files, '/' between, in no particular order."""

    def note(error: OSError) -> None:
        unread.append(os.path.relpath(str(error.filename), root))

    count = 0
    for folder, inner, files in os.walk(root, onerror=note):
        task.check()
        inner[:] = [n for n in inner if not is_litter(n)]
        relative = Path(folder).relative_to(root)
        for name in files:
            count += 1
            yield (relative / name).as_posix()
        task.progress(None, f"looking through {count:,} files")
