"""explorer.app.atlas.sheets: each tile stands where it is, and what lacks is clear."""

from __future__ import annotations

import numpy as np

from explorer.app.atlas.sheets import sheets
from explorer.app.atlas.wanted import rect_of
from explorer.compute.decoding.tiles import GRID, Tile


def _pixels(value: int) -> np.ndarray:
    return np.full((4, 6), value, np.uint32)


def test_tiles_of_a_level_are_one_picture() -> None:
    there = {Tile(1, -1, 2): _pixels(1), Tile(1, 0, 2): _pixels(2), Tile(1, -1, 3): _pixels(3)}
    (sheet,) = sheets(list(there), there, 2 / 3)
    np.testing.assert_array_equal(
        sheet.pixels, np.block([[_pixels(3), _pixels(0)], [_pixels(1), _pixels(2)]])
    )
    assert sheet.at == (-GRID / 2, GRID / 2, 2 * GRID / 3, 4 * GRID / 3)
    assert sheet.pixels.flags["C_CONTIGUOUS"]


def test_each_level_is_one_of_its_own_in_their_order() -> None:
    tiles = [Tile(0, 0, 0), Tile(3, 1, 1), Tile(2, 5, 5), Tile(2, 6, 5)]
    found = sheets(tiles, {tile: _pixels(tile.level) for tile in tiles}, 1.0)
    assert [int(sheet.pixels.max()) for sheet in found] == [0, 3, 2]
    assert [sheet.at for sheet in found[:2]] == [rect_of(tile, 1.0) for tile in tiles[:2]]
    assert [sheet.pixels.shape for sheet in found] == [(4, 6), (4, 6), (4, 12)]
    assert sheets([], {}, 1.0) == []
