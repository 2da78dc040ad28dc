"""explorer.data.pictures.charts: at which pixel a value is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.data.pictures.charts import (
    OKABE_ITO,
    _line,
    _stretches,
    bars_drawn,
    curves_drawn,
    limits,
)
from explorer.data.preparation import Preparation
from explorer.ui.themes import theme

BLACK = np.zeros(3, np.float32)
HEIGHT, WIDTH = 64, 96


def drawn(share: np.ndarray, scale: int = 1) -> np.ndarray:
    """How black each pixel is, 0 to 1: (H, W)."""
    canvas = np.full((HEIGHT * scale, WIDTH * scale, 3), 255, np.float32)
    _line(canvas, share, BLACK, scale)
    black: np.ndarray = 1 - canvas[..., 0] / 255
    return black


@pytest.mark.parametrize(("share", "centre"), [(1.0, 2), (0.5, 32), (0.0, 62), (0.25, 47)])
@pytest.mark.parametrize("scale", [1, 3])
def test_a_level_line_is_a_pen_wide_at_its_height(share: float, centre: int, scale: int) -> None:
    black = drawn(np.full(10, share), scale)
    weight = black.sum(axis=0)
    np.testing.assert_allclose(weight, 1.5 * scale, atol=1e-4)
    middle = ((np.arange(HEIGHT * scale) + 0.5)[:, None] * black).sum(axis=0) / weight
    np.testing.assert_allclose(middle, centre * scale, atol=1e-3)


def test_a_step_is_a_stroke_from_one_value_to_the_other() -> None:
    black = drawn(np.array([0.0] * 48 + [1.0] * 48))
    heights = black.sum(axis=0)
    assert heights[0] == pytest.approx(1.5, abs=1e-4)
    assert heights[heights > 2].sum() == pytest.approx(60 + 2 * 1.5, abs=1e-3)  # in two columns
    assert (heights > 2).sum() == 2


def test_a_thick_pen_is_thick_to_the_sides_too() -> None:
    share = np.zeros(96)
    share[48] = 1.0
    thin, thick = drawn(share), drawn(share, 3)
    assert (thick[9] > 0.5).sum() >= 3 * (thin[3] > 0.5).sum() - 3


def test_a_column_runs_through_every_value_in_it() -> None:
    low, high = _stretches(np.array([0.0, 1.0, 0.0, 0.5]), 3)
    np.testing.assert_allclose(low, [0, 0, 0])
    np.testing.assert_allclose(high, [1, 1, 0.5])
    low, high = _stretches(np.array([0.0, 1.0]), 4)
    np.testing.assert_allclose(low, [0, 0.25, 0.5, 0.75])
    np.testing.assert_allclose(high, [0.25, 0.5, 0.75, 1])


def test_limits_are_of_each_channel_over_all_places() -> None:
    kept = Preparation(
        1, 2, channels=2, kind="signals",
        centre=(0.0, 10.0, 1.0, 20.0), scale=(1.0, 2.0, 1.0, 2.0),
    )  # fmt: skip
    low, high = limits(kept)
    assert low.tolist() == [-2.5, 5.0] and high.tolist() == [3.5, 25.0]


def flat_bars(row: np.ndarray, scale: int) -> np.ndarray:
    """What `bars_drawn` promises, a pixel at a time: (H, W, 3) before rounding."""
    height, width, d = HEIGHT * scale, WIDTH * scale, len(row)
    picture = np.full((height, width, 3), 255.0)
    picture[:, width // 2 - scale : width // 2] = 205.0  # the rule ends where bars begin
    for line in range(height):
        if d > height:  # as many bars share a line as there are
            value = np.mean(row[d * line // height : d * (line + 1) // height])
        else:
            starts = [round(height * i / d) for i in range(d + 1)]
            bar = next(i for i in range(d) if line < starts[i + 1])
            thick = starts[bar + 1] - starts[bar] > 2 * scale
            if thick and line >= starts[bar + 1] - scale:
                continue  # the gap to the next
            value = row[bar]
        length = np.clip(value / 2.5, -1, 1) * (width / 2 - 2 * scale)
        ends = sorted((width / 2, width / 2 + length))
        for x in range(width):
            cover = max(0.0, min(ends[1], x + 1) - max(ends[0], x))
            picture[line, x] += cover * (OKABE_ITO[int(value < 0)] - picture[line, x])
    return picture


@pytest.mark.parametrize("scale", [1, 3])
@pytest.mark.parametrize("d", [1, 5, 21, 22, 33, 64, 100, 400])
def test_bars_are_those_drawn_a_pixel_at_a_time(d: int, scale: int) -> None:
    row = np.random.default_rng(d).normal(0, 1.5, d)
    row[: d // 3] = np.sign(row[: d // 3]) * 2.5 - 1.25  # at some edges, and beyond
    away = bars_drawn(row.astype(np.float32), scale) - flat_bars(row, scale)
    assert np.abs(away).max() <= 0.51


def test_no_value_is_no_bar() -> None:
    """Only the rule is left of zeros."""
    picture = bars_drawn(np.zeros(7, np.float32))
    assert (picture[:, [*range(47), *range(48, 96)]] == 255).all()
    assert (picture[:, 47] == 205).all()


def test_nine_channels_have_the_eight_colours_and_the_first_again() -> None:
    """Each a level line at its own height, whatever its units are; a later one lies over it."""
    centre, spread = np.arange(9) * 10.0, np.arange(9) + 1.0
    kept = Preparation(
        1, 4, channels=9, kind="signals", centre=tuple(centre) * 4, scale=tuple(spread) * 4
    )
    heights = np.linspace(-2, 2, 9)  # standard deviations
    picture = curves_drawn(np.tile(heights, 4).astype(np.float32), kept, scale=3)
    assert picture.shape == (192, 288, 3)
    for channel, value in enumerate(heights):
        line = int(6 + (0.5 - value / 5) * (192 - 12))
        assert (picture[line] == OKABE_ITO[channel % 8]).all(), channel
    assert (picture[:6] == 255).all() and (picture[-6:] == 255).all()


def test_half_a_pixel_of_ink_is_half_as_dark() -> None:
    """Drawings are rounded, not cut off."""
    kept = Preparation(1, 4, channels=1, kind="signals")
    picture = curves_drawn(np.zeros(4, np.float32), kept)
    faint = np.rint(255 + 0.75 * (OKABE_ITO[0] - 255))  # 1.5 px around the line between two
    assert (picture[31:33] == faint).all() and (picture[[30, 33]] == 255).all()


def test_channels_have_the_colours_that_classes_have_on_the_plane() -> None:
    """Okabe & Ito's, in another order; of theirs black stands for the colour of text there."""
    classes = {name.lower() for name in theme._CLASS_COLOURS[:8]} - {"text"}
    drawn = {"#" + bytes(colour.astype(np.uint8)).hex() for colour in OKABE_ITO}
    assert len(OKABE_ITO) == 8 and drawn == classes | {"#000000"}
