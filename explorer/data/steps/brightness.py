"""Which value is black and which is white in a set of picture files: one range for all of them.

Pictures of 8 bits go from 0 to 255, and deeper ones, whose files do not say, as far as the set's
values go.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from explorer.data.dataset import Preparation
from explorer.data.raw import Array, Held
from explorer.data.steps.recognising import MANY, Range, Seen, recognised, taken_from
from explorer.data.steps.scaling import DIM, Extent, Scale, extent_of, scale_for, union
from explorer.data.words.wording import many

_BYTES: Range = (0.0, 255.0)
_LOOKED_AT = 10_000  # pixels of a picture tell what is bright in it


@dataclass
class Brightness:
    """The values met in the pictures of a set.

    deep: positions of those deeper than 8 bits, whose values are seen_deep. flat: how many others
    there are, none of which is brighter than highest. bright: what hardly a value of the deeper
    ones is above, in any of them.
    """

    deep: list[int] = field(default_factory=list)
    flat: int = 0
    highest: int = 0
    seen_deep: Seen | None = None
    bright: float = -math.inf

    def note(self, position: int, pixels: Array) -> None:
        """Look at one picture (h, w, C)."""
        if pixels.dtype == np.uint8:
            self.flat += 1
            self.highest = max(self.highest, int(pixels.max()))
            return
        self.deep.append(position)
        some = pixels.ravel()[:: max(1, pixels.size // _LOOKED_AT)]
        self.bright = max(self.bright, float(np.percentile(some, 99, method="lower")))
        source = Held.of(pixels[None], "the picture", "")
        extent, before = extent_of([(0, pixels[None])], source, math.inf), self.seen_deep
        if before is None:
            self.seen_deep = Seen(extent, pixels.dtype, 1)
        else:
            dtype = np.result_type(before.dtype, pixels.dtype)
            self.seen_deep = Seen(union(before.extent, extent), dtype, before.n + 1)

    @property
    def seen_flat(self) -> Seen:
        """The values of the pictures of 8 bits."""
        extent = Extent(0.0, float(self.highest), whole=True, grid=self.highest <= 1)
        return Seen(extent, np.dtype(np.uint8), self.flat)

    @property
    def dtype(self) -> str:
        """What the values are kept as in the files."""
        return "uint8" if self.seen_deep is None else self.seen_deep.dtype.name


@dataclass(frozen=True)
class Ranges:
    """low, high: of the set. deep, flat: the scales of pictures deeper than 8 bits, and of those.

    said: what had to be decided, a sentence each.
    """

    low: float
    high: float
    deep: Scale
    flat: Scale
    said: tuple[str, ...] = ()


def resolved_ranges(found: Brightness, kept: Preparation | None, where: str) -> Ranges:
    """The ranges of a set; those that fit ``kept`` where a model was made for that.

    Raises DataError where the values are none of the model's, nor of a range that is known.
    """
    if kept is not None:
        return _repeated(found, kept, where)
    seen = found.seen_deep
    if seen is None:
        return _of_bytes(found)
    scale, _ = scale_for(seen.extent, seen.dtype, where)
    low, high = float(scale.low), float(scale.high)
    count = many(seen.n, "picture has", "pictures have")
    said = f"{count} more than 8 bits: black is {low:g} and white {high:g}, the range of the set"
    flat = f"; in {many(found.flat, 'picture', 'pictures')} of 8 bits black is 0 and white 255"
    said += flat if found.flat else ""
    return Ranges(low, high, Scale(low, high), Scale(), (said, *_outliers(found, low, high)))


def _outliers(found: Brightness, low: float, high: float) -> list[str]:
    """Whether a few pixels, hot ones of a camera for instance, leave all others black."""
    if low == high or found.bright > low + (high - low) / 8:
        return []
    return [f"hardly a value is above {found.bright:g}: a few bright pixels set the range"]


def _of_bytes(found: Brightness) -> Ranges:
    """Of a set of 8 bits; one that stays dark was scaled to its maximum, as arrays of bytes are."""
    high = found.highest
    if found.flat < MANY or not 0 < high < DIM:
        return Ranges(*_BYTES, Scale(), Scale())
    said = (
        f"no picture is brighter than {high} of 255: they go from black to white from 0 to {high}"
    )
    return Ranges(0.0, float(high), Scale(), Scale(0.0, float(high)), (said,))


def _repeated(found: Brightness, kept: Preparation, where: str) -> Ranges:
    deep = flat = Scale(kept.low, kept.high, kept.levels)
    said: list[str] = []
    if found.seen_deep is not None:
        deep, said = recognised(found.seen_deep, kept, where)
    if found.flat:
        flat, more = _repeated_bytes(found, kept, where)
        said += more
    return Ranges(kept.low, kept.high, deep, flat, tuple(dict.fromkeys(said)))


def _repeated_bytes(found: Brightness, kept: Preparation, where: str) -> tuple[Scale, list[str]]:
    """255 is white by the format, unless the model knows bytes that stay dark."""
    is_of_bytes = kept.low == 0 and 1 <= kept.high <= 255 and kept.high == round(kept.high)
    if is_of_bytes and found.highest <= kept.high:
        return recognised(found.seen_flat, kept, where)
    return taken_from(_BYTES, kept)
