"""Samples for a model that was made for a range: theirs is recognised by its values, or refused.

Nothing is guessed from a few samples that may just be dark: they keep the model's range.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.data.dataset import Preparation
from explorer.data.steps.scaling import DIM, Extent, Scale
from explorer.errors import DataError

MANY = 10  # samples that tell a range together, where one alone does not
_FAR = 8  # times wider is plainly another range
_LOST = 64  # times wider leaves hardly a level of 255
_BYTES, _UNIT, _SIGNED, _SHADES = (0.0, 255.0), (0.0, 1.0), (-1.0, 1.0), (0.0, 16.0)
_BITS = (10, 12, 14, 16)  # of cameras

Range = tuple[float, float]


@dataclass(frozen=True)
class Seen:
    """The values of n samples."""

    extent: Extent
    dtype: np.dtype[np.generic]
    n: int

    @property
    def is_byte(self) -> bool:
        """Whether 255 is the most that they could be."""
        return self.dtype == np.uint8


def recognised(seen: Seen, kept: Preparation, where: str) -> tuple[Scale, list[str]]:
    """The scale that takes ``seen`` to the levels of ``kept``, and what a user should know.

    Raises DataError where the values are plainly of another range, and nobody knows of which.
    """
    wanted, found = (kept.low, kept.high), convention(seen)
    if _is_beyond(seen.extent, wanted):
        if found is None or not _is_trusted(seen, wanted):
            raise _refused(seen.extent, wanted, where)
        return taken_from(found, kept)
    if found is not None and _is_plainly_other(seen, found, wanted):
        return taken_from(found, kept)
    if _is_lost(seen, wanted):
        raise _refused(seen.extent, wanted, where)
    return Scale(*wanted, kept.levels), _faint(seen, wanted)


def taken_from(found: Range, kept: Preparation) -> tuple[Scale, list[str]]:
    """The scale from a known range to that of ``kept``, with a word where they differ."""
    scale = Scale(*found, kept.levels)
    if found == (kept.low, kept.high):
        return scale, []
    of, to = _told(found), _told((kept.low, kept.high))
    return scale, [f"the values are taken from {of}, which is scaled to the model's {to}"]


def convention(seen: Seen) -> Range | None:
    """The range that people give such values; None where nobody knows."""
    low, high, whole = seen.extent.low, seen.extent.high, seen.extent.whole
    many = seen.n >= MANY
    if seen.dtype.kind == "b":
        return _UNIT
    if low < 0:
        return _SIGNED if -1 <= low < -0.5 and high <= 1 and (many or not whole) else None
    if high <= 1:
        plain = not whole and (seen.extent.grid or high > 0.5)
        return _UNIT if plain or (many and high > low) else None
    if whole and many and (low, high) == _SHADES:
        return _SHADES
    if high <= 255:
        return _BYTES if high >= DIM else None
    if not whole:
        return None
    bits = next((b for b in _BITS if high < 2**b), None)
    return (0.0, 2.0**bits - 1) if bits and (many or high >= 2**15) else None


def _is_beyond(extent: Extent, wanted: Range) -> bool:
    """Whether values lie a whole range outside; a little is clipped, and counted."""
    low, high = wanted
    if extent.whole and wanted == _BYTES and extent.high > 255:
        return True  # no bytes
    return extent.low < low - (high - low) or extent.high > high + (high - low)


def _is_trusted(seen: Seen, wanted: Range) -> bool:
    """Real numbers beside a range that is nobody's convention may be of any range."""
    return seen.extent.whole or _is_convention(wanted)


def _is_convention(wanted: Range) -> bool:
    return wanted in (_UNIT, _SIGNED, _SHADES) or (
        wanted[0] == 0 and wanted[1] >= 255 and wanted[1] == round(wanted[1])
    )


def _is_plainly_other(seen: Seen, found: Range, wanted: Range) -> bool:
    """Whether values that fit into ``wanted`` were none the less meant otherwise."""
    if found == _SIGNED and wanted[0] >= 0:
        return True
    if found == _UNIT and wanted == _SIGNED:
        return seen.n >= MANY and seen.extent.low == 0
    if not _is_convention(wanted) or _FAR * (found[1] - found[0]) > wanted[1] - wanted[0]:
        return False
    if found == _SHADES:
        return wanted == _BYTES
    return found in (_UNIT, _SIGNED) or (found == _BYTES and seen.is_byte)


def _is_lost(seen: Seen, wanted: Range) -> bool:
    """Whether hardly a level would be left of many samples of real numbers."""
    low, high = seen.extent.low, seen.extent.high
    if seen.extent.whole or seen.n < MANY or low == high or not _is_convention(wanted):
        return False
    return wanted[0] <= low and high <= wanted[0] + (wanted[1] - wanted[0]) / _LOST


def _faint(seen: Seen, wanted: Range) -> list[str]:
    """What hardly differs from black or from white, a sentence. Of bytes the start was seen."""
    low, high = seen.extent.low, seen.extent.high
    room = (wanted[1] - wanted[0]) / _FAR
    black, white = high <= wanted[0] + room, low >= wanted[1] - room and not seen.is_byte
    if low == high or not (black or white):
        return []
    shade = "black" if black else "white"
    what = f"all values lie from {low:g} to {high:g}, nearly {shade} in the model's"
    return [f"{what} {_told(wanted)}: if they are not, scale them"]


def _refused(extent: Extent, wanted: Range, where: str) -> DataError:
    return DataError(
        f"values from {extent.low:g} to {extent.high:g} are none of the model's, which go from"
        f" {_told(wanted)}",
        where=where,
        remedy="scale them to that range, or save them as pictures of 8 bits",
    )


def _told(found: Range) -> str:
    return f"{found[0]:g} to {found[1]:g}"
