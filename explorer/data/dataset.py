"""A data set in memory. Numpy only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.data.choices import NO_CHOICES, Choices
from explorer.data.kinds import kind_of
from explorer.data.pictures.pixels import Bytes, Floats
from explorer.data.preparation import Preparation
from explorer.errors import DataError

__all__ = ["Bytes", "Dataset", "Floats", "Preparation"]


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
        dtype = np.dtype(kind_of(self).dtype)
        if self.x.dtype != dtype or self.x.shape[1:] != self.preparation.shape:
            raise DataError(
                f"samples are {self.x.dtype} {self.x.shape[1:]},"
                f" not {dtype} {self.preparation.shape}",
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
        """A name in the registry of kinds."""
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
        return kind_of(self).unit(rows, self.preparation.levels)

    def picture(self, i: int, scale: int = 1) -> Bytes:
        """Sample ``i`` as it is shown: (H, W, C) uint8 over the full 0..255.

        scale: of a drawing; pictures have their own size.
        """
        return kind_of(self).shown(self.x[i], self.preparation, scale)

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
