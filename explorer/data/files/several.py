"""Several picture files, named together, as one source: a small data set that a model remembers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from explorer.data.choices import Choices
from explorer.data.pictures.reading import read_regular
from explorer.data.raw import Entry, Pictures, Raw
from explorer.task import Task

_BETWEEN = "\n"  # and a root behind it, which no name of one file holds


def joined(paths: Sequence[str]) -> str:
    """One source for two files or more, each of them once."""
    return _BETWEEN.join(dict.fromkeys(str(Path(path).absolute()) for path in paths))


def parts(source: str | Path) -> tuple[Path, ...]:
    """The files that ``source`` names together; none where it is a source like any other."""
    files = tuple(map(Path, str(source).split(_BETWEEN)))
    return files if len(files) > 1 and all(file.is_absolute() for file in files) else ()


class Several:
    """The format of files named together; it is no file of its own, so none is recognised as it."""

    title = "pictures named together"
    knows = ("kind",)

    @staticmethod
    @contextmanager
    def reading(path: Path, choices: Choices, task: Task) -> Iterator[Raw]:
        """Entries in the order that they were named in."""
        files = parts(path)
        names = [file.name for file in files]
        if len(set(names)) < len(names):
            names = [str(file) for file in files]
        place = {name: files[i] for i, name in enumerate(names)}

        def fetch(entry: Entry) -> bytes:
            return read_regular(place[entry.name])

        yield Pictures(tuple(Entry(name) for name in place), fetch)
