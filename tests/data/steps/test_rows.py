"""Channels: grey, RGB and RGBA."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from explorer.data.steps.rows import in_channels, require_two
from explorer.errors import DataError
from tests.data.makers import pixels


def test_luma_is_that_of_pillow() -> None:
    colour = pixels(50, 60, 3)
    wanted = np.asarray(Image.fromarray(colour).convert("L"))
    np.testing.assert_array_equal(in_channels(colour, 1)[..., 0], wanted)


def test_grey_is_repeated_and_the_same_is_not_copied() -> None:
    grey = pixels(2, 9, 9, 1)
    assert (in_channels(grey, 3) == grey).all()
    assert in_channels(grey, 1) is grey


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
