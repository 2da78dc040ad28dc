"""IDX, plain or gzipped, the format of MNIST: pictures and labels in files paired by name.

Source: http://yann.lecun.com/exdb/mnist, "THE IDX FILE FORMAT".
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from explorer.data.choices import Choices
from explorer.data.formats import formats
from explorer.data.raw import Arrays, Part, Raw, Source, Stream
from explorer.data.words.naming import printable
from explorer.data.words.sides import SPELLINGS, is_held_out, said_of, side_of
from explorer.errors import DataError
from explorer.task import Task

_TYPES = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
_BY_NAME = re.compile(r"(idx\d?|ubyte)(\.gz)?$", re.IGNORECASE)
_SIDES = "|".join(name for names in SPELLINGS.values() for name in names)
_SPLIT = re.compile(rf"(?<![a-z])({_SIDES})(?![a-z])", re.IGNORECASE)
_MAX_RATIO = 1032  # deflate cannot pack tighter, so a header that asks for more lies


@dataclass(frozen=True)
class _File:
    path: Path
    dtype: np.dtype[Any]
    axes: int

    @property
    def stem(self) -> str:
        """The name that pictures and their labels share."""
        name = self.path.name.lower().removesuffix(".gz")
        return name.replace("label", "image").replace("idx1", "idx3")

    @property
    def family(self) -> str:
        """The name that the training and the test part share."""
        return _SPLIT.sub("", self.stem)

    @property
    def side(self) -> str | None:
        """Of the split, where the name says one."""
        found = _SPLIT.search(self.path.name)
        return None if found is None else side_of(found[0])


@formats.register("idx")
class Idx:
    """One of the files, or the folder they are in, stands for the whole set."""

    title = "an IDX file"
    knows: ClassVar[tuple[str, ...]] = ("kind",)
    suffixes: ClassVar[tuple[str, ...]] = (
        "ubyte",
        "ubyte.gz",
        ".idx",
        ".idx.gz",
        ".idx1",
        ".idx3",
        ".idx1.gz",
        ".idx3.gz",
    )

    @staticmethod
    def recognises(path: Path) -> bool:
        """By the name or the first four bytes; a folder by holding such a file."""
        if path.is_dir():
            return any(f.axes > 1 for f in _files_in(path))
        return path.is_file() and bool(_BY_NAME.search(path.name) or _magic(path))

    @staticmethod
    @contextmanager
    def reading(path: Path, choices: Choices, task: Task) -> Iterator[Raw]:
        """One part, or train and t10k (or test) where both are there."""
        if path.is_file() and not _magic(path):
            raise DataError(
                "this is no IDX file, or its first bytes are damaged",
                where=printable(path),
                remedy="copy it again",
            )
        parts, said = _parts(path)
        yield Arrays(tuple(parts), warnings=tuple(said))


def _parts(path: Path) -> tuple[list[Part], list[str]]:
    files = _files_in(path if path.is_dir() else path.parent, path)
    images = _plain_first([f for f in files if f.axes > 1])
    wanted = next((f.family for f in files if f.path == path), None)
    families = {wanted} if wanted else {f.family for f in images}
    images = [f for f in images if f.family in families]
    if not images or len(families) > 1:
        found = ", ".join(printable(f.path.name) for f in images[:4])
        raise DataError(
            f"it is not clear which pictures to take, {found}"
            if images
            else "there are labels but no pictures beside them",
            where=printable(path),
            remedy="name one of the files of pictures",
        )
    by_side = {f.side: f for f in images if f.side is not None}
    if len(images) > 1 and len(by_side) == len(images):
        return _split(by_side, files)
    images = [f for f in images if f.path == path] or images[:1]
    return [_part(f, files) for f in images], []


def _split(by_side: dict[str, _File], files: list[_File]) -> tuple[list[Part], list[str]]:
    """A part for each side that is used: what is trained on comes first."""
    held_out = {side: is_held_out(side, by_side) for side in by_side}
    used = sorted((s for s in by_side if held_out[s] is not None), key=lambda s: bool(held_out[s]))
    parts = [replace(_part(by_side[s], files), held_out=held_out[s]) for s in used]
    left_out = ["the validation part is left out"] if len(used) < len(by_side) else []
    return parts, said_of(by_side) + left_out


def _part(image: _File, files: list[_File]) -> Part:
    labels = _plain_first([f for f in files if f.axes == 1 and f.stem == image.stem])
    return Part(_source(image), _source(labels[0]) if labels else None)


def _plain_first(files: list[_File]) -> list[_File]:
    """One file a name: the unpacked one where the packed one lies beside it."""
    by_stem: dict[str, _File] = {}
    for file in sorted(files, key=lambda f: f.path.suffix == ".gz"):
        by_stem.setdefault(file.stem, file)
    return sorted(by_stem.values(), key=lambda f: f.path.name)


def _files_in(folder: Path, also: Path | None = None) -> list[_File]:
    """The IDX files of a folder: those named so, and ``also``."""
    paths = [p for p in sorted(folder.iterdir()) if _BY_NAME.search(p.name) or p == also]
    magics = [(p, _magic(p)) for p in paths if p.is_file()]
    return [_File(p, *magic) for p, magic in magics if magic]


def _magic(path: Path) -> tuple[np.dtype[Any], int] | None:
    try:
        start = _start(path)
    except (OSError, EOFError, zlib.error):
        return None
    if len(start) < 4 or start[:2] != b"\0\0" or start[2] not in _TYPES or not 1 <= start[3] <= 4:
        return None
    return np.dtype(_TYPES[start[2]]), start[3]


def _source(file: _File) -> Source:
    path, where = file.path, printable(file.path)
    offset = 4 + 4 * file.axes
    with _opened(path) as stream:
        header = stream.read(offset)
    if len(header) < offset:
        raise DataError("the header is cut short", where=where, remedy="copy the file again")
    shape = tuple(int(s) for s in np.frombuffer(header[4:], ">u4"))
    opened = partial(_at_values, path, offset)
    source = Source(path.name, where, file.dtype, shape, opened, exact=True)
    _check_size(source, path, offset)
    return source


def _check_size(source: Source, path: Path, offset: int) -> None:
    size = path.stat().st_size
    packed = _is_gzip(path)
    most = size * _MAX_RATIO if packed else size - offset
    if source.nbytes > most or (not packed and source.nbytes != most):
        raise DataError(
            f"the header declares {len(source):,} samples, which need {source.nbytes:,} bytes,"
            f" but there are {most:,}{' at most' if packed else ''}",
            where=source.where,
            remedy="copy the file again",
        )


def _is_gzip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def _start(path: Path) -> bytes:
    """The first four bytes, unpacked; no more is read, so that a missing end is no matter."""
    with path.open("rb") as file:
        stream = gzip.GzipFile(fileobj=file) if _is_gzip(path) else file
        return stream.read(4)


@contextmanager
def _opened(path: Path) -> Iterator[Stream]:
    with path.open("rb") as file:
        try:
            yield gzip.GzipFile(fileobj=file) if _is_gzip(path) else file
        except EOFError as error:
            raise DataError(
                "the file is cut short, its end is missing",
                where=printable(path),
                remedy="copy it again",
            ) from error


@contextmanager
def _at_values(path: Path, offset: int) -> Iterator[Stream]:
    with _opened(path) as stream:
        stream.read(offset)
        yield stream
