"""Pictures of 16 bits a colour. Pillow reads the upper 8 of them, or the lower 8 if asked to."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageFile

from explorer.data.raw import Array

_OTHER_HALF = {
    f"{mode};16{a}": f"{mode};16{b}" for mode in ("RGB", "RGBA") for a, b in ("BL", "LB")
}


def is_deep_colour(image: Image.Image) -> bool:
    """Whether a picture that is not loaded yet has more bits a colour than Pillow keeps."""
    return image.mode in ("RGB", "RGBA", "LA") and ";16" in _raw_mode(image)


def lower_half(data: bytes, formats: tuple[str, ...]) -> Image.Image | None:
    """The same picture of its lower 8 bits; None where Pillow cannot give them."""
    image = Image.open(io.BytesIO(data), formats=formats)
    other = _OTHER_HALF.get(_raw_mode(image))
    if other is None:
        return None
    image.tile = [t._replace(args=_changed(t.args, other)) for t in image.tile]
    try:
        image.load()
    except (ValueError, OSError):  # not with this codec
        return None
    return image


def joined(upper: Image.Image, lower: Image.Image) -> Array | None:
    """(h, w, C) uint16 of both halves, C = 1 where all is grey; None where it is see-through."""
    high, low = (np.asarray(half).astype(np.uint16) for half in (upper, lower))
    whole = high * np.uint16(256) + low
    if whole.shape[-1] == 4:
        if (whole[..., 3] != 65535).any():
            return None
        whole = whole[..., :3]
    grey = (whole[..., :1] == whole[..., 1:]).all()
    return np.ascontiguousarray(whole[..., :1] if grey else whole)


def _raw_mode(image: Image.Image) -> str:
    tiles = image.tile if isinstance(image, ImageFile.ImageFile) else []
    arguments = tiles[0].args if tiles else ""
    return str(arguments[0] if isinstance(arguments, tuple) and arguments else arguments)


def _changed(arguments: object, mode: str) -> tuple[object, ...] | str:
    return (mode, *arguments[1:]) if isinstance(arguments, tuple) else mode
