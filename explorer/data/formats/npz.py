"""``.npz``: samples with labels, split or not, under the names that people use.

A text ``kind`` says images, signals or table; ``columns`` names the columns or channels.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from explorer.data.archives import opened_zip
from explorer.data.formats import formats
from explorer.data.headers import read_header
from explorer.data.kinds import KINDS
from explorer.data.raw import Arrays, Part, Raw, Source, Stream, printable
from explorer.data.steps.labelling import texts
from explorer.errors import DataError
from explorer.task import Task

_BY_KIND = {"signals": ("signals", "waves", "series"), "table": ("table", "rows", "features")}
_ANY_IMAGES = (
    "x", "images", "data", "imgs", "samples", "pictures", *_BY_KIND["signals"], *_BY_KIND["table"],
)  # fmt: skip
_ANY_LABELS = ("y", "labels", "target", "targets", "label")
_TRAIN, _TEST = ("train", "training"), ("test", "t10k", "testing")
_CLASSES = ("classes", "class_names", "label_names", "target_names")
_KIND = ("kind", "data_kind")
_COLUMNS = ("columns", "column_names", "feature_names", "channels", "channel_names")
_NAMES = ("name", "names", "filenames", "file_names")

Sources = dict[str, Source]


@formats.register("npz")
class Npz:
    """A file of `numpy.savez`. Members are streamed; nothing is unpacked to the disk."""

    @staticmethod
    def recognises(path: Path) -> bool:
        """By its name, or as a zip that holds ``.npy`` members only."""
        if not path.is_file():
            return False
        if path.suffix.lower() == ".npz":
            return True
        if not zipfile.is_zipfile(path):
            return False
        try:
            with opened_zip(path) as archive:
                names = archive.namelist()
        except DataError:
            return False
        return bool(names) and all(n.endswith(".npy") for n in names)

    @staticmethod
    @contextmanager
    def reading(path: Path, task: Task) -> Iterator[Raw]:
        """Parts chosen by the arrays' names; two candidates raise a DataError naming them."""
        where = printable(path)
        with opened_zip(path) as archive:
            members = [m for m in archive.infolist() if m.filename.endswith(".npy")]
            sources = {}
            for member in members:
                task.check()
                name = printable(member.filename.removesuffix(".npy"))
                sources[name] = _source(archive, member, name, where)
            yield _chosen(sources, where)


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


def _chosen(sources: Sources, where: str) -> Arrays:
    train, test = _side(sources, _TRAIN, where), _side(sources, _TEST, where)
    said: list[str] = []
    if train and test:
        parts: tuple[Part, ...] = (
            Part(train.images, train.labels, False),
            Part(test.images, test.labels, True),
        )
    elif train or test:
        parts = tuple(p for p in (train, test) if p)
    else:
        part, said = _single(sources, where)
        parts = (part,)
    if any("val" in name.lower().split("_") for name in sources):
        said.append("the validation part is left out")
    total = sum(len(p.images) for p in parts)
    classes = _text(sources, _CLASSES)
    names = _text(sources, _NAMES)
    names = names if names and names.shape == (total,) else None
    columns = _columns(sources, parts[0].images)
    return Arrays(parts, classes, names, tuple(said), _kind(sources, parts[0].images), columns)


def _kind(sources: Sources, images: Source) -> str | None:
    """What a text called kind says, or the name of the array itself."""
    for name, source in sources.items():
        if name.lower() in _KIND and source.dtype.kind in "US" and source.shape in ((), (1,)):
            said = texts(source.whole())[0].lower()
            if said not in KINDS:
                raise DataError(
                    f"{name} says {said!r}", where=images.where, remedy=f"say {', '.join(KINDS)}"
                )
            return said
    words = set(images.name.lower().split("_"))
    return next((kind for kind, names in _BY_KIND.items() if words & set(names)), None)


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


def _side(sources: Sources, sides: tuple[str, ...], where: str) -> Part | None:
    """x_train, train_x, train_images, ... with its labels, where there is one."""
    images = _pick(sources, _spellings(_ANY_IMAGES, sides), where)
    if images is None:
        return None
    return Part(images, _pick(sources, _spellings(_ANY_LABELS, sides), where))


def _spellings(roles: tuple[str, ...], sides: tuple[str, ...]) -> tuple[str, ...]:
    pairs = [(r, s) for r in roles for s in sides]
    return tuple(f"{r}_{s}" for r, s in pairs) + tuple(f"{s}_{r}" for r, s in pairs)


def _single(sources: Sources, where: str) -> tuple[Part, list[str]]:
    images = _pick(sources, _ANY_IMAGES, where) or _only(sources, where)
    labels = _pick(sources, _ANY_LABELS, where)
    if labels is not None:
        return Part(images, labels), []
    known = (*_CLASSES, *_NAMES, *_COLUMNS)
    columns = [
        s
        for name, s in sources.items()
        if s.shape == (len(images),) and s is not images and name.lower() not in known
    ]
    if len(columns) != 1:
        return Part(images), []
    return Part(images, columns[0]), [f"the labels are taken from {columns[0].name}"]


def _pick(sources: Sources, names: tuple[str, ...], where: str) -> Source | None:
    found = [s for name, s in sources.items() if name.lower() in names]
    if len(found) > 1:
        raise _ambiguous(found, where)
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


def _ambiguous(found: list[Source], where: str) -> DataError:
    listed = " and ".join(f"{s.name} {s.shape}" for s in found[:4])
    return DataError(
        f"it is not clear which array to take, {listed}",
        where=where,
        remedy="save the pictures as x and the labels as y",
    )


def _text(sources: Sources, names: tuple[str, ...]) -> Source | None:
    found = [
        s
        for name, s in sources.items()
        if name.lower() in names and s.dtype.kind in "US" and len(s.shape) == 1
    ]
    return found[0] if len(found) == 1 else None
