"""Sizes from 8 to 128, the aspect kept."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.data.steps.sizing import (
    check_size,
    resized,
    size_of_array,
    size_of_pictures,
    size_warning,
)
from explorer.errors import DataError
from tests.data.makers import pixels


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((28, 28), (28, 28)),
        ((8, 128), (8, 128)),
        ((256, 256), (64, 64)),
        ((218, 178), (64, 52)),
        ((1, 1), (8, 8)),
        ((1, 500), (8, 64)),
        ((5, 20), (8, 20)),
    ],
)
def test_size_of_array(size: tuple[int, int], wanted: tuple[int, int]) -> None:
    assert size_of_array(*size) == wanted
    assert size_of_array(*size, size=32) == (32, 32)


@pytest.mark.parametrize(
    ("sizes", "wanted"),
    [
        ([(28, 20)] * 3, (28, 20)),
        ([(96, 96)] * 3, (64, 64)),
        ([(28, 20)] * 3 + [(99, 99)] * 2, (28, 20)),
        ([(400, 300), (300, 400), (500, 500)], (64, 64)),
        ([(20, 30), (31, 17), (40, 44)], (31, 31)),
        ([(1, 2), (2, 1), (3, 3)], (8, 8)),
    ],
)
def test_size_of_pictures(sizes: list[tuple[int, int]], wanted: tuple[int, int]) -> None:
    assert size_of_pictures(sizes) == wanted


def test_the_right_size_is_left_alone() -> None:
    picture = pixels(9, 12, 3)
    assert resized(picture, (9, 12)) is picture
    assert size_warning([(9, 12)] * 2, (9, 12)) == ""


@pytest.mark.parametrize("channels", [1, 3])
def test_aspect_is_kept_and_corners_fill_the_rest(channels: int) -> None:
    picture = np.full((40, 20, channels), 200, np.uint8)
    picture[10:30, 5:15] = 50
    found = resized(picture, (20, 20))
    assert found.shape == (20, 20, channels)
    assert (found[:, :5] == 200).all()
    assert (found[:, 15:] == 200).all()
    assert (found[9:11, 9:11] < 60).all()  # resampling swings a little


@pytest.mark.parametrize(("target", "rows", "columns"), [
    ((20, 23), slice(0, 20), slice(6, 16)), ((43, 20), slice(1, 41), slice(0, 20)),
])  # fmt: skip
def test_a_picture_lies_in_the_middle(target: tuple[int, int], rows: slice, columns: slice) -> None:
    picture = np.full((40, 20, 1), 90, np.uint8)
    picture[[0, 0, -1, -1], [0, -1, 0, -1]] = 200
    rest = np.ones(target, bool)
    rest[rows, columns] = False
    found = resized(picture, target)[..., 0]
    assert (found[rest] == 200).all() and (found == 200).sum() <= rest.sum() + 4


def test_the_colour_of_the_rest_is_of_the_four_corners_alone() -> None:
    picture = np.full((40, 20, 1), 90, np.uint8)
    picture[[0, 0, -1, -1], [0, -1, 0, -1]] = 200
    assert (resized(picture, (20, 20))[:, :5] == 200).all()


def test_a_line_of_pixels_is_no_thinner_than_one() -> None:
    line = np.zeros((500, 1, 1), np.uint8)
    line[250:] = 200  # the corners are of 100
    found = resized(line, (20, 20))[..., 0]
    assert np.flatnonzero((found != 100).any(axis=0)).tolist() == [9]


@pytest.mark.parametrize(
    ("sizes", "which"),
    [([(9, 12)] * 2, "pictures of 9 x 12"), ([(9, 12), (8, 8)], "pictures of 2 sizes")],
)
def test_what_is_scaled_is_said(sizes: list[tuple[int, int]], which: str) -> None:
    said = size_warning(sizes, (16, 20))
    assert said.startswith(f"{which} are scaled into 16 x 20")


@pytest.mark.parametrize("size", [7, 129])
def test_a_size_that_no_model_takes_is_refused(size: int) -> None:
    with pytest.raises(DataError, match=f"{size} x {size}"):
        check_size(size)


@pytest.mark.parametrize("size", [None, 8, 128])
def test_a_size_that_models_take_is_fine(size: int | None) -> None:
    check_size(size)
