"""Picture files become rows: a survey settles the size, then each is decoded once."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from explorer.data.dataset import Bytes, Preparation
from explorer.data.kinds.images import SMALLEST
from explorer.data.pictures.reading import DAMAGED, DecodedFile, decode, peek
from explorer.data.raw import Array, Entry, Pictures, require_memory
from explorer.data.steps.brightness import Brightness, resolved_ranges
from explorer.data.steps.labelling import Labelled, labelled
from explorer.data.steps.rows import (
    PreparationOptions,
    Rows,
    fitting_warnings,
    in_channels,
    require_two,
)
from explorer.data.steps.scaling import Scale
from explorer.data.steps.sizing import Size, resized, size_of_pictures, size_warning
from explorer.data.words.naming import named, printable
from explorer.data.words.wording import many
from explorer.errors import DataError
from explorer.task import Task

SURVEYED = 200  # files spread over the set tell the commonest size well enough


@dataclass
class Findings:
    """What was met on the way: good entries, their sizes, odd features, values.

    bad: broken files, and what is said of them.
    """

    good: list[Entry] = field(default_factory=list)
    sizes: list[Size] = field(default_factory=list)
    bad: dict[str, str] = field(default_factory=dict)
    odd: Counter[str] = field(default_factory=Counter)
    colour: bool = False
    brightness: Brightness = field(default_factory=Brightness)

    def add(self, entry: Entry, picture: DecodedFile) -> None:
        """Note a picture that could be read."""
        self.brightness.note(len(self.good), picture.pixels)
        self.good.append(entry)
        self.sizes.append(picture.size)
        self.colour = self.colour or picture.pixels.shape[-1] == 3
        self.odd.update(picture.odd)

    def told_bad(self) -> str:
        """How many are broken."""
        return f"{len(self.bad):,} of {len(self.bad) + len(self.good):,} pictures"

    def reasons(self) -> str:
        """Which are broken, and why where that is more than that they are."""
        whys = dict.fromkeys(self.bad.values())
        why = f": {next(iter(whys))}" if len(whys) == 1 and DAMAGED not in whys else ""
        return f" ({named(list(self.bad))}){why}"

    def sentences(self, target: Size, kept: Preparation | None = None) -> list[str]:
        """A warning each. kept: what a model was made for, where the pictures are to fit one."""
        said = []
        if self.bad:
            verb = "is" if len(self.bad) == 1 else "are"
            said.append(f"{self.told_bad()} cannot be read and {verb} left out{self.reasons()}")
        said += [f"{many(n, 'picture is', 'pictures are')} {odd}" for odd, n in self.odd.items()]
        if kept is not None:
            return said + fitting_warnings(self.sizes, 3 if self.colour else 1, kept)
        return said + list(filter(None, [size_warning(self.sizes, target)]))


def picture_rows(raw: Pictures, wish: PreparationOptions, where: str, task: Task) -> Rows:
    """The rows of all readable pictures; raises DataError where fewer than two are left."""
    target = target_of(_peeked(raw, task) or [(SMALLEST, SMALLEST)], wish)
    kept = wish.preparation
    stack = _Stack(len(raw.entries), target, None if kept is None else kept.channels, where)
    findings = gathered(raw, raw.entries, task, target, stack.add)
    require_good(findings, where)
    ranges = resolved_ranges(findings.brightness, kept, where)
    clipped = _placed_deep(raw, findings, ranges.deep, stack, task)
    require_good(findings, where)
    x = stack.scaled(ranges.flat)
    said = (*raw.warnings, *findings.sentences(target, kept), *ranges.said, *clipped)
    kept = kept or Preparation(*target, x.shape[-1], ranges.low, ranges.high)
    names = tuple(printable(e.name) for e in findings.good)
    return Rows(x, kept, labels_of(findings.good), _given_split(findings.good), names, said)


def _placed_deep(
    raw: Pictures, found: Findings, scale: Scale, stack: _Stack, task: Task
) -> list[str]:
    """Decode the pictures of more than 8 bits again, as their range is known only now."""
    clipped, gone, deep = 0, [], found.brightness.deep
    for i, position in enumerate(deep):
        task.check()
        entry = found.good[position]
        try:
            values = decode(raw.fetch(entry), printable(entry.name)).pixels
        except DataError:  # it was there a moment ago
            gone.append(position)
            continue
        clipped += scale.outside(values)
        stack.put(position, replace(scale, levels=255).keep(values), scale.levels)
        task.progress((i + 1) / len(deep), f"scaling pictures, {i + 1:,} of {len(deep):,}")
    for position in reversed(gone):
        found.bad[found.good.pop(position).name] = DAMAGED
        del found.sizes[position]
        stack.drop(position)
    of = f"outside {scale.low:g} to {scale.high:g}"
    return [f"{many(clipped, f'value {of} is', f'values {of} are')} clipped"] if clipped else []


def sample_row(data: bytes, where: str, kept: Preparation) -> tuple[Bytes, list[str]]:
    """One picture file as the row (H, W, C) of a model made for ``kept``, and what was done to it.

    Raises DataError where it cannot be read, or nobody knows which of its values is white.
    """
    target, found = (kept.height, kept.width), Findings()
    stack = _Stack(1, target, kept.channels, where)
    picture = decode(data, where, target)
    found.add(Entry(where), picture)
    ranges = resolved_ranges(found.brightness, kept, where)
    stack.add(picture.pixels)
    if found.brightness.deep:
        stack.put(0, replace(ranges.deep, levels=255).keep(picture.pixels), kept.levels)
    sentences = [*found.sentences(target, kept), *ranges.said]
    return stack.scaled(ranges.flat)[0], sentences


def gathered(
    raw: Pictures,
    entries: tuple[Entry, ...],
    task: Task,
    near: Size | None = None,
    take: Callable[[Array], None] = lambda _: None,
) -> Findings:
    """Decode ``entries`` one by one, hand the pixels to ``take``; broken files are noted."""
    findings = Findings()
    for i, entry in enumerate(entries):
        task.check()
        try:
            picture = decode(raw.fetch(entry), printable(entry.name), near)
        except DataError as error:
            findings.bad[entry.name] = error.what
            continue
        take(picture.pixels)
        findings.add(entry, picture)
        task.progress((i + 1) / len(entries), f"reading pictures, {i + 1:,} of {len(entries):,}")
    return findings


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
            f"{found.told_bad()} cannot be read{found.reasons()}",
            where=where,
            remedy="give at least two that are whole",
        )
    require_two(len(found.good), where)


def target_of(sizes: list[Size], wish: PreparationOptions) -> Size:
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
    """Rows that stay grey until the first picture with colour, unless told otherwise.

    Those of more than 8 bits are left open, until their range is known and they are put there.
    """

    def __init__(self, n: int, target: Size, channels: int | None, where: str) -> None:
        require_memory(n * target[0] * target[1] * (channels or 1), where)
        self._x = np.empty((n, *target, channels or 1), np.uint8)
        self._open = channels is None
        self._where = where
        self._count = 0
        self._late = np.zeros(n, np.bool_)

    def add(self, picture: Array) -> None:
        """Fit and append one picture (h, w, C)."""
        if self._open and picture.shape[-1] > self._x.shape[-1]:
            self._widen()
        if picture.dtype == np.uint8:
            self._x[self._count] = self._fitted(picture)
        else:
            self._late[self._count] = True
        self._count += 1

    def put(self, position: int, picture: Bytes, levels: int) -> None:
        """Fit one picture (h, w, C) that was left open; it goes from 0 to 255 already."""
        self._x[position] = Scale(0, 255, levels).keep(self._fitted(picture))

    def drop(self, position: int) -> None:
        """Take a row away."""
        self._x[position : self._count - 1] = self._x[position + 1 : self._count]
        self._late[position : self._count - 1] = self._late[position + 1 : self._count]
        self._count -= 1

    def scaled(self, flat: Scale) -> Bytes:
        """(count, H, W, C): all rows, those of 8 bits on this scale."""
        x = self._x[: self._count]
        if flat == Scale():
            return x
        for i in np.flatnonzero(~self._late[: self._count]):
            x[i] = flat.keep(x[i])
        return x

    def _fitted(self, picture: Bytes) -> Bytes:
        height, width, channels = self._x.shape[1:]
        return resized(in_channels(picture, channels, 255), (height, width))

    def _widen(self) -> None:
        require_memory(4 * self._x.nbytes, self._where)
        wide = np.empty((*self._x.shape[:-1], 3), np.uint8)
        wide[: self._count] = self._x[: self._count]
        self._x = wide
