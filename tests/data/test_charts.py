"""explorer.data.charts: at which pixel a value is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.data.charts import _line, _stretches, limits
from explorer.data.preparation import Preparation

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
