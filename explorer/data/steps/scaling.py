"""From values of any range to bytes: the range is settled once and written down."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from explorer.data.dataset import Bytes
from explorer.data.raw import Array, Source
from explorer.errors import DataError

DIM = 64  # a set of bytes that stays below this was scaled to its maximum, as digits to 16


@dataclass(frozen=True)
class Scale:
    """A value v is kept as ``round((v - low) / (high - low) * levels)``, clipped to 0..levels."""

    low: float = 0.0
    high: float = 255.0
    levels: int = 255

    def keep(self, block: Array) -> Bytes:
        """Finite values as bytes; bytes that already lie on the scale are not copied."""
        if block.dtype == np.uint8 and self.low == 0 and self.high == self.levels:
            return block if self.levels == 255 else np.minimum(block, np.uint8(self.levels))
        values: Array = block.astype(np.result_type(block, np.float32))  # doubles stay such
        values -= self.low
        values *= self.levels / (self.high - self.low)
        return np.asarray(np.rint(values).clip(0, self.levels), np.uint8)

    def outside(self, block: Array) -> int:
        """How many values ``keep`` would clip."""
        return int(np.count_nonzero((block < self.low) | (block > self.high)))


@dataclass(frozen=True)
class Extent:
    """What values there are. whole: integers only. grid: multiples of 1/255 only."""

    low: float
    high: float
    whole: bool
    grid: bool
    complete: bool = True


def require_finite(block: Array, start: int, source: Source) -> None:
    """Raise DataError naming the first sample that holds NaN or infinity."""
    if block.dtype.kind != "f" or np.isfinite(block).all():
        return
    bad = ~np.isfinite(block).all(axis=tuple(range(1, block.ndim)))
    raise DataError(
        f"sample {start + int(bad.argmax()):,} of {source.name} holds NaN or infinity",
        where=source.where,
        remedy="leave such samples out or fill the gaps",
    )


def extent_of(blocks: Iterable[tuple[int, Array]], source: Source, budget: float) -> Extent:
    """The extent of the first ``budget`` bytes; reading stops early once bytes reach 64."""
    low, high, whole, grid, seen = math.inf, -math.inf, True, True, 0
    is_byte = source.dtype == np.uint8
    for start, block in blocks:
        require_finite(block, start, source)
        low, high = min(low, float(block.min())), max(high, float(block.max()))
        if block.dtype.kind == "f":
            whole = whole and bool((block == np.rint(block)).all())
            grid = grid and low >= 0 and high <= 1 and _on_grid(block)
        seen += block.nbytes
        if (is_byte and high >= DIM) or seen >= budget:
            break
    complete = seen >= source.nbytes or (is_byte and high >= DIM)
    return Extent(low, high, whole, grid, complete)


def union(a: Extent, b: Extent) -> Extent:
    """The extent of two arrays together."""
    return Extent(
        min(a.low, b.low),
        max(a.high, b.high),
        a.whole and b.whole,
        a.grid and b.grid,
        a.complete and b.complete,
    )


def scale_for(extent: Extent, dtype: np.dtype[np.generic], where: str) -> tuple[Scale, list[str]]:
    """The scale for values of this extent, and what a user should know of it."""
    low, high = extent.low, extent.high
    if not math.isfinite(high - low):
        raise DataError(
            f"the values span too far, from {low:g} to {high:g}",
            where=where,
            remedy="scale them to 0..1",
        )
    if dtype.kind == "b" or (low >= 0 and high <= 1 and dtype.kind != "f"):
        return Scale(0, 1, 1), []
    if low >= 0 and high <= 1:
        return Scale(0, 1, 255), [] if extent.grid else [_rounded(dtype, 0, 1)]
    if low >= 0 and high <= 255 and high >= DIM:
        return Scale(0, 255, 255), [] if extent.whole else [_rounded(dtype, 0, 255)]
    return _own_range(extent, dtype)


def _own_range(extent: Extent, dtype: np.dtype[np.generic]) -> tuple[Scale, list[str]]:
    low, high = extent.low, extent.high
    if high < DIM:
        low = min(low, 0.0)  # black is nothing there
    if low >= -1 and high <= 1 and not extent.whole:
        low, high = -1.0, 1.0
    if low == high:
        high = low + max(1.0, abs(low))
    exact = extent.whole and high - low <= 255
    scale = Scale(low, high, int(high - low) if exact else 255)
    if exact:
        return scale, [f"values from {low:g} to {high:g} are shown from black to white"]
    return scale, [_rounded(dtype, low, high)]


def _rounded(dtype: np.dtype[np.generic], low: float, high: float) -> str:
    return f"{dtype.name} values from {low:g} to {high:g} are rounded to 256 steps"


def _on_grid(block: Array) -> bool:
    """Whether all values are k / 255, up to the rounding of their type."""
    steps = block * np.float32(255)
    slack = max(1e-3, 130 * float(np.finfo(block.dtype).eps))
    return bool((np.abs(steps - np.rint(steps)) <= slack).all())
