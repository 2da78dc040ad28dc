"""What an array of pictures looks like, and what a model takes."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.data.kinds import kinds
from explorer.data.preparation import Preparation
from explorer.data.raw import Held
from explorer.errors import DataError

IMAGES = kinds["images"]


def source(*shape: int) -> Held:
    return Held.of(np.zeros(shape, np.uint8), "x", "here")


@pytest.mark.parametrize(
    ("shape", "sample", "order", "said"),
    [
        ((5, 9, 7), (9, 7, 1), "hw", ""),
        ((5, 9, 7, 1), (9, 7, 1), "hwc", ""),
        ((5, 9, 7, 3), (9, 7, 3), "hwc", ""),
        ((5, 9, 7, 4), (9, 7, 4), "hwc", ""),
        ((5, 1, 9, 7), (9, 7, 1), "chw", ""),
        ((5, 3, 9, 7), (9, 7, 3), "chw", ""),
        ((5, 4, 9, 7), (9, 7, 4), "chw", ""),
        ((5, 3, 9, 3), (3, 9, 3), "hwc", "(5, 3, 9, 3) is read with the channels last"),
        ((5, 1, 9, 3), (1, 9, 3), "hwc", "is read with the channels last"),
        ((5, 3, 9, 1), (3, 9, 1), "hwc", "is read with the channels last"),
        ((5, 1, 9, 1), (1, 9, 1), "hwc", ""),
        ((5, 64), (8, 8, 1), "flat", "rows of 64 values are taken as 8 x 8 pictures"),
        ((5, 16384), (128, 128, 1), "flat", "rows of 16,384 values are taken as 128 x 128"),
        ((5, 192), (8, 8, 3), "flat", "8 x 8 pictures in the order height, width, colour"),
        ((5, 49152), (128, 128, 3), "flat", "in the order height, width, colour"),
        ((5, 576), (24, 24, 1), "flat", "24 x 24 pictures"),  # and not 3 x 192
    ],
)
def test_how_pictures_lie_in_an_array(
    shape: tuple[int, ...], sample: tuple[int, int, int], order: str, said: str
) -> None:
    found = IMAGES.laid_out(source(*shape))
    assert (found.kind, found.shape, found.order) == ("images", sample, order)
    assert len(found.warnings) == bool(said) and said in "".join(found.warnings)
    assert ("colour" in said) == ("colour" in "".join(found.warnings))


@pytest.mark.parametrize("length", [49, 63, 65, 147, 191, 129 * 129, 3 * 129 * 129, 2 * 64])
def test_rows_that_are_no_square_pictures_are_refused(length: int) -> None:
    with pytest.raises(DataError, match=r"cannot be read as pictures.*rows as long as square"):
        IMAGES.laid_out(source(5, length))


@pytest.mark.parametrize("shape", [(5, 2, 9, 7), (5, 9, 7, 2), (5, 9, 7, 5)])
def test_channels_that_are_none_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(DataError, match="neither the second nor the last axis is 1, 3 or 4"):
        IMAGES.laid_out(source(*shape))


@pytest.mark.parametrize(
    ("shape", "fits"),
    [
        ((4, 512, 1), True),
        ((512, 4, 3), True),
        ((3, 9, 1), False),
        ((9, 3, 1), False),
        ((513, 9, 1), False),
        ((9, 513, 1), False),
        ((9, 9, 2), False),
        ((9, 9, 4), False),
    ],
)
def test_what_a_model_takes(shape: tuple[int, int, int], fits: bool) -> None:
    wrong = IMAGES.misfit(shape)
    assert (wrong is None) == fits
    if wrong is not None:
        what, remedy = wrong
        height, width, channels = shape
        assert what == f"pictures of {height} x {width} x {channels} cannot be modelled"
        assert remedy == "use grey or colour pictures with sides from 4 to 512"


def test_grey_and_colour_are_said() -> None:
    assert IMAGES.counted(Preparation(9, 7)) == "9 \u00d7 7 grey"
    assert IMAGES.counted(Preparation(9, 7, 3)) == "9 \u00d7 7 colour"


@pytest.mark.parametrize("levels", [1, 16, 255])
def test_white_is_one_for_the_model_and_255_on_the_screen(levels: int) -> None:
    kept = np.array([0, levels], np.uint8).reshape(1, 2, 1)
    made = Preparation(1, 2, levels=levels)
    unit = IMAGES.unit(kept, levels)
    assert unit.dtype == np.float32 and unit.ravel().tolist() == [0, 1]
    assert np.ravel(IMAGES.shown(kept, made, 1)).tolist() == [0, 255]
    assert np.ravel(IMAGES.drawn(unit.ravel(), made, 1)).tolist() == [0, 255]
    assert IMAGES.drawn_shape(made, 3) == (1, 2, 1)
    seen = IMAGES.seen(np.stack([unit.ravel(), unit.ravel()[::-1]]), made)
    assert seen.shape[:3] == (2, 1, 2) and seen[..., 0].ravel().tolist() == [0, 255, 255, 0]


@pytest.mark.parametrize("how", ["none", "fixed", "dynamic"])
def test_what_is_drawn_black_or_white_comes_in_one_step(how: str) -> None:
    made = Preparation(1, 2, levels=16, binarisation=how)
    assert IMAGES.steps(made) == (16 if how == "none" else 1)
