"""Kinds of files that hold a data set; one file a format, found by `discover`."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from explorer.data.choices import Choices
from explorer.data.raw import Raw
from explorer.registry import Registry
from explorer.task import Task


class Format(Protocol):
    """How one kind of file becomes `Raw`: headers read and checked, values still on the disk.

    title: what people call it. suffixes: how the names of its files end; folders have none.
    knows: the names of the `Choices` that mean something for it.
    """

    title: str
    suffixes: tuple[str, ...]
    knows: tuple[str, ...]

    def recognises(self, path: Path) -> bool:
        """Whether ``path`` is meant as this kind; looks at names and first bytes only."""
        ...

    def reading(self, path: Path, choices: Choices, task: Task) -> AbstractContextManager[Raw]:
        """The raw data, readable until the context closes; raises DataError.

        choices: those that this kind of file knows, all others are left open.
        """
        ...


formats: Registry[Format] = Registry("format")
formats.discover(__name__)
