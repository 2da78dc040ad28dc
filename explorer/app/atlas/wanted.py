"""Which tiles of the decoded plane a view wants, the coarse ones first. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Container
from dataclasses import dataclass

from explorer.app.parts.values import View
from explorer.compute.decoding.tiles import GRID, Tile

LEAST = 28  # px of the screen that a cell is wide at least, and as many as its picture has
STEP = 2  # levels from a coarse one to the next
ACROSS = 8  # cells along the longer edge of a view that a first level has at most
DEEPEST = 40  # levels: cells of 1e-12 plane units, where no view of float32 codes comes to
BEHIND = 6  # levels above the finest that may stand in for it, as after a zoom
MOST_BYTES = 32 * 2**20  # of all tiles of one view


@dataclass(frozen=True)
class Sight:
    """What a view shows of a plane, on how many pixels of the screen, and how large pictures are.

    view: left, right, bottom, top. size: width and height in pixels of the device. ratio: of those
    to the pixels that people speak of. shape: height and width of a picture.
    """

    view: View
    size: tuple[int, int]
    shape: tuple[int, int]
    ratio: float = 1.0

    @property
    def aspect(self) -> float:
        """Height over width of a cell."""
        return self.shape[0] / self.shape[1]

    @property
    def empty(self) -> bool:
        """Whether nothing can be seen there."""
        left, right, bottom, top = self.view
        there = all(map(math.isfinite, self.view)) and left < right and bottom < top
        return not there or min(self.size) < 1 or min(self.shape) < 1


def finest(sight: Sight) -> int:
    """The level at which a pixel of a picture covers one pixel of the screen or up to two.

    A cell is never less than ``LEAST`` wide, so that small pictures can be recognised; and where
    all tiles of the view would take too much memory, the level is a coarser one.
    """
    per_unit = sight.size[0] / (sight.view[1] - sight.view[0])
    level = math.floor(math.log2(per_unit / max(sight.shape[1], LEAST * sight.ratio)))
    level = min(level, DEEPEST)
    each = 4 * GRID * GRID * sight.shape[0] * sight.shape[1]
    while _count(sight, level) * each > MOST_BYTES and _count(sight, level) > 4:
        level -= 1
    return level


def levels(sight: Sight) -> list[int]:
    """From the first to the finest: the first one has so few cells that they are there at once."""
    last = first = finest(sight)
    left, right, bottom, top = sight.view
    longer = max(right - left, (top - bottom) / sight.aspect)
    while longer * 2.0**first > ACROSS:
        first -= STEP
    return list(range(first, last + 1, STEP))


def drawn(sight: Sight, there: Container[Tile]) -> list[Tile]:
    """What is drawn of the tiles that are there, from below to above.

    The finest level, and until it is whole, below it the next finer one as it stands after a view
    from nearer by, and below that all coarser ones.
    """
    if sight.empty:
        return []
    found = levels(sight)
    last = tiles_in(sight, found[-1])
    if all(tile in there for tile in last):
        return last
    coarser = range(min(found[0], found[-1] - BEHIND), found[-1])
    below = [tile for level in coarser for tile in tiles_in(sight, level)]
    nearer = tiles_in(sight, found[-1] + 1)
    return [tile for tile in (*below, *nearer, *last) if tile in there]


def covered(sight: Sight, there: Container[Tile]) -> bool:
    """Whether one of the levels is whole: something decoded is everywhere in the view."""
    found = [] if sight.empty else levels(sight)
    whole = (all(tile in there for tile in tiles_in(sight, level)) for level in found)
    return not found or any(whole)


def wanted(sight: Sight, *, coarse: bool = False) -> list[Tile]:
    """The tiles that a view wants, in the order in which they should come; coarse: the first level.

    Each level as a whole before the next, from the middle outwards.
    """
    if sight.empty:
        return []
    found = levels(sight)
    return [tile for level in (found[:1] if coarse else found) for tile in tiles_in(sight, level)]


def tiles_in(sight: Sight, level: int) -> list[Tile]:
    """Those of a level that the view shows a part of, from its middle outwards."""
    (i0, i1), (j0, j1) = _ranges(sight, level)
    x, y = (i0 + i1) / 2, (j0 + j1) / 2
    found = [Tile(level, i, j) for i in range(i0, i1 + 1) for j in range(j0, j1 + 1)]
    return sorted(found, key=lambda tile: max(abs(tile.i - x), abs(tile.j - y)))


def rect_of(tile: Tile, aspect: float) -> View:
    """The part of the plane that a tile covers: left, right, bottom, top."""
    side = GRID * 2.0**-tile.level
    high = side * aspect
    return (tile.i * side, (tile.i + 1) * side, tile.j * high, (tile.j + 1) * high)


def _count(sight: Sight, level: int) -> int:
    (i0, i1), (j0, j1) = _ranges(sight, level)
    return (i1 - i0 + 1) * (j1 - j0 + 1)


def _ranges(sight: Sight, level: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first and the last tile along each axis."""
    left, right, bottom, top = sight.view
    side = GRID * 2.0**-level
    return _range(left, right, side), _range(bottom, top, side * sight.aspect)


def _range(low: float, high: float, side: float) -> tuple[int, int]:
    """What ends where a tile begins does not show that tile."""
    first = math.floor(low / side)
    return first, max(first, math.ceil(high / side) - 1)
