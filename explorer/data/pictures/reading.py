"""One picture file as pixels, whatever its mode; files of strangers are opened with care."""

from __future__ import annotations

import io
import logging
import math
import stat
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import numpy as np
from PIL import Image, ImageOps

from explorer.data.files.archives import LARGEST_MEMBER
from explorer.data.pictures.deepcolour import is_deep_colour, joined, lower_half
from explorer.data.raw import Array
from explorer.data.steps.sizing import Size
from explorer.data.words.naming import printable
from explorer.errors import DataError

# what Pillow has to say of a broken file is said in our own sentence
logging.getLogger("PIL").setLevel(logging.CRITICAL)

# an allow-list, as Pillow advises: its rarer plug-ins are where the holes were
FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF", "PPM")
SUFFIXES = frozenset(
    [
        *(".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".dib"),
        *(".gif", ".webp", ".tif", ".tiff", ".ppm", ".pgm", ".pbm", ".pnm"),
    ]
)
_SEE_THROUGH = ("LA", "La", "PA", "RGBA", "RGBa")
_BROKEN_EXTRAS = (
    *(SyntaxError, ArithmeticError, LookupError, OSError, TypeError),
    *(ValueError, AttributeError, EOFError, struct.error),
)
_ORIENTATION, _SIDEWAYS = 0x0112, (5, 6, 7, 8)

Encoded = bytes | Image.Image  # a file, or one that is open and stands at a page

# how a picture of a telephone starts that was renamed
_PHONES = (b"ftypheic", b"ftypheix", b"ftypheif", b"ftypmif1", b"ftypmsf1", b"ftypavif")

DAMAGED = "the picture is damaged or not a picture"
SHALLOW = "of 16 bits a colour: the upper 8 are read"
TRANSPARENT = "transparent: laid over white"
FRAMES = (
    "of several frames or pages: the first is taken; to have them all, open the file alone,"
    " or save each as a picture"
)


@dataclass(frozen=True, eq=False)
class DecodedFile:
    """pixels: (h, w, C) uint8 with C = 1 where every pixel is grey, else 3.

    Of pictures deeper than 8 bits (h, w, C) the values themselves: what is black and white is said
    by the set that they belong to. size: (height, width) in the file, upright. odd: what had to be
    done.
    """

    pixels: Array
    size: Size
    odd: tuple[str, ...] = ()


def is_picture_name(name: str) -> bool:
    """Whether a file of this name is looked at."""
    return PurePosixPath(name).suffix.lower() in SUFFIXES


def read_regular(path: Path) -> bytes:
    """The bytes of a regular file; pipes, devices, and huge or unreadable files raise DataError."""
    where = printable(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DataError("not a regular file", where=where, remedy="leave it out")
        if status.st_size > LARGEST_MEMBER:
            raise DataError("too large for a picture", where=where, remedy="make it smaller")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not valid"
        raise DataError(
            f"the file cannot be read, {reason.lower()}", where=where, remedy="check the file"
        ) from error


def peek(data: Encoded, where: str) -> Size:
    """(height, width) from the header alone; raises DataError if it is no picture."""
    with _told(where, data), _opened(data) as image:
        # a PNG without EXIF in its head would be loaded in search of it
        known = image.format != "PNG" or "exif" in image.info
        return _upright_size(image.size, _orientation(image) if known else 1)


def decode(data: Encoded, where: str, near: Size | None = None) -> DecodedFile:
    """The first frame, upright, over white; raises DataError if it is broken.

    Of a picture that stands at a page already, that page. near: a size it will be scaled to, so
    that a large JPEG need not be decoded in full.
    """
    with _told(where, data), _opened(data) as image:
        deep = is_deep_colour(image)
        lower = lower_half(data, FORMATS) if deep and isinstance(data, bytes) else None
        found = _decoded(image, near, alone=not isinstance(data, bytes))
        return _deepened(found, image, lower) if deep else found


@contextmanager
def _opened(data: Encoded) -> Iterator[Image.Image]:
    if isinstance(data, bytes):
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            yield image
    else:
        if data.width * data.height > (Image.MAX_IMAGE_PIXELS or math.inf):
            raise Image.DecompressionBombError  # opening looked at the first page only
        yield data


@contextmanager
def _told(where: str, data: Encoded) -> Iterator[None]:
    """Let every failure leave as one sentence; Pillow's plug-ins raise anything."""
    try:
        with warnings.catch_warnings():
            _strict()
            yield
    except Exception as error:
        raise _unreadable(error, where, data) from error


def _strict() -> None:
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def _decoded(image: Image.Image, near: Size | None, *, alone: bool) -> DecodedFile:
    size = image.size
    if near is not None and image.format == "JPEG":
        side = 2 * max(near)
        image.draft(None, (side, side))
    image.load()  # before anything else: Pillow's getexif loads too, and fails only once
    upright, odd = _upright(image), []
    if upright.mode in _SEE_THROUGH or "transparency" in upright.info:
        upright, seen = _over_white(upright)
        odd += [TRANSPARENT] if seen else []
    pixels = _pixels(upright)
    if not alone and _has_more(image):  # last, as it seeks away from the first
        odd.append(FRAMES)
    return DecodedFile(pixels, _upright_size(size, _orientation(image)), tuple(odd))


def _deepened(found: DecodedFile, image: Image.Image, lower: Image.Image | None) -> DecodedFile:
    """With all 16 bits of its colours, or a word where only the upper 8 can be had."""
    whole = None if lower is None else joined(_upright(image), _upright(lower))
    if whole is None:
        return replace(found, odd=(*found.odd, SHALLOW))
    return replace(found, pixels=whole)


def _has_more(image: Image.Image) -> bool:
    try:
        return bool(getattr(image, "is_animated", False))
    except _BROKEN_EXTRAS:
        return False


def _upright_size(size: tuple[int, int], orientation: int) -> Size:
    width, height = size
    return (width, height) if orientation in _SIDEWAYS else (height, width)


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except _BROKEN_EXTRAS:  # does not spoil the picture
        return 1


def _upright(image: Image.Image) -> Image.Image:
    if _orientation(image) == 1:
        return image
    try:
        return ImageOps.exif_transpose(image)
    except _BROKEN_EXTRAS:
        return image


def _over_white(image: Image.Image) -> tuple[Image.Image, bool]:
    clear = image.convert("RGBA")
    white = Image.new("RGBA", clear.size, "white")
    seen = clear.getchannel("A").getextrema() != (255, 255)
    return Image.alpha_composite(white, clear).convert("RGB"), seen


def _pixels(image: Image.Image) -> Array:
    if image.mode.startswith("I") or image.mode == "F":
        return _deep(np.asarray(image))[..., None]
    if image.mode in ("1", "L"):
        return np.asarray(image.convert("L"))[..., None]
    pixels = np.asarray(image.convert("RGB"))
    grey = (pixels[..., :1] == pixels[..., 1:]).all()
    return np.ascontiguousarray(pixels[..., :1]) if grey else pixels


def _deep(values: Array) -> Array:
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        raise _NotFinite
    return values.astype(values.dtype.newbyteorder("="))


class _NotFinite(ValueError):
    """A picture of real numbers that are not all numbers."""


def _unreadable(error: Exception, where: str, data: Encoded) -> DataError:
    what, remedy = DAMAGED, "save it again as PNG"
    if isinstance(error, (Image.DecompressionBombError, Image.DecompressionBombWarning)):
        what = "the picture unpacks to too many pixels"
    elif isinstance(error, _NotFinite):
        what, remedy = "the picture holds NaN or infinity", "fill the gaps with numbers"
    elif isinstance(data, bytes) and data[4:12] in _PHONES:
        what, remedy = "the picture is HEIC or AVIF, whatever its name", "save it as PNG"
    return DataError(what, where=where, remedy=remedy, details=repr(error))
