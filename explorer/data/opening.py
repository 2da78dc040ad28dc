"""The doors of this package: sniff, describe, open. Every failure leaves as one DataError."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from explorer.config import check
from explorer.data.binarising import binarised, check_binarisation, grey
from explorer.data.bundled import BUNDLED
from explorer.data.choices import NO_CHOICES, SCALINGS, ChoiceRefused, Choices, require_known
from explorer.data.dataset import Bytes, Dataset, Preparation
from explorer.data.describing import Description, described
from explorer.data.files import several
from explorer.data.files.openable import endings, kinds_of_pictures, opens
from explorer.data.files.refusals import refused, without_pictures
from explorer.data.files.walking import some_under
from explorer.data.formats import Format, formats
from explorer.data.kinds import kind_of
from explorer.data.pictures.reading import is_picture_name, read_regular
from explorer.data.preparing import prepare
from explorer.data.raw import Raw
from explorer.data.steps.files import sample_row
from explorer.data.steps.rows import PreparationOptions
from explorer.data.steps.scaling import Scale
from explorer.data.steps.sizing import check_size
from explorer.data.words.naming import named, printable
from explorer.errors import DataError, ExplorerError
from explorer.task import NO_TASK, Task

__all__ = [
    "Description",
    "Sample",
    "bundled_names",
    "describe",
    "open_dataset",
    "open_sample",
    "sample_of",
    "sniff",
]

_DAMAGED = (ValueError, EOFError, OverflowError, RuntimeError, zlib.error, zipfile.BadZipFile)


def bundled_names() -> tuple[str, ...]:
    """The data sets that need no file; the first is the default."""
    return tuple(BUNDLED)


def open_dataset(
    source: str | Path,
    task: Task = NO_TASK,
    *,
    preparation: Preparation | None = None,
    size: int | None = None,
    binarisation: str = "none",
    choices: Choices = NO_CHOICES,
) -> Dataset:
    """The data set called ``source``, or at that path, ready to be explored.

    preparation: repeat this one exactly, so that a model made for it can encode other data; size
    and binarisation then have no say. size: side of the pictures, from 8 to 128. binarisation:
    none, fixed or dynamic, for pictures. choices: what the user says of the file.
    Raises DataError, and SettingsError for an argument that there is not.
    """
    check_size(size)
    check(choices)
    check_binarisation(binarisation)
    how = binarisation if preparation is None else preparation.binarisation
    found = _found(source)
    told = choices if preparation is None else _of_the_model(choices, preparation, found.where)
    wish = found.wish(None if preparation is None else grey(preparation), size, choices)
    with _raw(found, told, task) as raw:  # what is known is no guess to speak of
        data = prepare(raw, wish, task, name=found.name, source=found.source, where=found.where)
    return binarised(replace(data, choices=choices), how)


def _of_the_model(choices: Choices, made: Preparation, where: str) -> Choices:
    """With the kind that the model was made for, which the user's must not contradict."""
    if choices.kind not in (None, made.kind):
        raise DataError(
            f"the model was made for {made.kind}, not {choices.kind}",
            where=where,
            remedy="leave --kind out",
        )
    if choices.scaling is not None and (choices.scaling == SCALINGS[1]) != made.by_channel:
        raise ChoiceRefused(
            f"the model was not made with --scaling {choices.scaling}",
            choice="scaling",
            where=where,
            remedy="leave it out",
        )
    return replace(choices, kind=made.kind)


def describe(
    source: str | Path,
    task: Task = NO_TASK,
    *,
    binarisation: str = "none",
    choices: Choices = NO_CHOICES,
) -> Description:
    """What `open_dataset` would load, from headers where they suffice. Raises DataError."""
    check(choices)
    check_binarisation(binarisation)
    found = _found(source)
    with _raw(found, choices, task) as raw:
        seen = described(raw, found.wish(None, None, choices), found.where, task)
    if binarisation not in kind_of(seen).binarisations:
        raise DataError(
            f"only pictures can be binarised, not {seen.kind}",
            where=found.where,
            remedy="leave it at none",
        )
    return replace(seen, binarisation=binarisation)


@dataclass(frozen=True, eq=False)
class Sample:
    """One picture, prepared. whole: (H, W, C) uint8 over 0..255. levels: of the data it joins.

    warnings: what was done so that it fits.
    """

    whole: Bytes
    levels: int
    warnings: tuple[str, ...] = ()

    @property
    def row(self) -> Bytes:
        """(H, W, C) uint8, as the data is kept."""
        return Scale(0, 255, self.levels).keep(self.whole)


