"""Which axis is what: an array read as pictures, signals or a table.

Without a kind given, (n, h, w) is pictures unless one side is as short as channels are; (n, m) is
pictures where m is a square and the values are no other thing's, signals where neighbours are
alike, else a table. What had to be guessed is said.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from explorer.data.raw import Array, Source
from explorer.data.steps.looking import look_at
from explorer.data.steps.sizing import LARGEST, SMALLEST
from explorer.errors import DataError

_CHANNELS = (1, 3, 4)  # grey, RGB, RGBA
_THIN = 4  # sides up to this are channels of a signal, not the height of a picture
_THIN_IF_NO_BYTES = 16  # and up to this where the values are no bytes
_SHORTEST = 32  # values that make a signal
_MOST_FEATURES = 3 * LARGEST * LARGEST


@dataclass(frozen=True)
class Layout:
    """kind: images, signals or table. shape: (H, W, C) of one sample, with H = 1 but for images.

    order: how it lies on the disk: hw, hwc, chw, lc, cl or flat. warnings: what had to be guessed.
    """

    kind: str
    shape: tuple[int, int, int]
    order: str
    warnings: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[int, ...]:
        """The shape as people say it: (H, W, C), (length, channels) or (columns,)."""
        return {"images": self.shape, "signals": self.shape[1:], "table": self.shape[1:2]}[
            self.kind
        ]


def layout_of(source: Source, kind: str | None = None) -> Layout:
    """The layout of an array of samples, of this kind if given; raises DataError if it has none."""
    shape = source.shape
    if len(shape) not in (2, 3, 4) or 0 in shape[1:]:
        raise DataError(
            f"{source.name} has the shape {_text(shape)}, which is no array of samples",
            where=source.where,
            remedy="give (n, height, width[, channels]), (n, length[, channels]) or (n, columns)",
        )
    if source.dtype.kind in "US":
        raise DataError(
            f"{source.name} holds text, not numbers",
            where=source.where,
            remedy="give the samples as uint8 or float32",
        )
    found = (_guessed if kind is None else _KINDS[kind])(source)
    if found.kind != "images" and math.prod(found.shape) > _MOST_FEATURES:
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
    return {2: _flat, 3: _thin_or_grey, 4: _coloured}[len(source.shape)](source)


def _flat(source: Source) -> Layout:
    length = source.shape[1]
    pictures = square(length)
    if source.dtype == np.uint8 or (length < _SHORTEST and pictures is None):
        return pictures or _row(length, f"rows of {length:,} values are taken as a table")
    look = look_at(source)
    in_range = (look.low >= 0 and look.high <= 255) or (look.low == -1 and look.high <= 1)
    if pictures is not None and (in_range or source.dtype.kind in "bu"):
        return pictures
    rows = f"rows of {length:,} values whose neighbours"
    if look.alike and length >= _SHORTEST:
        said = f"{rows} are alike are taken as signals; --kind table says otherwise"
        return Layout("signals", (1, length, 1), "lc", (said,))
    return _row(length, f"{rows} differ are taken as a table; --kind signals says otherwise")


def square(length: int) -> Layout | None:
    """Rows of this length as square pictures, where they can be some."""
    for channels in (1, 3):
        side = math.isqrt(length // channels)
        if channels * side * side == length and SMALLEST <= side <= LARGEST:
            order = " in the order height, width, colour" if channels == 3 else ""
            said = f"rows of {length:,} values are taken as {side} x {side} pictures{order}"
            return Layout("images", (side, side, channels), "flat", (said,))
    return None


def _row(length: int, *said: str) -> Layout:
    return Layout("table", (1, length, 1), "flat", said)


def _thin_or_grey(source: Source) -> Layout:
    short, long = sorted(source.shape[1:])
    most = _THIN if source.dtype == np.uint8 else _THIN_IF_NO_BYTES
    if short > most or long < 4 * short:
        return _grey(source)
    _refuse_one_picture(source)
    found = _signals(source)
    _, length, channels = found.shape
    counted = f"{channels} channels" if channels > 1 else "one channel"
    said = f"the shape {_text(source.shape)} is read as signals of {length:,} values in {counted}"
    return Layout(found.kind, found.shape, found.order, (said,))


def _grey(source: Source) -> Layout:
    return Layout("images", (*source.shape[1:], 1), "hw")  # type: ignore[arg-type]


def _refuse_one_picture(source: Source) -> None:
    """Bytes (h, w, 3) are more likely one picture in colour than h signals."""
    height, width, channels = source.shape
    if (
        source.dtype == np.uint8
        and channels in (3, 4)
        and max(height, width) < 4 * min(height, width)
    ):
        raise DataError(
            f"{source.name} of shape {_text(source.shape)} holds a single picture",
            where=source.where,
            remedy="give (n, height, width, channels), or --kind signals for (n, length, channels)",
        )


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


def _images(source: Source) -> Layout:
    if len(source.shape) > 2:
        return (_grey if len(source.shape) == 3 else _coloured)(source)
    found = square(source.shape[1])
    return (
        found
        if found is not None
        else _no(source, "pictures", "(n, height, width), or rows as long as square pictures")
    )


def _signals(source: Source) -> Layout:
    """(n, L), (n, L, C), (n, C, L) where C is the short one, or our own (n, 1, L, C)."""
    axes = source.shape[1:]
    if len(axes) == 3 and axes[0] == 1:
        axes = axes[1:]
    if len(axes) == 1:
        return Layout("signals", (1, axes[0], 1), "lc")
    if len(axes) == 3:
        return _no(source, "signals", "(n, length, channels)")
    a, b = axes
    if len(source.shape) == 3 and a < b and a <= _THIN_IF_NO_BYTES:
        return Layout("signals", (1, b, a), "cl")
    return Layout("signals", (1, a, b), "lc")


def _table(source: Source) -> Layout:
    if len(source.shape) != 2:
        return _no(source, "a table", "(n, columns)")
    return _row(source.shape[1])


def _no(source: Source, kind: str, wanted: str) -> Layout:
    raise DataError(
        f"{source.name} of shape {_text(source.shape)} cannot be read as {kind}",
        where=source.where,
        remedy=f"give {wanted}",
    )


def _text(shape: tuple[int, ...]) -> str:
    return "(" + ", ".join(str(s) for s in shape) + ("," if len(shape) == 1 else "") + ")"


_KINDS = {"images": _images, "signals": _signals, "table": _table}
