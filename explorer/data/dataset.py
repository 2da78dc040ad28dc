"""A data set in memory, and the preparation that made it. Numpy only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.data.choices import NO_CHOICES, Choices
from explorer.errors import DataError

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Preparation:
    """How raw samples became rows; written down with the data so that a later encode repeats it.

    images: a raw value v is kept as ``round((v - low) / (high - low) * levels)`` in uint8, and
    ``kept / levels`` lies in [0, 1]. channels: 1 (grey) or 3 (RGB). binarisation: one of
    BINARISATIONS. signals (1, L, C) and tables (1, D, 1) are kept as float32 with levels 1,
    ``(v - centre) / scale`` a feature; centre, scale: D numbers, measured on the training part.
    names: the columns of a table, the channels of a signal, or nothing. axis: where the values of a
    signal lie, as wavelengths in a header, or nothing.
    """

    height: int
    width: int
    channels: int = 1
    low: float = 0.0
    high: float = 255.0
    levels: int = 255
    kind: str = "images"
    binarisation: str = "none"
    centre: tuple[float, ...] = ()
    scale: tuple[float, ...] = ()
    names: tuple[str, ...] = ()
    axis: tuple[float, ...] = ()

    def __repr__(self) -> str:
        """Short, and for plain images what it has always been: content hashes are made of it."""
        shown = ["height", "width", "channels", "low", "high", "levels"]
        shown += [] if self.kind == "images" else ["kind"]
        shown += [] if self.binarisation == "none" else ["binarisation"]
        return f"Preparation({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    @property
    def is_float(self) -> bool:
        """Whether samples are kept as standardised numbers, not as bytes."""
        return self.kind != "images"

    @property
    def shape(self) -> tuple[int, int, int]:
        """(H, W, C)."""
        return (self.height, self.width, self.channels)

    @property
    def features(self) -> int:
        """D = H W C."""
        return self.height * self.width * self.channels

    def original(self, rows: Floats) -> Floats:
        """Standardised rows (b, D) in the units that the data came in; pictures stay as they are.

        Up to float32: 7 digits.
        """
        if not self.centre:
            return rows
        scale, centre = np.array(self.scale), np.array(self.centre)
        return np.asarray(rows * scale + centre, np.float32)


@dataclass(frozen=True, eq=False)
class Dataset:
    """n prepared samples, all of one shape, kept as bytes or standardised. Arrays are read-only.

    x: (n, H, W, C) uint8; signals (n, 1, L, C) and tables (n, 1, D, 1) float32.
    labels: (n,) int64 index into ``classes``, or None.
    test: (n,) bool, True for the held-out part. warnings: what was odd, a sentence each.
    names: what the samples are called, if anything. choices: what the user said of the source.
    """

    name: str
    x: Bytes | Floats
    preparation: Preparation
    test: NDArray[np.bool_]
    labels: NDArray[np.int64] | None = None
    classes: tuple[str, ...] = ()
    source: str = ""
    warnings: tuple[str, ...] = ()
    names: tuple[str, ...] | None = field(default=None, repr=False)
    choices: Choices = NO_CHOICES

    def __post_init__(self) -> None:
        dtype = np.float32 if self.preparation.is_float else np.uint8
        if self.x.dtype != dtype or self.x.shape[1:] != self.preparation.shape:
            raise DataError(
                f"samples are {self.x.dtype} {self.x.shape[1:]},"
                f" not {np.dtype(dtype)} {self.preparation.shape}",
                where=self.name,
            )
        for array in (self.x, self.test, self.labels):
            if array is not None:
                if len(array) != len(self.x):
                    raise DataError(
                        f"{len(self.x)} samples come with {len(array)} labels or split marks",
                        where=self.name,
                        remedy="give one for each sample",
                    )
                array.flags.writeable = False

    def __len__(self) -> int:
        return len(self.x)

    @property
    def kind(self) -> str:
        """images, signals or table."""
        return self.preparation.kind

    @property
    def train_index(self) -> NDArray[np.int64]:
        """(n_train,) positions of the training part."""
        return np.flatnonzero(~self.test)

    @property
    def test_index(self) -> NDArray[np.int64]:
        """(n_test,) positions of the held-out part."""
        return np.flatnonzero(self.test)

    def unit(self, index: NDArray[np.int64] | slice) -> Floats:
        """Rows as the model has them, flattened: (b, D) float32 in H, W, C order.

        Pictures in [0, 1] units, signals and tables standardised.
        """
        rows = self.x[index].reshape(-1, self.preparation.features)
        if self.preparation.is_float:
            return np.array(rows, np.float32)
        return rows.astype(np.float32) / np.float32(self.preparation.levels)

    def picture(self, i: int) -> Bytes:
        """Sample ``i`` as it is shown: (H, W, C) uint8 over the full 0..255."""
        if not self.preparation.is_float:
            return shown(np.asarray(self.x[i], np.uint8), self.preparation)
        from explorer.data.drawing import drawn  # drawing knows preparations, hence not above

        return drawn(self.unit(slice(i, i + 1))[0], self.preparation)

    def label_name(self, i: int) -> str:
        """The class of sample ``i``, or an empty string."""
        return "" if self.labels is None else self.classes[self.labels[i]]

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over shape, bytes, split and labels: equal hashes mean equal data."""
        digest = hashlib.sha256(repr((self.x.shape, self.preparation)).encode())
        digest.update(np.array((*self.preparation.centre, *self.preparation.scale)).data)
        digest.update("\0".join(self.preparation.names).encode())
        digest.update(np.ascontiguousarray(self.x).data)
        digest.update(np.ascontiguousarray(self.test).data)
        if self.labels is not None:
            digest.update(np.ascontiguousarray(self.labels).data)
        return digest.hexdigest()


def shown(kept: Bytes, preparation: Preparation) -> Bytes:
    """Kept bytes stretched from 0..levels to 0..255 for the screen; any shape."""
    if preparation.levels == 255:
        return kept
    return (kept.astype(np.uint16) * 255 // preparation.levels).astype(np.uint8)


def picture_of(unit: Floats, shape: tuple[int, int, int]) -> Bytes:
    """Values in [0, 1], D of them in H, W, C order, as an (H, W, C) uint8 picture."""
    return (unit.reshape(shape).clip(0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)
