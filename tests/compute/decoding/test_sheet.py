"""explorer.compute.decoding.sheet: each cell at its middle, the upper row first."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.compute.decoding.sheet import sheet_of
from explorer.compute.decoding.tiles import Slice
from explorer.data.dataset import Preparation
from explorer.errors import Cancelled
from explorer.task import Task


def _slice(asked: list[np.ndarray], height: int = 8, width: int = 8) -> Slice:
    def unproject(points: np.ndarray) -> np.ndarray:
        asked.append(points)
        return np.repeat(points[:, :1] / 10, height * width, axis=1).astype(np.float32)

    return Slice("", "", {}, Preparation(height, width), unproject)


def test_a_view_is_cut_into_cells_and_each_is_decoded_at_its_middle() -> None:
    asked: list[np.ndarray] = []
    made = sheet_of(_slice(asked), (0.0, 8.0, -2.0, 2.0), 4)
    assert made.shape == (2 * 8, 4 * 8, 1)
    np.testing.assert_array_equal(
        np.concatenate(asked), [(a, b) for b in (1, -1) for a in (1, 3, 5, 7)]
    )
    shades = [round(255 * a / 10) for a in (1, 3, 5, 7)]
    np.testing.assert_allclose(made[3, 4::8, 0], shades, atol=1)


def test_cells_are_as_high_as_a_picture_asks_and_about_the_middle_of_the_view() -> None:
    asked: list[np.ndarray] = []
    made = sheet_of(_slice(asked, 16, 8), (0.0, 4.0, 0.0, 5.0), 4)  # 2 high: two rows and a half
    assert made.shape == (2 * 16, 4 * 8, 1)
    assert [float(points[0, 1]) for points in asked] == [3.5, 1.5]
    flat = sheet_of(_slice([]), (0.0, 4.0, 0.0, 0.1), 4)
    assert flat.shape == (8, 32, 1)


def test_it_tells_how_far_it_is_and_stops_when_asked() -> None:
    told: list[float | None] = []
    task = Task(lambda fraction, _text: told.append(fraction), interval=0.0)
    sheet_of(_slice([]), (0.0, 4.0, 0.0, 4.0), 4, task)
    assert told == [0, 0.25, 0.5, 0.75]
    task.cancel()
    with pytest.raises(Cancelled):
        sheet_of(_slice([]), (0.0, 4.0, 0.0, 4.0), 4, task)