def open_sample(path: str | Path, preparation: Preparation) -> Sample:
    """One picture file, prepared like the data. Raises DataError."""
    where = printable(path)
    _require_pictures(preparation, where)
    with _told(where):
        return sample_of(read_regular(Path(path)), where, preparation)


def sample_of(data: bytes, where: str, preparation: Preparation) -> Sample:
    """The bytes of one picture file, prepared like the data. Raises DataError."""
    _require_pictures(preparation, where)
    with _told(where):
        whole, said = sample_row(data, where, replace(preparation, levels=255))
        return Sample(whole, preparation.levels, tuple(said))


def _require_pictures(preparation: Preparation, where: str) -> None:
    if not kind_of(preparation).takes_pictures:
        raise DataError(
            f"a picture is no sample for a model of {preparation.kind}",
            where=where,
            remedy="open a data set of the same kind",
        )


def sniff(path: str | Path) -> str | None:
    """The name of the format of what is at ``path``; None where it is no data set."""
    try:
        return next((n for n in formats if formats[n].recognises(Path(path))), None)
    except (OSError, ValueError):  # unreadable, or no valid path at all
        return None


@dataclass(frozen=True)
class _Found:
    """A source resolved: its name and place for people, and where it is.

    source: what opens it again from any folder, a bundled name or an absolute path.
    """

    name: str
    where: str
    path: Path
    source: str
    scale: Scale | None = None
    held_out: float = 0.1

    def wish(
        self, preparation: Preparation | None, size: int | None, told: Choices
    ) -> PreparationOptions:
        scaling = told.scaling if preparation is None else None
        return PreparationOptions(
            preparation, size, self.scale, self.held_out, told.kind, scaling=scaling
        )


def _found(source: str | Path) -> _Found:
    bundled = BUNDLED.get(str(source))
    if bundled is not None and (isinstance(source, str) or not source.exists()):
        name = bundled.name
        return _Found(name, name, bundled.path, name, bundled.scale, bundled.held_out)
    files = several.parts(source)
    if files:
        where = named([file.name for file in files], 1)
        return _Found(f"{len(files):,} pictures", where, Path(source), str(source))
    if source == "":
        raise DataError("no data is named, the path is empty", remedy="give a name or a path")
    path = Path(source)
    name = path.name.removesuffix(".gz")
    told = printable(Path(name).stem or path.resolve().name)
    return _Found(told, printable(path), path, str(path.absolute()))


@contextmanager
def _raw(found: _Found, choices: Choices, task: Task) -> Iterator[Raw]:
    with _told(found.where), _opened(found, choices, task) as raw:
        yield raw


def _opened(found: _Found, choices: Choices, task: Task) -> AbstractContextManager[Raw]:
    kind = several.Several if several.parts(found.path) else _format_of(found.path, found.where)
    require_known(choices, kind.knows, kind.title, found.where)
    return kind.reading(found.path, choices, task)


def _format_of(path: Path, where: str) -> Format:
    name = sniff(path)
    if name is not None:
        return formats[name]
    if "\0" in str(path):
        raise FileNotFoundError
    if path.is_symlink() and not path.exists():
        raise DataError(
            "this link leads nowhere", where=where, remedy="open what it led to, where that is now"
        )
    path.stat()  # a missing or unreachable file says so itself
    if path.is_dir():
        raise without_pictures("folder", some_under(path), endings(), kinds_of_pictures(), where)
    if not path.is_file():
        raise DataError("this is not a regular file", where=where, remedy="choose another")
    if is_picture_name(path.name) and path.stat().st_size:
        remedy = "open the folder that it is in, or look at it with a model"
        raise DataError("this file is a single picture", where=where, remedy=remedy)
    raise refused(path, where, opens())


@contextmanager
def _told(where: str) -> Iterator[None]:
    """Let every failure leave as one clear sentence."""
    try:
        yield
    except ExplorerError:
        raise
    except FileNotFoundError as error:
        raise DataError(
            "there is no such file or folder", where=where, remedy="check the name"
        ) from error
    except MemoryError as error:
        raise DataError(
            "it does not fit into memory", where=where, remedy="open a smaller part of it"
        ) from error
    except (struct.error, *_DAMAGED) as error:
        raise DataError(
            "the file is damaged", where=where, remedy="copy it again", details=repr(error)
        ) from error
    except OSError as error:
        reason = (error.strerror or str(error)).splitlines()[0].lower()
        raise DataError(
            f"it cannot be read, {reason}", where=where, remedy="check the file and its rights"
        ) from error
