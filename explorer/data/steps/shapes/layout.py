"""Which axis is what: an array read as pictures, signals or a table.

Without a kind given, (n, h, w) is pictures unless one side is as short as channels are; (n, m) is
pictures where m is a square and the values are no other thing's, signals where neighbours are
alike, else a table. What had to be guessed is said.
"""

from __future__ import annotations

import math

import numpy as np

from explorer.data.kinds import kinds
from explorer.data.kinds.images import LARGEST, coloured, grey, square
from explorer.data.kinds.signals import MOST_CHANNELS
from explorer.data.kinds.table import row
from explorer.data.layout import Layout, shape_text
from explorer.data.raw import Array, Source
from explorer.data.steps.shapes.looking import look_at
from explorer.errors import DataError

_THIN = 4  # sides up to this are channels of a signal, not the height of a picture
_SHORTEST = 32  # values that make a signal
_MOST_FEATURES = 3 * LARGEST * LARGEST


def layout_of(source: Source, kind: str | None = None) -> Layout:
    """The layout of an array of samples, of this kind if given; raises DataError if it has none."""
    shape = source.shape
    if len(shape) not in (2, 3, 4) or 0 in shape[1:]:
        raise DataError(
            f"{source.name} has the shape {shape_text(shape)}, which is no array of samples",
            where=source.where,
            remedy="give (n, height, width[, channels]), (n, length[, channels]) or (n, columns)",
        )
    if source.dtype.kind in "US":
        raise DataError(
            f"{source.name} holds text, not numbers",
            where=source.where,
            remedy="give the samples as uint8 or float32",
        )
    found = (_guessed if kind is None else kinds[kind].laid_out)(source)
    if kinds[found.kind].standardised and math.prod(found.shape) > _MOST_FEATURES:
        raise DataError(
            f"samples of {math.prod(found.shape):,} values are too long to be explored",
            where=source.where,
            remedy=f"give at most {_MOST_FEATURES:,}, every tenth for instance",
        )
    return found


def arranged(block: Array, layout: Layout) -> Array:
    """A block of samples as (b, H, W, C): a view, nothing is copied."""
    if layout.order == "hw":
        return block[..., None]
    if layout.order == "chw":
        return np.moveaxis(block, 1, -1)
    if layout.order == "cl":
        return block.swapaxes(1, 2)[:, None]
    return block.reshape(len(block), *layout.shape)


def _guessed(source: Source) -> Layout:
    return {2: _flat, 3: _thin_or_grey, 4: coloured}[len(source.shape)](source)


def _flat(source: Source) -> Layout:
    length = source.shape[1]
    pictures = square(length)
    if source.dtype == np.uint8 or (length < _SHORTEST and pictures is None):
        return pictures or row(length, f"rows of {length:,} values are taken as a table")
    look = look_at(source)
    in_range = (look.low >= 0 and look.high <= 255) or (look.low == -1 and look.high <= 1)
    if pictures is not None and (in_range or source.dtype.kind in "bu"):
        return pictures
    rows = f"rows of {length:,} values whose neighbours"
    if look.alike and length >= _SHORTEST:
        said = f"{rows} are alike are taken as signals; --kind table says otherwise"
        return Layout("signals", (1, length, 1), "lc", (said,))
    return row(length, f"{rows} differ are taken as a table; --kind signals says otherwise")


def _thin_or_grey(source: Source) -> Layout:
    short, long = sorted(source.shape[1:])
    most = _THIN if source.dtype == np.uint8 else MOST_CHANNELS
    if short > most or long < 4 * short:
        return grey(source)
    _refuse_one_picture(source)
    found = kinds["signals"].laid_out(source)
    _, length, channels = found.shape
    counted = f"{channels} channels" if channels > 1 else "one channel"
    values = f"{length:,} values in {counted}"
    said = f"the shape {shape_text(source.shape)} is read as signals of {values}"
    return Layout(found.kind, found.shape, found.order, (said,))


def _refuse_one_picture(source: Source) -> None:
    """Bytes (h, w, 3) are more likely one picture in colour than h signals."""
    height, width, channels = source.shape
    if (
        source.dtype == np.uint8
        and channels in (3, 4)
        and max(height, width) < 4 * min(height, width)
    ):
        raise DataError(
            f"{source.name} of shape {shape_text(source.shape)} holds a single picture",
            where=source.where,
            remedy="give (n, height, width, channels), or --kind signals for (n, length, channels)",
        )
