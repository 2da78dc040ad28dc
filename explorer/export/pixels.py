"""Pixels on their way to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.export.things import Bytes

if TYPE_CHECKING:
    from PIL.Image import Image


def as_image(picture: Bytes) -> Image:
    """(H, W, C) uint8 as Pillow has it: grey without its one channel."""
    from PIL import Image

    return Image.fromarray(picture[..., 0] if picture.shape[-1] == 1 else picture)


def enlarged(pictures: Bytes, side: int) -> Bytes:
    """Every pixel as a block, so that a picture is about ``side`` px high: (n, H', W', C)."""
    factor = max(1, side // pictures.shape[1])
    return pictures.repeat(factor, axis=1).repeat(factor, axis=2)
