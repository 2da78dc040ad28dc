"""Tiles of one level, put together as one picture: a screen lays it down at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from explorer.app.atlas.wanted import rect_of
from explorer.app.parts.values import View
from explorer.compute.decoding.tiles import Pixels, Tile


class Sheet(NamedTuple):
    """at: left, right, bottom, top in the plane. pixels: 0xAARRGGBB, the upper edge first.

    Where no tile is, it is clear.
    """

    at: View
    pixels: Pixels


def sheets(tiles: Sequence[Tile], there: Mapping[Tile, Pixels], aspect: float) -> list[Sheet]:
    """One for each run of tiles of a level, in their order; aspect: height over width of a cell."""
    runs = groupby(tiles, key=lambda tile: tile.level)
    return [_sheet(list(run), there, aspect) for _level, run in runs]


def _sheet(tiles: Sequence[Tile], there: Mapping[Tile, Pixels], aspect: float) -> Sheet:
    low = tiles[0]._replace(i=min(t.i for t in tiles), j=min(t.j for t in tiles))
    high = tiles[0]._replace(i=max(t.i for t in tiles), j=max(t.j for t in tiles))
    across, up = high.i - low.i + 1, high.j - low.j + 1
    h, w = there[tiles[0]].shape
    pixels = np.zeros((up * h, across * w), np.uint32)
    for tile in tiles:
        above, left = (high.j - tile.j) * h, (tile.i - low.i) * w
        pixels[above : above + h, left : left + w] = there[tile]
    (left_, _, bottom, _), (_, right, _, top) = rect_of(low, aspect), rect_of(high, aspect)
    return Sheet((left_, right, bottom, top), pixels)
