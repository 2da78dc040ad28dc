"""The raster against a slow, obvious drawing of the same discs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.ui.widgets.plane import raster


def _slow(
    x: np.ndarray, y: np.ndarray, values: np.ndarray, height: int, width: int, size: int
) -> np.ndarray:
    core, rim = raster._DISCS[size]
    out = np.zeros((height, width), np.uint32)
    for px, py, value in zip(x, y, values, strict=True):
        if not (0 <= px < width and 0 <= py < height):
            continue
        for halves, mark in ((rim, value & ~np.uint32(1)), (core, value)):
            for i, half in enumerate(halves):
                row = int(py) + i - len(halves) // 2
                left, right = max(int(px) - half, 0), min(int(px) + half + 1, width)
                if 0 <= row < height:
                    out[row, left:right] = np.maximum(out[row, left:right], mark)
    return out


@pytest.mark.parametrize("size", raster.SIZES)
@settings(max_examples=25)
@given(seed=st.integers(0, 2**31), n=st.integers(0, 60))
def test_every_point_is_a_disc_and_later_points_lie_above(size: int, seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    height, width = 23, 31
    x = rng.uniform(-5, width + 5, n).astype(np.float32)
    y = rng.uniform(-5, height + 5, n).astype(np.float32)
    values = raster.marks(rng.integers(0, 254, n).astype(np.uint8))
    # two points in one pixel: only the later one is kept, so give the slow one the same
    fast = raster.grown(raster.scatter(x, y, values, height, width), size)
    np.testing.assert_array_equal(raster.stamped(x, y, values, (height, width), size), fast)
    keep = {
        (int(np.floor(a)), int(np.floor(b))): i for i, (a, b) in enumerate(zip(x, y, strict=True))
    }
    rows = np.array(sorted(keep.values()), np.int64)
    np.testing.assert_array_equal(fast, _slow(x[rows], y[rows], values[rows], height, width, size))


def test_points_at_infinity_and_nan_are_dropped() -> None:
    x = np.array([np.inf, -np.inf, 1e30, np.nan, 3], np.float32)
    y = np.array([1, 1, 1, 1, 2], np.float32)
    canvas = raster.scatter(x, y, raster.marks(np.zeros(5, np.uint8)), 5, 5)
    assert np.flatnonzero(canvas).tolist() == [2 * 5 + 3]


def test_colours_are_premultiplied() -> None:
    table = raster.table(np.array([[200, 100, 50, 255]], np.uint8), alpha=0.5, rim=0.5)
    core = raster.coloured(raster.marks(np.zeros(1, np.uint8))[None], table)[0, 0]
    assert [int(core) >> s & 255 for s in (24, 16, 8, 0)] == [128, 100, 50, 25]
    assert raster.coloured(np.zeros((1, 1), np.uint32), table)[0, 0] == 0


def test_many_points_are_all_drawn() -> None:
    n = 1_000_000
    x = (np.arange(n) % 1000).astype(np.float32)
    y = (np.arange(n) // 1000).astype(np.float32)
    canvas = raster.scatter(x, y, raster.marks(np.zeros(n, np.uint8)), 1000, 1000)
    assert np.count_nonzero(canvas) == n


def test_rims_have_a_colour_of_their_own_where_one_is_given() -> None:
    lut = np.array([[200, 100, 50, 255], [0, 0, 0, 255]], np.uint8)
    ground = np.array([10, 20, 30, 255], np.uint8)
    table, plain = (raster.table(lut, 0.8, 0.5, given) for given in (ground, None))
    assert table[2] == table[4] == (102 << 24 | 4 << 16 | 8 << 8 | 12)
    assert table[3] == plain[3] and table[5] == plain[5] and plain[2] != table[2]
