"""A data set in memory, and the preparation that made it. Numpy only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.errors import DataError

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Preparation:
    """How raw samples became rows; written down with the data so that a later encode repeats it.

    A raw value v is kept as ``round((v - low) / (high - low) * levels)`` in uint8, and
    ``kept / levels`` lies in [0, 1]. channels: 1 (grey) or 3 (RGB).
    """

    height: int
    width: int
    channels: int = 1
    low: float = 0.0
    high: float = 255.0
    levels: int = 255

    @property
    def shape(self) -> tuple[int, int, int]:
        """(H, W, C)."""
        return (self.height, self.width, self.channels)

    @property
    def features(self) -> int:
        """D = H W C."""
        return self.height * self.width * self.channels


@dataclass(frozen=True, eq=False)
class Dataset:
    """n prepared samples, all of one shape, kept as bytes. Arrays are read-only.

    x: (n, H, W, C) uint8. labels: (n,) int64 index into ``classes``, or None.
    test: (n,) bool, True for the held-out part. warnings: what was odd, a sentence each.
    """

    name: str
    x: Bytes
    preparation: Preparation
    test: NDArray[np.bool_]
    labels: NDArray[np.int64] | None = None
    classes: tuple[str, ...] = ()
    source: str = ""
    warnings: tuple[str, ...] = ()
    kind: str = "images"
    names: tuple[str, ...] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.x.dtype != np.uint8 or self.x.shape[1:] != self.preparation.shape:
            raise DataError(
                f"samples are {self.x.dtype} {self.x.shape[1:]},"
                f" not uint8 {self.preparation.shape}",
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
    def train_index(self) -> NDArray[np.int64]:
        """(n_train,) positions of the training part."""
        return np.flatnonzero(~self.test)

    @property
    def test_index(self) -> NDArray[np.int64]:
        """(n_test,) positions of the held-out part."""
        return np.flatnonzero(self.test)

    def unit(self, index: NDArray[np.int64] | slice) -> Floats:
        """Rows in [0, 1] units, flattened: (b, D) float32 in H, W, C order."""
        rows = self.x[index].reshape(-1, self.preparation.features)
        return rows.astype(np.float32) / np.float32(self.preparation.levels)

    def picture(self, i: int) -> Bytes:
        """Sample ``i`` as it is shown: (H, W, C) uint8 over the full 0..255."""
        return shown(self.x[i], self.preparation)

    def label_name(self, i: int) -> str:
        """The class of sample ``i``, or an empty string."""
        return "" if self.labels is None else self.classes[self.labels[i]]

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over shape, bytes, split and labels: equal hashes mean equal data."""
        digest = hashlib.sha256(repr((self.x.shape, self.preparation)).encode())
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
