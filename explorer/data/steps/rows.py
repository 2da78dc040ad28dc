"""What is settled before the data is looked at, and the rows that come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.data.dataset import Bytes, Floats, Preparation
from explorer.data.steps.labelling import Labelled
from explorer.data.steps.scaling import Scale
from explorer.data.steps.sizing import Size, size_warning
from explorer.errors import DataError


@dataclass(frozen=True)
class PreparationOptions:
    """preparation: repeat this one. size: side of the pictures. scale: a known range.

    held_out: the share of the test part where the data brings no split. kind: read it as this.
    scaling: what of a signal has a scale of its own, one of SCALINGS.
    """

    preparation: Preparation | None = None
    size: int | None = None
    scale: Scale | None = None
    held_out: float = 0.1
    kind: str | None = None
    scaling: str | None = None

    def kind_for(self, said: str | None) -> str | None:
        """The kind to read arrays as; ``said``: what the file says. None leaves it to the shape."""
        return self.preparation.kind if self.preparation else self.kind or said


@dataclass(frozen=True, eq=False)
class Rows:
    """Prepared samples, not yet split. test: the split that the data brings, if any."""

    x: Bytes | Floats
    preparation: Preparation
    labels: Labelled
    test: NDArray[np.bool_] | None = None
    names: tuple[str, ...] | None = None
    warnings: tuple[str, ...] = ()


def require_two(n: int, where: str) -> None:
    """Raise DataError for fewer samples than anything can be learned from."""
    if n < 2:
        raise DataError(
            "there is only one sample" if n == 1 else "there are no samples",
            where=where,
            remedy="give at least two",
        )


def fitting_warnings(sizes: Sequence[Size], channels: int, kept: Preparation) -> list[str]:
    """What is done to pictures of ``sizes`` so that they fit a model made for ``kept``."""
    said = [size_warning(sizes, (kept.height, kept.width))]
    if min(channels, 3) > kept.channels:
        said.append("the model is of grey pictures: colours are turned to grey")
    elif channels < kept.channels:
        said.append("the model is of pictures in colour: these are grey")
    return [sentence for sentence in said if sentence]


def in_channels(pixels: Bytes, channels: int, levels: int) -> Bytes:
    """(..., H, W, C) grey, RGB or RGBA as ``channels`` 1 or 3: over white, luma for grey."""
    if pixels.shape[-1] == 4:
        alpha = pixels[..., 3:].astype(np.uint32)
        over = pixels[..., :3] * alpha + levels * (levels - alpha)
        pixels = ((over + levels // 2) // levels).astype(np.uint8)
    if pixels.shape[-1] == channels:
        return pixels
    if channels == 3:
        return np.repeat(pixels, 3, axis=-1)
    # ITU-R 601-2 luma in the integers Pillow uses, so both ways to grey agree
    red, green, blue = (pixels[..., i : i + 1].astype(np.uint32) for i in range(3))
    return ((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16).astype(np.uint8)
