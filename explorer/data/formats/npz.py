"""``.npz``: samples with labels, split or not, under the names that people use.

A text ``kind`` says images, signals or table; ``columns`` names the columns or channels.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from explorer.data.choices import Choices
from explorer.data.files.archives import opened_zip
from explorer.data.files.headers import read_header
from explorer.data.formats import formats
from explorer.data.kinds import kinds
from explorer.data.raw import Arrays, Part, Raw, Source, Stream
from explorer.data.steps.candidates import chosen_label, fitting_names, guessed_labels
from explorer.data.steps.labelling import texts
from explorer.data.steps.shapes.picking import along, picked
from explorer.data.words.naming import printable
from explorer.data.words.sides import SPELLINGS, is_held_out, said_of
from explorer.data.words.wording import few
from explorer.errors import DataError
from explorer.task import Task

_ANY_IMAGES = (
    "x", "images", "data", "imgs", "samples", "pictures",
    *(name for kind in kinds.values() for name in kind.array_names),
)  # fmt: skip
_ANY_LABELS = ("y", "labels", "target", "targets", "label")
_LABEL_REMEDY = "name one with --label"
_CLASSES = ("classes", "class_names", "label_names", "target_names")
_KIND = ("kind", "data_kind")
_COLUMNS = ("columns", "column_names", "feature_names", "channels", "channel_names")
_NAMES = ("name", "names", "filenames", "file_names")

Sources = dict[str, Source]


@formats.register("npz")
class Npz:
    """A file of `numpy.savez`. Members are streamed; nothing is unpacked to the disk."""

    title = "an .npz file"
    knows: ClassVar[tuple[str, ...]] = ("label", "drop", "axis", "lengths", "kind", "scaling")
    suffixes: ClassVar[tuple[str, ...]] = (".npz",)

    @staticmethod
    def recognises(path: Path) -> bool:
        """By its name, or as a zip that holds ``.npy`` members only."""
        if not path.is_file():
            return False
        if path.suffix.lower() == ".npz":
            return True
        try:
            with opened_zip(path) as archive:
                names = archive.namelist()
        except DataError:
            return False
        return bool(names) and all(n.endswith(".npy") for n in names)

    @staticmethod
    @contextmanager
    def reading(path: Path, choices: Choices, task: Task) -> Iterator[Raw]:
        """Parts chosen by the arrays' names; two candidates raise a DataError naming them."""
        where = printable(path)
        with opened_zip(path) as archive:
            members = [m for m in archive.infolist() if m.filename.endswith(".npy")]
            sources = {}
            for member in members:
                task.check()
                name = printable(member.filename.removesuffix(".npy"))
                sources[name] = _source(archive, member, name, where)
            yield picked(_chosen(sources, choices, where), choices)


def _source(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, where: str) -> Source:
    with archive.open(member) as stream:
        header = read_header(stream, member.file_size, name=name, where=where)
    opened = partial(_at_values, archive, member, header.offset)
    return Source(name, where, header.dtype, header.shape, opened, header.fortran)


@contextmanager
def _at_values(archive: zipfile.ZipFile, member: zipfile.ZipInfo, offset: int) -> Iterator[Stream]:
    with archive.open(member) as stream:
        stream.read(offset)
        yield stream


def _chosen(sources: Sources, choices: Choices, where: str) -> Arrays:
    by_side = {s: _side(sources, names, choices, where) for s, names in SPELLINGS.items()}
    sides = {side: part for side, part in by_side.items() if part is not None}
    said = said_of(sides)
    if sides and choices.label is None:
        sides, more = _labelled_sides(sides, sources)
        said += more
    parts = tuple(replace(p, held_out=is_held_out(side, sides)) for side, p in sides.items())
    if not parts:
        part, said = _single(sources, choices, where)
        parts = (part,)
    if any(part.held_out is None for part in parts) and len(parts) > 1:
        parts = tuple(part for part in parts if part.held_out is not None)
        said.append("the validation part is left out")
    total = sum(len(p.images) for p in parts)
    classes, more = fitting_names(_text(sources, _CLASSES), parts, _candidates(sources, parts[0]))
    said += more
    names = _text(sources, _NAMES)
    names = names if names and names.shape == (total,) else None
    columns = _columns(sources, parts[0].images)
    if choices.label is None:
        said += _left_out(sources, parts, said)
    return Arrays(parts, classes, names, tuple(said), _kind(sources, parts[0].images), columns)


def _left_out(sources: Sources, parts: tuple[Part, ...], said: list[str]) -> list[str]:
    """The numbers that are neither taken nor spoken of, under names that mean nothing here."""
    known = {n for p in parts for n in (p.images.name, p.labels.name if p.labels else "")}
    meant = {*_ANY_LABELS, *_CLASSES, *_KIND, *_COLUMNS, *_NAMES}
    sides = {side for spellings in SPELLINGS.values() for side in spellings}
    rest = [
        name
        for name, source in sources.items()
        if name not in known
        and source.dtype.kind not in "US"  # what is written on samples is never learned
        and name.lower() not in meant
        and not set(re.split(r"[_.-]", name.lower())) & sides
        and not any(name in re.split(r"[ ,;]", sentence) for sentence in said)
    ]
    return [f"{few(rest)} {'is' if len(rest) == 1 else 'are'} not read"] if rest else []


