"""All 16 bits a colour are read, where they can be; where not, it is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.data.opening import open_dataset
from explorer.data.pictures.deepcolour import _changed
from explorer.data.pictures.reading import SHALLOW, TRANSPARENT, decode
from tests.data import makers
from tests.data.makers import Array

DIM = np.random.default_rng(0).integers(0, 4096, (20, 9, 12, 3)).astype(np.uint16)

MAKERS: dict[str, Callable[[Array], bytes]] = {
    "png": makers.deep_png,
    "tif": makers.deep_tiff,
    "TIF": lambda picture: makers.deep_tiff(picture, ">"),
}


@pytest.mark.parametrize("suffix", MAKERS)
def test_colours_of_16_bits_are_read_whole_and_share_one_range(suffix: str, tmp_path: Path) -> None:
    for i, picture in enumerate(DIM):
        data = MAKERS[suffix](picture)
        np.testing.assert_array_equal(decode(data, "a").pixels, picture)
        (tmp_path / f"{i:02d}.{suffix}").write_bytes(data)
    data = open_dataset(tmp_path)
    assert data.preparation.high == DIM.max() and data.x.shape == (20, 9, 12, 3)
    low, high = float(DIM.min()), float(DIM.max())
    np.testing.assert_allclose(data.x, (DIM - low) / (high - low) * 255, atol=0.51)


def test_grey_in_16_bit_colours_is_grey() -> None:
    grey = np.repeat(DIM[0, ..., :1], 3, axis=-1)
    np.testing.assert_array_equal(decode(makers.deep_png(grey), "a").pixels, grey[..., :1])


def test_see_through_colours_of_16_bits() -> None:
    opaque = np.dstack([DIM[0], np.full((9, 12), 65535, np.uint16)])
    found = decode(makers.deep_png(opaque), "a")
    np.testing.assert_array_equal(found.pixels, DIM[0])
    assert found.odd == ()
    opaque[0, 0, 3] = 0
    found = decode(makers.deep_png(opaque), "a")
    assert found.pixels.dtype == np.uint8 and set(found.odd) == {TRANSPARENT, SHALLOW}


def test_what_cannot_be_read_whole_is_said() -> None:
    grey_and_alpha = np.full((9, 12, 2), 65535, np.uint16)
    assert decode(makers.deep_png(grey_and_alpha), "a").odd == (SHALLOW,)


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [(("RGB", 0, 1), ("RGB;16N", 0, 1)), (("RGB",), ("RGB;16N",)), ("RGB", "RGB;16N")],
)
def test_a_decoder_is_told_another_mode_and_nothing_else(arguments: Any, wanted: Any) -> None:
    """The distance of its rows and which of them is first stay."""
    assert _changed(arguments, "RGB;16N") == wanted


def test_why_all_the_broken_ones_are_broken_is_said(tmp_path: Path) -> None:
    makers.pictures(tmp_path, 3)
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99))
    said = "2 of 5 pictures cannot be read and are left out (a.jpg, b.jpg): the picture is HEIC"
    assert open_dataset(tmp_path).warnings[0].startswith(said)
