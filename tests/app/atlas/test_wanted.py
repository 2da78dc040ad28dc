"""explorer.app.atlas.wanted: the tiles of a view, told from its rectangle, size and pictures."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.app.atlas.wanted import (
    ACROSS,
    BEHIND,
    DEEPEST,
    LEAST,
    MOST_BYTES,
    STEP,
    Sight,
    covered,
    drawn,
    finest,
    levels,
    rect_of,
    tiles_in,
    wanted,
)
from explorer.compute.decoding.tiles import GRID, Tile

WHOLE = Sight((-4.0, 4.0, -4.0, 4.0), (800, 800), (28, 28))


@st.composite
def sights(draw: st.DrawFn) -> Sight:
    x, y = (draw(st.integers(-(10**6), 10**6)) / 1000 for _ in range(2))
    across = draw(st.floats(1e-2, 1e6))
    size = draw(st.tuples(st.integers(50, 3000), st.integers(50, 3000)))
    high = across * size[1] / size[0]
    shape = draw(st.tuples(st.integers(4, 300), st.integers(4, 300)))
    return Sight((x, x + across, y, y + high), size, shape)


def _cell(sight: Sight, level: int) -> float:
    """Pixels across."""
    left, right, *_ = sight.view
    return 2.0**-level * sight.size[0] / (right - left)


@given(sights())
def test_a_cell_of_the_finest_level_is_one_to_two_pictures_wide(sight: Sight) -> None:
    least = max(sight.shape[1], LEAST)
    each = 4 * GRID * GRID * math.prod(sight.shape)
    if each * len(tiles_in(sight, finest(sight))) < MOST_BYTES / 8:
        assert least * (1 - 1e-9) <= _cell(sight, finest(sight)) < 2 * least


def test_it_is_so_on_a_screen_of_small_pixels_too() -> None:
    sight = replace(WHOLE, shape=(8, 8))
    assert _cell(sight, finest(sight)) == 50.0
    fine = replace(sight, size=(1600, 1600), ratio=2.0)
    assert finest(fine) == finest(sight)  # as wide for the eye, of more pixels
    assert finest(replace(fine, shape=(28, 28))) == finest(WHOLE)
    assert finest(replace(fine, ratio=1.0)) == finest(sight) + 1


def test_the_finest_one_has_room_in_memory_and_is_no_finer_than_numbers_are() -> None:
    large = replace(WHOLE, size=(20_000, 20_000), shape=(128, 128))
    tiles = len(tiles_in(large, finest(large)))
    assert tiles * 4 * GRID * GRID * 128 * 128 <= MOST_BYTES
    assert (tiles - 1) * 16 * 4 * GRID * GRID * 128 * 128 > MOST_BYTES
    assert finest(replace(WHOLE, view=(0.0, 1e-15, 0.0, 1e-15))) == DEEPEST


@given(sights())
def test_the_first_level_has_few_cells_and_each_next_is_finer_by_a_step(sight: Sight) -> None:
    found = levels(sight)
    left, right, bottom, top = sight.view
    longer = max(right - left, (top - bottom) / sight.aspect)
    assert longer * 2.0 ** found[0] <= ACROSS
    assert found[-1] == finest(sight)
    assert all(b - a == STEP for a, b in pairwise(found))
    assert len(found) == 1 or longer * 2.0 ** found[1] > ACROSS


@given(sights())
def test_the_tiles_of_a_level_cover_the_view_and_no_more(sight: Sight) -> None:
    for level in levels(sight)[:2]:
        found = tiles_in(sight, level)
        rects = [rect_of(tile, sight.aspect) for tile in found]
        left, right, bottom, top = sight.view
        little = 1e-9 * (right - left)  # as numbers are rounded
        assert min(r[0] for r in rects) <= left + little
        assert max(r[1] for r in rects) >= right - little
        assert min(r[2] for r in rects) <= bottom + little
        assert max(r[3] for r in rects) >= top - little
        assert all(a < right + little and b > left - little for a, b, _, _ in rects)
        assert all(c < top + little and d > bottom - little for _, _, c, d in rects)
        assert len(set(found)) == len(found)


def test_tiles_meet_and_lie_within_those_of_the_level_above() -> None:
    assert rect_of(Tile(0, 0, 0), 1.0) == (0.0, GRID, 0.0, GRID)
    assert rect_of(Tile(1, -1, 2), 0.5) == (-GRID / 2, 0.0, GRID / 2, 3 * GRID / 4)
    whole, part = rect_of(Tile(3, -3, 5), 1.5), rect_of(Tile(4, -5, 10), 1.5)
    assert whole[0] <= part[0] and part[1] <= whole[1]
    assert whole[2] <= part[2] and part[3] <= whole[3]


def test_what_ends_where_a_tile_begins_does_not_show_it() -> None:
    side = GRID * 2.0**-1
    assert tiles_in(replace(WHOLE, view=(0.0, side, 0.0, side)), 1) == [Tile(1, 0, 0)]
    assert len(tiles_in(replace(WHOLE, view=(0.0, side * 1.01, 0.0, side)), 1)) == 2
    assert len(tiles_in(replace(WHOLE, view=(-0.01, side, -0.01, side)), 1)) == 4


def test_coarse_ones_come_first_and_those_in_the_middle_before_others() -> None:
    found = wanted(WHOLE)
    assert [tile.level for tile in found] == sorted(tile.level for tile in found)
    for level in levels(WHOLE):
        away = [
            max(abs(a + b) for a, b in (r[:2], r[2:]))
            for r in (rect_of(tile, 1.0) for tile in found if tile.level == level)
        ]
        assert away == sorted(away)
    assert wanted(WHOLE, coarse=True) == tiles_in(WHOLE, levels(WHOLE)[0])


@pytest.mark.parametrize(
    "sight",
    [
        replace(WHOLE, view=(math.nan, 1.0, 0.0, 1.0)),
        replace(WHOLE, view=(0.0, math.inf, 0.0, 1.0)),
        replace(WHOLE, view=(1.0, 1.0, 0.0, 1.0)),
        replace(WHOLE, view=(0.0, 1.0, 1.0, 1.0)),
        replace(WHOLE, size=(0, 10)),
        replace(WHOLE, size=(10, 0)),
        replace(WHOLE, shape=(0, 8)),
    ],
)
def test_where_nothing_can_be_seen_nothing_is_wanted(sight: Sight) -> None:
    assert sight.empty and wanted(sight) == [] and drawn(sight, {}) == [] and covered(sight, ())
    assert not WHOLE.empty


def test_the_finest_level_is_drawn_alone_once_it_is_whole() -> None:
    every, last = wanted(WHOLE), tiles_in(WHOLE, finest(WHOLE))
    assert drawn(WHOLE, set(every)) == last
    lacking = set(every) - {last[0]}
    assert drawn(WHOLE, lacking) == [t for t in every if t in lacking]


def test_until_then_others_stand_below_it_the_next_finer_one_on_top() -> None:
    level, first = finest(WHOLE), levels(WHOLE)[0]
    behind = [tiles_in(WHOLE, at)[0] for at in range(level - BEHIND, level + 2)]
    far = tiles_in(WHOLE, min(level - BEHIND, first) - 1)[0], tiles_in(WHOLE, level + 2)[0]
    found = drawn(WHOLE, {*behind, *far})
    assert [tile.level for tile in found] == [*range(level - BEHIND, level), level + 1, level]


def test_a_view_is_covered_once_its_first_level_is_whole() -> None:
    first = tiles_in(WHOLE, levels(WHOLE)[0])
    last = tiles_in(WHOLE, finest(WHOLE))
    assert covered(WHOLE, first) and covered(WHOLE, last)
    assert not covered(WHOLE, [*first[1:], *last[1:]])


def test_pictures_that_are_wider_than_high_have_cells_like_them() -> None:
    wide = replace(WHOLE, shape=(10, 40), view=(0.0, 8.0, 0.0, 2.0))
    assert wide.aspect == 0.25
    side = GRID * 2.0**-1
    found = set(tiles_in(wide, 1))
    assert found == {Tile(1, i, j) for i in range(8) for j in range(8)}
    assert rect_of(Tile(1, 3, 5), wide.aspect) == (3 * side, 4 * side, 5 * side / 4, 6 * side / 4)
    sight = replace(WHOLE, size=(1, 1), shape=(1, 1))
    assert not sight.empty and wanted(sight)
