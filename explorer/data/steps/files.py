"""Picture files become rows: a survey settles the size, then each is decoded once."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.data.dataset import Bytes, Preparation
from explorer.data.pictures import decode, peek
from explorer.data.raw import Entry, Pictures, printable, require_memory
from explorer.data.steps.labelling import Labelled, labelled
from explorer.data.steps.rows import Rows, Wish, in_channels, require_two
from explorer.data.steps.scaling import Scale
from explorer.data.steps.sizing import SMALLEST, Size, fitted, size_of_pictures, size_warning
from explorer.data.trees import named
from explorer.data.wording import many
from explorer.errors import DataError
from explorer.task import Task

SURVEYED = 200  # files spread over the set tell the commonest size well enough


@dataclass
class Findings:
    """What was met on the way: good entries, their sizes, broken files, odd features."""

    good: list[Entry]
    sizes: list[Size]
    bad: list[str]
    odd: Counter[str]
    colour: bool = False

    def sentences(self, target: Size) -> list[str]:
        """A warning each."""
        said = []
        if self.bad:
            count = f"{len(self.bad):,} of {len(self.bad) + len(self.good):,} pictures"
            verb = "is" if len(self.bad) == 1 else "are"
            said.append(f"{count} cannot be read and {verb} left out ({named(self.bad)})")
        said += [f"{many(n, 'picture is', 'pictures are')} {odd}" for odd, n in self.odd.items()]
        return said + list(filter(None, [size_warning(self.sizes, target)]))


def picture_rows(raw: Pictures, wish: Wish, where: str, task: Task) -> Rows:
    """The rows of all readable pictures; raises DataError where fewer than two are left."""
    target = target_of(_peeked(raw, task) or [(SMALLEST, SMALLEST)], wish)
    kept = wish.preparation
    stack = _Stack(len(raw.entries), target, None if kept is None else kept.channels, where)
    found = gathered(raw, raw.entries, task, target, stack.add)
    require_good(found, where)
    x = stack.taken()
    if kept is None:
        kept = Preparation(*target, x.shape[-1])
    elif kept.levels != 255:
        x = Scale(0, 255, kept.levels).keep(x)
    warnings = (*raw.warnings, *found.sentences(target))
    names = tuple(printable(e.name) for e in found.good)
    return Rows(x, kept, labels_of(found.good), _given_split(found.good), names, warnings)


def gathered(
    raw: Pictures,
    entries: tuple[Entry, ...],
    task: Task,
    near: Size | None = None,
    take: Callable[[Bytes], None] = lambda _: None,
) -> Findings:
    """Decode ``entries`` one by one, hand the pixels to ``take``; broken files are noted."""
    found = Findings([], [], [], Counter())
    for i, entry in enumerate(entries):
        task.check()
        try:
            picture = decode(raw.fetch(entry), printable(entry.name), near)
        except DataError:
            found.bad.append(entry.name)
            continue
        take(picture.pixels)
        found.good.append(entry)
        found.sizes.append(picture.size)
        found.colour = found.colour or picture.pixels.shape[-1] == 3
        found.odd.update(picture.odd)
        task.progress((i + 1) / len(entries), f"reading pictures, {i + 1:,} of {len(entries):,}")
    return found


def surveyed(raw: Pictures) -> tuple[Entry, ...]:
    """At most 200 entries spread over the whole set."""
    step = max(1, -(-len(raw.entries) // SURVEYED))
    return raw.entries[::step]


def labels_of(entries: list[Entry]) -> Labelled:
    """Classes from folder names."""
    if not entries or entries[0].label is None:
        return Labelled()
    return labelled(np.array([e.label for e in entries]))


def require_good(found: Findings, where: str) -> None:
    """Raise DataError unless two pictures could be read."""
    if found.bad and len(found.good) < 2:
        raise DataError(
            f"{len(found.bad):,} of {len(found.bad) + len(found.good):,} pictures cannot be read"
            f" ({named(found.bad)})",
            where=where,
            remedy="give at least two that are whole",
        )
    require_two(len(found.good), where)


def target_of(sizes: list[Size], wish: Wish) -> Size:
    """The size that pictures of ``sizes`` are kept in."""
    if wish.preparation is not None:
        return wish.preparation.height, wish.preparation.width
    return size_of_pictures(sizes, wish.size)


def _peeked(raw: Pictures, task: Task) -> list[Size]:
    """The sizes of the surveyed pictures that can be read."""
    sizes = []
    for entry in surveyed(raw):
        task.check()
        with contextlib.suppress(DataError):  # told when it is decoded
            sizes.append(peek(raw.fetch(entry), printable(entry.name)))
    return sizes


def _given_split(entries: list[Entry]) -> NDArray[np.bool_] | None:
    if any(e.held_out is None for e in entries):
        return None
    return np.array([bool(e.held_out) for e in entries])


class _Stack:
    """Rows that stay grey until the first picture with colour, unless told otherwise."""

    def __init__(self, n: int, target: Size, channels: int | None, where: str) -> None:
        require_memory(n * target[0] * target[1] * (channels or 1), where)
        self._x = np.empty((n, *target, channels or 1), np.uint8)
        self._open = channels is None
        self._where = where
        self._count = 0

    def add(self, picture: Bytes) -> None:
        """Fit and append one picture (h, w, C)."""
        if self._open and picture.shape[-1] > self._x.shape[-1]:
            self._widen()
        height, width, channels = self._x.shape[1:]
        self._x[self._count] = fitted(in_channels(picture, channels), (height, width))
        self._count += 1

    def taken(self) -> Bytes:
        """(count, H, W, C)."""
        return self._x[: self._count]

    def _widen(self) -> None:
        require_memory(4 * self._x.nbytes, self._where)
        wide = np.empty((*self._x.shape[:-1], 3), np.uint8)
        wide[: self._count] = self._x[: self._count]
        self._x = wide