def _kind(sources: Sources, images: Source) -> str | None:
    """What a text called kind says, or the name of the array itself."""
    for name, source in sources.items():
        if name.lower() in _KIND and source.dtype.kind in "US" and source.shape in ((), (1,)):
            said = texts(source.whole())[0].lower()
            if said not in kinds:
                raise DataError(
                    f"{name} says {said!r}", where=images.where, remedy=f"say {', '.join(kinds)}"
                )
            return said
    words = set(images.name.lower().split("_"))
    return next((kind.name for kind in kinds.values() if words & set(kind.array_names)), None)


def _columns(sources: Sources, images: Source) -> tuple[str, ...]:
    """The names of the columns or channels, where there are as many as one of the axes."""
    named = _text(sources, _COLUMNS)
    if named is None or len(named) not in images.shape[1:]:
        return ()
    found = texts(named.whole())
    if len(set(found)) < len(found):
        raise DataError(
            f"{named.name} holds the same name twice", where=images.where, remedy="rename one"
        )
    return found


def _side(sources: Sources, sides: tuple[str, ...], choices: Choices, where: str) -> Part | None:
    """x_train, train_x, train_images, ... with its labels, where there is one."""
    images = _pick(sources, _spellings(_ANY_IMAGES, sides), where)
    if images is None:
        return None
    images = along(images, choices)
    named = _ANY_LABELS if choices.label is None else (choices.label.lower(),)
    labels = _pick(sources, _spellings(named, sides), where, _LABEL_REMEDY)
    if labels is None and choices.label is not None:
        fitting, columns = _as_long(sources, images), _columns(sources, images)
        labels = chosen_label(choices, fitting, images, columns)
    return Part(images, labels)


def _labelled_sides(sides: dict[str, Part], sources: Sources) -> tuple[dict[str, Part], list[str]]:
    """Labels of another name than labels have, where all sides bring them."""
    if any(part.labels for part in sides.values()):
        return sides, []
    stems = {side: _by_stem(part, SPELLINGS[side], sources) for side, part in sides.items()}
    first = next(iter(stems.values()))
    shared = [
        replace(source, name=stem)
        for stem, source in first.items()
        if all(stem in there for there in stems.values())
    ]
    labels, said = guessed_labels(shared)
    if labels is None:
        return sides, said
    named = labels.name
    return {s: replace(part, labels=stems[s][named]) for s, part in sides.items()}, said


def _by_stem(part: Part, sides: tuple[str, ...], sources: Sources) -> Sources:
    """species_train, train_species, .. as species."""
    found = {}
    for source in _candidates(sources, part):
        words = source.name.split("_")
        stem = [word for word in words if word.lower() not in sides]
        if len(stem) < len(words):
            found["_".join(stem)] = source
    return found


def _spellings(roles: tuple[str, ...], sides: tuple[str, ...]) -> tuple[str, ...]:
    """x_train, train_x, xtrain, train.x, ...; train alone is an array of samples."""
    pairs = [pair for role in roles for side in sides for pair in ((role, side), (side, role))]
    alone = sides if roles is _ANY_IMAGES else ()
    return (*alone, *(between.join(pair) for pair in pairs for between in ("_", "", "-", ".")))


def _single(sources: Sources, choices: Choices, where: str) -> tuple[Part, list[str]]:
    images = along(_pick(sources, _ANY_IMAGES, where) or _only(sources, where), choices)
    if choices.label is not None:
        fitting, columns = _as_long(sources, images), _columns(sources, images)
        return Part(images, chosen_label(choices, fitting, images, columns)), []
    labels = _pick(sources, _ANY_LABELS, where, _LABEL_REMEDY)
    if labels is not None:
        return Part(images, labels), []
    labels, said = guessed_labels(_candidates(sources, Part(images)))
    return Part(images, labels), said


def _as_long(sources: Sources, images: Source) -> list[Source]:
    """The other arrays with one entry a sample."""
    return [s for s in sources.values() if s.name != images.name and len(s) == len(images)]


def _candidates(sources: Sources, part: Part) -> list[Source]:
    """The arrays with one value a sample that no name gives another meaning."""
    known = (*_NAMES, *_COLUMNS)
    return [
        s
        for name, s in sources.items()
        if s.shape == (len(part.images),) and s.name != part.images.name
        and name.lower() not in known
        and not (name.lower() in _CLASSES and s.dtype.kind in "US")
    ]  # fmt: skip


def _pick(sources: Sources, names: tuple[str, ...], where: str, remedy: str = "") -> Source | None:
    found = [s for name, s in sources.items() if name.lower() in names]
    if len(found) > 1:
        raise _ambiguous(found, where, remedy)
    return found[0] if found else None


def _only(sources: Sources, where: str) -> Source:
    """The one array that can be samples: more than one axis, numbers."""
    numbers = [s for s in sources.values() if s.dtype.kind in "buif"]
    for least in (3, 2, 0):
        found = [s for s in numbers if len(s.shape) >= least]
        if len(found) == 1:
            return found[0]
        if found:
            raise _ambiguous(found, where)
    raise DataError(
        "there is no array of pictures in it",
        where=where,
        remedy="save the pictures as x and the labels as y",
    )


def _ambiguous(found: list[Source], where: str, remedy: str = "") -> DataError:
    listed = " and ".join(f"{s.name} {s.shape}" for s in found[:4])
    return DataError(
        f"it is not clear which array to take, {listed}",
        where=where,
        remedy=remedy or "save the pictures as x and the labels as y",
    )


def _text(sources: Sources, names: tuple[str, ...]) -> Source | None:
    found = [
        s
        for name, s in sources.items()
        if name.lower() in names and s.dtype.kind in "US" and len(s.shape) == 1
    ]
    return found[0] if len(found) == 1 else None
