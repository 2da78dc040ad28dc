"""What a format hands over: arrays or pictures still on the disk, their headers already checked."""

from __future__ import annotations

import io
import math
import os
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from explorer.errors import DataError
from explorer.task import NO_TASK, Task

if TYPE_CHECKING:
    from PIL.Image import Image

Array = NDArray[Any]
Blocks = Generator[tuple[int, Array], None, None]
Stream = io.BufferedIOBase | IO[bytes]

BLOCK = 4 << 20  # bytes read at a time: small enough to answer a cancel, large enough to be fast
_SHARE = 0.7  # of the machine's memory that one array may take


@dataclass(frozen=True)
class Source:
    """One array on the disk, known by its header and read in blocks of samples.

    opened() gives a stream that stands at the first value. exact: the stream must end after the
    last value.
    """

    name: str
    where: str
    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    opened: Callable[[], AbstractContextManager[Stream]]
    fortran: bool = False
    exact: bool = False

    def __len__(self) -> int:
        return self.shape[0] if self.shape else 0

    @property
    def nbytes(self) -> int:
        """Bytes of all values; exact for any shape, as Python integers do not overflow."""
        return math.prod(self.shape) * self.dtype.itemsize

    @property
    def _step(self) -> int:
        """How many samples are read at a time: those that a block holds, one at least."""
        return max(1, BLOCK * len(self) // max(1, self.nbytes))

    def blocks(self, task: Task = NO_TASK) -> Blocks:
        """(position of its first sample, samples) in order; raises DataError on early end."""
        if self.fortran:
            yield from self._blocks_of_whole()
            return
        with self.opened() as stream:
            for start in range(0, len(self), self._step):
                task.check()
                stop = min(start + self._step, len(self))
                yield start, self._next(stream, (stop - start, *self.shape[1:]))
            self._expect_end(stream)

    def first(self) -> Array:
        """The first samples, as many as are read at a time; the stream is closed again."""
        with closing(self.blocks()) as blocks:
            return next(blocks)[1]

    def whole(self) -> Array:
        """The array in memory; raises DataError where it ends early or does not fit."""
        require_memory(self.nbytes, self.where)
        with self.opened() as stream:
            array = self._next(stream, (math.prod(self.shape),))
            self._expect_end(stream)
        return array.reshape(self.shape, order="F" if self.fortran else "C")

    def _blocks_of_whole(self) -> Blocks:
        array = self.whole()  # samples lie across the file, so there is no reading row by row
        for start in range(0, len(self), self._step):
            yield start, array[start : start + self._step]

    def _next(self, stream: Stream, shape: tuple[int, ...]) -> Array:
        array = np.empty(shape, self.dtype)
        view = array.ravel().view(np.uint8).data
        done = 0
        while done < len(view):
            got = stream.readinto(view[done:])  # type: ignore[union-attr]
            if not got:
                raise DataError(
                    f"{self.name} ends before its last sample",
                    where=self.where,
                    remedy="copy the file again, it is cut short",
                )
            done += got
        return array

    def _expect_end(self, stream: Stream) -> None:
        # reading to the end also makes zip and gzip compare their checksums
        if stream.read(1) and self.exact:
            raise DataError(
                f"{self.name} goes on after the {len(self):,} samples it declares",
                where=self.where,
                remedy="check that the header and the data belong together",
            )


@dataclass(frozen=True, eq=False)
class Held(Source):
    """An array that is in memory already, read like the others."""

    array: Array = field(default_factory=lambda: np.empty(0), repr=False)

    @staticmethod
    def of(array: Array, name: str, where: str) -> Held:
        """``array`` as a source."""
        return Held(name, where, array.dtype, array.shape, _unopened, array=array)

    def blocks(self, task: Task = NO_TASK) -> Blocks:
        """(position of its first sample, samples) in order."""
        for start in range(0, len(self), self._step):
            task.check()
            yield start, self.array[start : start + self._step]

    def whole(self) -> Array:
        """The array itself."""
        return self.array


@dataclass(frozen=True, eq=False)
class Turned(Source):
    """An array whose samples lie along another axis than the first: read whole."""

    of: Source | None = None
    axis: int = 0

    @staticmethod
    def along(source: Source, axis: int) -> Turned:
        """``source`` with that axis first."""
        at = axis % len(source.shape)
        shape = (source.shape[at], *source.shape[:at], *source.shape[at + 1 :])
        # it is read like an array in Fortran's order: samples lie across the file
        return Turned(
            source.name, source.where, source.dtype, shape, source.opened,
            fortran=True, exact=source.exact, of=source, axis=at,
        )  # fmt: skip

    def axis_before(self, axis: int) -> int:
        """Where an axis was before this one went to the front."""
        return self.axis if axis == 0 else axis - (axis <= self.axis)

    def whole(self) -> Array:
        """The array with its samples first."""
        assert self.of is not None
        return np.moveaxis(self.of.whole(), self.axis, 0)


def _unopened() -> AbstractContextManager[Stream]:
    raise NotImplementedError("it is in memory, there is nothing to open")


@dataclass(frozen=True)
class Part:
    """Samples with their labels: the whole of a data set, or one side of a given split."""

    images: Source
    labels: Source | None = None
    held_out: bool | None = None


@dataclass(frozen=True)
class Arrays:
    """A data set as arrays: one part, or a training and a held-out one.

    kind: images, signals or table where the file says so. columns: what the columns of a table or
    the channels of a signal are called. complete: the same with those of the columns named
    that a guess took away, for a preparation that wants them. of_length: the same with
    signals of that many values, where the user had them padded or cut.
    """

    parts: tuple[Part, ...]
    classes: Source | None = None
    names: Source | None = None
    warnings: tuple[str, ...] = ()
    kind: str | None = None
    columns: tuple[str, ...] = ()
    complete: Callable[[tuple[str, ...]], Arrays] | None = None
    of_length: Callable[[int], Arrays] | None = None


@dataclass(frozen=True)
class Entry:
    """One picture file: its path inside the folder or archive, its class and side of a split."""

    name: str
    label: str | None = None
    held_out: bool | None = None


@dataclass(frozen=True)
class Pictures:
    """A data set as picture files, or as pages of one.

    fetch(entry) gives the file's bytes, or the picture that stands at the page; raises DataError.
    """

    entries: tuple[Entry, ...]
    fetch: Callable[[Entry], bytes | Image]
    warnings: tuple[str, ...] = ()


Raw = Arrays | Pictures


def require_memory(nbytes: int, where: str) -> None:
    """Raise DataError if an array of so many bytes has no room on this machine."""
    try:
        room = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # Windows does not say; numpy will
        return
    if nbytes > _SHARE * room:
        raise DataError(
            f"the samples need {nbytes / 2**30:,.1f} GB, more than this machine's memory",
            where=where,
            remedy="open a smaller part of them",
        )
