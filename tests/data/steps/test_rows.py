"""Channels: grey, RGB and RGBA."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from explorer.data.dataset import Preparation
from explorer.data.steps.rows import (
    PreparationOptions,
    fitting_warnings,
    in_channels,
    require_two,
)
from explorer.errors import DataError
from tests.data.makers import pixels


def test_luma_is_that_of_pillow() -> None:
    colour = pixels(50, 60, 3)
    wanted = np.asarray(Image.fromarray(colour).convert("L"))
    np.testing.assert_array_equal(in_channels(colour, 1, 255)[..., 0], wanted)


def test_grey_is_repeated_and_the_same_is_not_copied() -> None:
    grey = pixels(2, 9, 9, 1)
    np.testing.assert_array_equal(in_channels(grey, 3, 255), np.concatenate([grey] * 3, axis=-1))
    assert in_channels(grey, 1, 255) is grey


@pytest.mark.parametrize("levels", [1, 16, 255])
def test_transparent_is_white_at_any_level(levels: int) -> None:
    clear = np.zeros((9, 9, 4), np.uint8)
    assert (in_channels(clear, 3, levels) == levels).all()
    clear[..., 3] = levels
    assert (in_channels(clear, 1, levels) == 0).all()


def test_fewer_than_two() -> None:
    require_two(2, "here")
    with pytest.raises(DataError, match="only one"):
        require_two(1, "here")


def test_no_samples_are_fewer_too() -> None:
    with pytest.raises(DataError, match=r"there are no samples .here.: give at least two"):
        require_two(0, "here")


def test_transparent_pixels_are_mixed_with_white_to_the_nearest() -> None:
    """(colour alpha + levels (levels - alpha)) / levels, rounded."""
    colour = pixels(40, 9, 4)
    for levels in (16, 255):
        x = (colour.astype(int) % (levels + 1)).astype(np.uint8)
        alpha = x[..., 3:] / levels
        wanted = x[..., :3] * alpha + levels * (1 - alpha)
        found = in_channels(x, 3, levels)
        assert found.dtype == np.uint8 and np.abs(found - wanted).max() <= 0.5 + 1e-9


def test_a_preparation_says_the_kind_before_the_user_and_the_user_before_the_file() -> None:
    table = Preparation(1, 4, kind="table")
    assert PreparationOptions(table, kind="images").kind_for("signals") == "table"
    assert PreparationOptions(kind="images").kind_for("signals") == "images"
    assert PreparationOptions().kind_for("signals") == "signals"
    assert PreparationOptions().kind_for(None) is None


@pytest.mark.parametrize(
    ("sizes", "channels", "kept", "said"),
    [
        ([(8, 8)], 1, 1, []),
        ([(8, 8)], 3, 3, []),
        ([(8, 8)], 4, 3, []),
        ([(8, 8)], 4, 4, []),
        ([(8, 8)], 3, 4, ["the model is of pictures in colour: these are grey"]),
        ([(8, 8)], 1, 3, ["the model is of pictures in colour: these are grey"]),
        ([(8, 8)], 3, 1, ["the model is of grey pictures: colours are turned to grey"]),
        ([(8, 8)], 4, 1, ["the model is of grey pictures: colours are turned to grey"]),
    ],
)
def test_colours_that_do_not_fit_are_said(
    sizes: list[tuple[int, int]], channels: int, kept: int, said: list[str]
) -> None:
    assert fitting_warnings(sizes, channels, Preparation(8, 8, kept)) == said
    other = fitting_warnings([(16, 16)], channels, Preparation(8, 8, kept))
    assert len(other) == len(said) + 1 and other[1:] == said
