"""Pictures, grey or in colour."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from explorer.data.kinds import BINARISATIONS, Kind, kinds
from explorer.data.layout import Layout, Stored, refuse, shape_text
from explorer.errors import DataError

if TYPE_CHECKING:
    from explorer.data.pictures.pixels import Bytes, Floats
    from explorer.data.preparation import Preparation

SMALLEST, LARGEST = 8, 128  # pixels a side that data is kept in
SIDES = (4, 512)  # pixels a side that a model takes
CHANNELS = (1, 3, 4)  # grey, RGB, RGBA


class Images(Kind):
    """Bytes; a model sees them in [0, 1]."""

    name = "images"
    one, many = "picture", "pictures"
    dtype = "uint8"
    bounded = True
    ends = (0.0, 1.0)
    blank = 0.5
    mse_unit = "per feature, brightness from 0 to 1"
    values = "pixels"
    range_note = " (black .. white)"
    binarisations = BINARISATIONS
    in_plane = True
    takes_pictures = True
    chart = ""
    drawn_along = None
    convolutions = "conv"

    def laid_out(self, source: Stored) -> Layout:
        """(n, H, W), (n, H, W, C), (n, C, H, W), or rows as long as square pictures."""
        if len(source.shape) > 2:
            return (grey if len(source.shape) == 3 else coloured)(source)
        found = square(source.shape[1])
        if found is None:
            refuse(source, self.many, "(n, height, width), or rows as long as square pictures")
        return found

    def counted(self, preparation: Preparation) -> str:
        """Height, width, colours."""
        colours = "grey" if preparation.channels == 1 else "colour"
        return f"{preparation.height} \u00d7 {preparation.width} {colours}"

    def misfit(self, shape: tuple[int, int, int]) -> tuple[str, str] | None:
        """Sides beyond reason, or channels that are no colours."""
        height, width, channels = shape
        sides = SIDES[0] <= min(height, width) <= max(height, width) <= SIDES[1]
        if sides and channels in (1, 3):
            return None
        return (
            f"pictures of {height} x {width} x {channels} cannot be modelled",
            f"use grey or colour pictures with sides from {SIDES[0]} to {SIDES[1]}",
        )

    def steps(self, preparation: Preparation) -> int:
        """The levels that bytes are kept in; what is drawn black or white has one step."""
        return preparation.levels if preparation.binarisation == "none" else 1

    def unit(self, kept: Bytes | Floats, levels: int) -> Floats:
        """In [0, 1]."""
        import numpy as np

        return kept.astype(np.float32) / np.float32(levels)

    def drawn(self, row: Floats, preparation: Preparation, scale: int) -> Bytes:
        """The picture itself, in its own size."""
        from explorer.data.pictures.pixels import picture_of

        return picture_of(row, preparation.shape)

    def all_drawn(self, rows: Floats, preparation: Preparation) -> Bytes:
        """All at once."""
        from explorer.data.pictures.pixels import picture_of

        height, width, channels = preparation.shape
        tall = picture_of(rows, (len(rows) * height, width, channels))
        return tall.reshape(len(rows), height, width, channels)

    def drawn_shape(self, preparation: Preparation, scale: int) -> tuple[int, int, int]:
        """(H, W, C)."""
        return preparation.shape

    def shown(self, kept: Bytes | Floats, preparation: Preparation, scale: int) -> Bytes:
        """Stretched to 0..255, in its own size."""
        import numpy as np

        from explorer.data.pictures.pixels import stretched

        return stretched(np.asarray(kept, np.uint8), preparation.levels)

    def seen(self, rows: Floats, preparation: Preparation) -> Bytes | Floats:
        """The bytes on the screen."""
        import numpy as np

        from explorer.data.pictures.pixels import picture_of

        return np.stack([picture_of(row, preparation.shape) for row in rows])


kinds.register("images")(Images())


def grey(source: Stored) -> Layout:
    """(n, H, W)."""
    _, height, width = source.shape
    return Layout("images", (height, width, 1), "hw")


def coloured(source: Stored) -> Layout:
    """(n, H, W, C) or (n, C, H, W). Raises DataError where neither axis is that of channels."""
    a, b, c = source.shape[1:]
    last, first = c in CHANNELS, a in CHANNELS
    if not (last or first):
        raise DataError(
            f"{source.name} has the shape {shape_text(source.shape)}, where neither the second nor"
            " the last axis is 1, 3 or 4 channels",
            where=source.where,
            remedy="give (n, height, width, channels)",
        )
    if last and first and not c == 1 == a:
        said = f"the shape {shape_text(source.shape)} is read with the channels last"
        return Layout("images", (a, b, c), "hwc", (said,))
    return Layout("images", (a, b, c), "hwc") if last else Layout("images", (b, c, a), "chw")


def square(length: int) -> Layout | None:
    """Rows of this length as square pictures, where they can be some."""
    for channels in (1, 3):
        side = math.isqrt(length // channels)
        if channels * side * side == length and SMALLEST <= side <= LARGEST:
            order = " in the order height, width, colour" if channels == 3 else ""
            said = f"rows of {length:,} values are taken as {side} x {side} pictures{order}"
            return Layout("images", (side, side, channels), "flat", (said,))
    return None
