"""explorer.export.pixels: pixels are enlarged by whole factors and are otherwise as they were."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from explorer.export.kinds.png import Png
from explorer.export.pixels import as_image, enlarged


@pytest.mark.parametrize(("side", "factor"), [(1, 1), (7, 1), (8, 1), (15, 1), (16, 2), (100, 12)])
def test_every_pixel_becomes_a_block(side: int, factor: int) -> None:
    pictures = np.random.default_rng(0).integers(0, 256, (2, 8, 5, 3)).astype(np.uint8)
    large = enlarged(pictures, side)
    assert large.shape == (2, 8 * factor, 5 * factor, 3)
    for y in range(factor):
        for x in range(factor):
            np.testing.assert_array_equal(large[:, y::factor, x::factor], pictures)


@pytest.mark.parametrize(("channels", "mode"), [(1, "L"), (3, "RGB"), (4, "RGBA")])
def test_a_picture_comes_back_from_a_png_to_the_bit(channels: int, mode: str) -> None:
    picture = np.random.default_rng(0).integers(0, 256, (5, 7, channels)).astype(np.uint8)
    assert as_image(picture).mode == mode
    out = io.BytesIO()
    Png().write(picture, out)
    with Image.open(out) as image:
        assert image.mode == mode
        np.testing.assert_array_equal(np.asarray(image).reshape(picture.shape), picture)
