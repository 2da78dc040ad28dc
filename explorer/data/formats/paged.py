"""A picture with several pages or frames, given alone: each page is a sample."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from explorer.data.choices import Choices
from explorer.data.formats import formats
from explorer.data.pictures.pages import has_pages, pages_of
from explorer.data.raw import Raw
from explorer.data.words.naming import printable
from explorer.errors import DataError
from explorer.task import Task


@formats.register("pages")
class Paged:
    """A stack in TIFF, an animated GIF, PNG or WEBP. A single picture is no data set."""

    title = "a picture with several pages"
    suffixes: ClassVar[tuple[str, ...]] = (".tif", ".tiff", ".gif", ".png", ".apng", ".webp")
    knows: ClassVar[tuple[str, ...]] = ("kind",)

    @staticmethod
    def recognises(path: Path) -> bool:
        """A picture file with more than one page."""
        return has_pages(path)

    @staticmethod
    @contextmanager
    def reading(path: Path, choices: Choices, task: Task) -> Iterator[Raw]:
        """Entries in the order of the pages; they have no classes."""
        task.check()
        where = printable(path)
        with pages_of(path, path.name, where) as found:
            if found is None:
                raise DataError("it is a single picture", where=where, remedy="open its folder")
            yield found
