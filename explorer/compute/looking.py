"""What the user brings: files sorted by what they are, and pictures prepared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from explorer.compute.meaning import meaning
from explorer.data.dataset import Preparation
from explorer.data.naming import named, printable
from explorer.data.own import Own, OwnPicture, Pasted, Source
from explorer.data.wording import many
from explorer.errors import DataError
from explorer.task import Task


@dataclass(frozen=True)
class SortRequest:
    """Paths that came together, as by one drop."""

    paths: tuple[str, ...]


@dataclass(frozen=True)
class Sorted:
    """pictures: single ones. sources: what is opened, models before data before folders."""

    pictures: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class LookRequest:
    """Prepare pictures as data of that preparation is."""

    sources: tuple[Source, ...]
    preparation: Preparation


@dataclass(frozen=True, eq=False)
class Looked:
    """own: those that can be read. notes: what is said of those that cannot."""

    own: Own
    notes: tuple[str, ...] = ()


def sort(request: SortRequest, task: Task) -> Sorted:
    """Which are pictures to look at, and which are data or models."""
    pictures, ranked = list[str](), list[tuple[int, str]]()
    for path in request.paths:
        task.check()
        kind = meaning(path).kind
        if kind == "picture":
            pictures.append(path)
        else:
            rank = 0 if kind == "checkpoint" else 2 if Path(path).is_dir() else 1
            ranked.append((rank, path))
    ranked.sort(key=lambda pair: pair[0])
    return Sorted(tuple(pictures), tuple(path for _, path in ranked))


def look(request: LookRequest, task: Task) -> Looked:
    """All that can be read. Raises DataError where none can: the first one's own."""
    found, bad, first = list[OwnPicture](), list[str](), None
    for i, source in enumerate(request.sources):
        task.check()
        try:
            found.append(prepared(source, request.preparation))
        except DataError as error:
            bad.append(source.name)
            first = first or error
        task.progress((i + 1) / len(request.sources), "looking at pictures")
    if not found:
        raise first or DataError("no picture is named", remedy="give one")
    return Looked(Own(tuple(found)), _said_of(bad))


def prepared(source: Source, preparation: Preparation) -> OwnPicture:
    """One picture as data of that preparation is. Raises DataError."""
    from explorer.data.opening import open_sample, sample_of

    if isinstance(source, Pasted):
        sample, path = sample_of(source.data, source.name, preparation), ""
    else:
        sample, path = open_sample(source, preparation), str(source.absolute())
    return OwnPicture(printable(source.name), sample.whole, preparation, sample.warnings, path)


def _said_of(bad: Sequence[str]) -> tuple[str, ...]:
    what = many(len(bad), "picture cannot be read and is", "pictures cannot be read and are")
    return (f"{what} left out ({named(bad)})",) if bad else ()
