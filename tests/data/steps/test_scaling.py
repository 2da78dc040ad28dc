"""The range is settled once; what is exact stays exact, the rest is said."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.data.raw import Array, Held, Source
from explorer.data.steps.scaling import Extent, Scale, extent_of, scale_for, union
from explorer.errors import DataError
from tests.data.makers import pixels


def settled(values: Array) -> tuple[Scale, list[str]]:
    source = Source("x", "here", values.dtype, values.shape, lambda: None)  # type: ignore[arg-type,return-value]
    return scale_for(extent_of([(0, values)], source, 1 << 30), values.dtype, "here")


BYTES = pixels(4, 9, 9)
CASES = {
    "bytes": (BYTES, (0, 255, 255), 0),
    "bool": (BYTES > 9, (0, 1, 1), 0),
    "0_or_1": (BYTES % 2, (0, 1, 1), 0),
    "0_to_2": (BYTES % 3, (0, 2, 2), 1),
    "digits": (BYTES % 17, (0, 16, 16), 1),
    "float_digits": ((BYTES % 17).astype(np.float64), (0, 16, 16), 1),
    "float_bytes": (BYTES.astype(np.float32), (0, 255, 255), 0),
    "float_bytes_divided": (BYTES / np.float32(255), (0, 1, 255), 0),
    "half_bytes_divided": ((BYTES / 255).astype(np.float16), (0, 1, 255), 0),
    "unit": (BYTES / 317, (0, 1, 255), 1),
    "fractions_of_255": (BYTES * 0.9, (0, 255, 255), 1),
    "symmetric": (BYTES / 127.5 - 1, (-1, 1, 255), 1),
    "deep": (np.linspace(0, 65535, 200).astype(np.uint16), (0, 65535, 255), 1),
    "signed": (BYTES.astype(np.int8) // 2, None, 1),
    "negative": (BYTES * 1.5 - 300, None, 1),
    "tiny": (BYTES * 1e-6 - 1e-4, (-1, 1, 255), 1),
    "constant": (np.full((4, 9), 1234.5), (1234.5, 2469.0, 255), 1),
    "constant_seven": (np.full((4, 9), 7), (0, 7, 7), 1),
    "off_the_grid": ((BYTES + 0.06) / 255.1, (0, 1, 255), 1),
    "zeros": (np.zeros((4, 9)), (0, 1, 255), 0),
}


@pytest.mark.parametrize("case", CASES)
def test_ranges(case: str) -> None:
    values, wanted, warned = CASES[case]
    scale, said = settled(values)
    if wanted:
        assert (scale.low, scale.high, scale.levels) == wanted
    assert len(said) == warned
    kept = scale.keep(values)
    assert kept.dtype == np.uint8
    back = kept / scale.levels * (scale.high - scale.low) + scale.low
    np.testing.assert_allclose(back, values, atol=0.51 * (scale.high - scale.low) / scale.levels)


@given(st.integers(-500, 500), st.integers(0, 255))
def test_up_to_256_whole_values_are_exact(low: int, span: int) -> None:
    values = np.arange(low, low + span + 1)
    scale, _ = settled(values)
    back = scale.keep(values) / scale.levels * (scale.high - scale.low) + scale.low
    np.testing.assert_allclose(back, values, atol=1e-9 if low < 0 or low + span > 255 else 1e-6)


def test_bytes_are_not_copied() -> None:
    assert Scale().keep(BYTES) is BYTES


def seen(blocks: list[Array], budget: float = math.inf) -> Extent:
    """The extent of an array that comes in blocks."""
    whole = np.concatenate(blocks)
    source = Source("x", "here", whole.dtype, whole.shape, lambda: None)  # type: ignore[arg-type,return-value]
    starts = np.cumsum([0, *map(len, blocks[:-1])])
    return extent_of(zip(starts.tolist(), blocks, strict=True), source, budget)


def test_reading_stops_early_for_bright_bytes_alone() -> None:
    """64 of 255 says what bytes are; real numbers may go on, and dark bytes may brighten."""
    reals = seen([np.array([[100.0]]), np.array([[300.5]])])
    assert (reals.high, reals.whole, reals.complete) == (300.5, False, True)
    assert seen([np.array([[9]], np.uint8), np.array([[200]], np.uint8)]).high == 200
    bright = seen([np.array([[90]], np.uint8), np.array([[200]], np.uint8)])
    assert (bright.high, bright.complete) == (90, True)
    assert not seen([np.array([[100.0]]), np.array([[300.5]])], budget=8).complete
    assert not seen([np.array([[9]], np.uint8), np.array([[9]], np.uint8)], budget=1).complete


def test_the_grid_is_that_of_divided_bytes() -> None:
    assert seen([BYTES / 255]).grid
    assert not seen([BYTES / 255 * 2]).grid and not seen([BYTES / 255 - 1]).grid


@pytest.mark.parametrize("name", ["whole", "grid", "complete"])
def test_a_union_is_what_both_are(name: str) -> None:
    both = Extent(0.0, 1.0, whole=True, grid=True)
    less = replace(both, low=-1.0, high=0.5, **{name: False})
    for found in (union(both, less), union(less, both)):
        assert found == Extent(-1.0, 1.0, **{n: n != name for n in ("whole", "grid", "complete")})
    assert getattr(union(both, both), name)


def test_clipping_is_counted() -> None:
    assert Scale(0, 1, 255).outside(np.array([-1.0, 0.5, 3.0])) == 2


@pytest.mark.parametrize("turn", [1, -1])
def test_an_extent_is_of_all_blocks_whichever_comes_last(turn: int) -> None:
    whole, fine = np.array([[3.0, 4.0]]), np.array([[0.5, 7.25]])
    source = Held.of(np.concatenate([whole, fine]), "x", "")
    found = extent_of(list(enumerate([whole, fine]))[::turn], source, 1e9)
    assert (found.low, found.high, found.whole, found.grid) == (0.5, 7.25, False, False)


def test_the_ends_of_a_scale_are_inside() -> None:
    assert Scale(0, 1, 255).outside(np.array([0.0, 1.0, -1e-9, 1 + 1e-9])) == 2


def test_the_first_sample_with_a_gap_is_named() -> None:
    """Counted over the blocks; whole numbers have none."""
    for gap in (math.nan, math.inf):
        blocks = [np.ones((2, 3)), np.array([[1.0, 2, 3], [4, gap, 6], [gap, 1, 1]])]
        with pytest.raises(DataError, match="sample 3 of x holds NaN or infinity"):
            seen(blocks)
    assert seen([np.ones((2, 3), int)]).whole


def test_bytes_of_64_tell_enough() -> None:
    found = [seen([np.array([[n]], np.uint8), np.array([[200]], np.uint8)]) for n in (63, 64)]
    assert [e.high for e in found] == [200, 64] and all(e.complete for e in found)


ROUNDED = "float64 values from {} to {} are rounded to 256 steps"
SHOWN = "values from {} to {} are shown from black to white"
# low, high, whole numbers only; the scale; what is said
EXTENTS = [
    (0, 1, True, (0, 1, 255), ROUNDED.format(0, 1)),
    (0, 0.5, False, (0, 1, 255), ROUNDED.format(0, 1)),
    (0, 1.5, False, (0, 1.5, 255), ROUNDED.format(0, 1.5)),
    (0, 255, True, (0, 255, 255), ""),
    (0, 64, False, (0, 255, 255), ROUNDED.format(0, 255)),
    (10, 255, False, (0, 255, 255), ROUNDED.format(0, 255)),
    (10, 63.5, False, (0, 63.5, 255), ROUNDED.format(0, 63.5)),
    (10, 63, True, (0, 63, 63), SHOWN.format(0, 63)),
    (10, 255.5, False, (10, 255.5, 255), ROUNDED.format(10, 255.5)),
    (-1, 1, False, (-1, 1, 255), ROUNDED.format(-1, 1)),
    (-0.5, 0.1, False, (-1, 1, 255), ROUNDED.format(-1, 1)),
    (-1, 0.5, False, (-1, 1, 255), ROUNDED.format(-1, 1)),
    (-0.5, 1, False, (-1, 1, 255), ROUNDED.format(-1, 1)),
    (-1, 1, True, (-1, 1, 2), SHOWN.format(-1, 1)),
    (-1.5, 0.5, False, (-1.5, 0.5, 255), ROUNDED.format(-1.5, 0.5)),
    (-0.5, 1.5, False, (-0.5, 1.5, 255), ROUNDED.format(-0.5, 1.5)),
    (-5, 250, True, (-5, 250, 255), SHOWN.format(-5, 250)),
    (-5, 251, True, (-5, 251, 255), ROUNDED.format(-5, 251)),
    (-1, -1, True, (-1, 0, 1), SHOWN.format(-1, 0)),
    (-3, -3, True, (-3, 0, 3), SHOWN.format(-3, 0)),
    (300, 300, False, (300, 600, 255), ROUNDED.format(300, 600)),
]


@pytest.mark.parametrize(("low", "high", "whole", "wanted", "told"), EXTENTS)
def test_the_scale_of_an_extent(
    low: float, high: float, whole: bool, wanted: tuple[float, float, int], told: str
) -> None:
    scale, said = scale_for(Extent(low, high, whole, grid=False), np.dtype(float), "here")
    assert (scale.low, scale.high, scale.levels) == wanted
    assert said == ([told] if told else [])


def test_values_that_span_too_far_are_refused() -> None:
    with pytest.raises(DataError, match="span too far"):
        scale_for(Extent(-1.7e308, 1.7e308, whole=False, grid=False), np.dtype(float), "here")


@pytest.mark.parametrize(
    ("dtype", "away", "on"),
    [("f4", 0.0008, True), ("f4", 0.0012, False), ("f2", 0.1, True), ("f2", 0.2, False),
     ("f8", 0.0008, True), ("f8", 0.0012, False)],
)  # fmt: skip
def test_the_grid_has_the_slack_of_its_type(dtype: str, away: float, on: bool) -> None:
    values = ((np.array([[3.0, 20.0, 25.0]]) + away) / 255).astype(dtype)
    assert seen([values]).grid == on


def test_doubles_are_kept_as_such() -> None:
    """Half a step and a little more is a step; single precision has not that little."""
    for dtype in (np.float64, np.int64):
        top = 2.0**40 if dtype is np.int64 else 1.0
        values = np.array([top / 2 * (1 + 2.0**-36)]).astype(dtype)
        assert Scale(0, top, 1).keep(values) == 1
