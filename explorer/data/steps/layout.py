"""Which axis is what: the shape of an array read as pictures, signals or a table."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from explorer.data.raw import Array, Source
from explorer.data.steps.sizing import LARGEST, SMALLEST
from explorer.errors import DataError

_CHANNELS = (1, 3, 4)  # grey, RGB, RGBA
_THIN = 4  # sides up to this are channels of a signal, not the height of a picture


@dataclass(frozen=True)
class Layout:
    """kind: images, signals or table. shape: of one sample, (H, W, C) for images.

    order: how it lies on the disk: hw, hwc, chw or flat. warnings: what had to be guessed.
    """

    kind: str
    shape: tuple[int, ...]
    order: str = ""
    warnings: tuple[str, ...] = ()


def layout_of(source: Source) -> Layout:
    """The layout of an array of samples; raises DataError where it cannot be one."""
    shape = source.shape
    if len(shape) not in (2, 3, 4) or 0 in shape[1:]:
        raise DataError(
            f"{source.name} has the shape {_text(shape)}, which is no array of pictures",
            where=source.where,
            remedy="give (n, height, width) or (n, height, width, channels)",
        )
    if source.dtype.kind in "US":
        raise DataError(
            f"{source.name} holds text, not numbers",
            where=source.where,
            remedy="give the pictures as uint8 or float32",
        )
    return {2: _flat, 3: _grey, 4: _coloured}[len(shape)](source)


def require_images(layout: Layout, source: Source) -> None:
    """Raise DataError unless the samples are pictures."""
    if layout.kind == "images":
        return
    what = {"signals": "signals or a single picture", "table": "rows of a table"}[layout.kind]
    raise DataError(
        f"{source.name} of shape {_text(source.shape)} holds {what}, and only pictures can be"
        " explored so far",
        where=source.where,
        remedy="give (n, height, width) or (n, height, width, channels)",
    )


def arranged(block: Array, layout: Layout) -> Array:
    """A block of samples as (b, H, W, C): a view, nothing is copied."""
    if layout.order == "hw":
        return block[..., None]
    if layout.order == "chw":
        return np.moveaxis(block, 1, -1)
    return block.reshape(len(block), *layout.shape)


def _flat(source: Source) -> Layout:
    length = source.shape[1]
    for channels in (1, 3):
        side = math.isqrt(length // channels)
        if channels * side * side == length and SMALLEST <= side <= LARGEST:
            order = " in the order height, width, colour" if channels == 3 else ""
            said = f"rows of {length:,} values are taken as {side} x {side} pictures{order}"
            return Layout("images", (side, side, channels), "flat", (said,))
    return Layout("table", (length,))


def _grey(source: Source) -> Layout:
    height, width = source.shape[1:]
    short, long = sorted((height, width))
    if short <= _THIN and long >= 4 * short:
        return Layout("signals", (height, width))
    return Layout("images", (height, width, 1), "hw")


def _coloured(source: Source) -> Layout:
    a, b, c = source.shape[1:]
    last, first = c in _CHANNELS, a in _CHANNELS
    if not (last or first):
        raise DataError(
            f"{source.name} has the shape {_text(source.shape)}, where neither the second nor"
            " the last axis is 1, 3 or 4 channels",
            where=source.where,
            remedy="give (n, height, width, channels)",
        )
    if last and first and not c == 1 == a:
        said = f"the shape {_text(source.shape)} is read with the channels last"
        return Layout("images", (a, b, c), "hwc", (said,))
    return Layout("images", (a, b, c), "hwc") if last else Layout("images", (b, c, a), "chw")


def _text(shape: tuple[int, ...]) -> str:
    return "(" + ", ".join(str(s) for s in shape) + ("," if len(shape) == 1 else "") + ")"
