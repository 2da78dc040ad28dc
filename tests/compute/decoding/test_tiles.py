"""explorer.compute.decoding.tiles: every cell is decoded at its middle, and stands where it is."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explorer.compute.decoding.place import DecodePlace
from explorer.compute.decoding.tiles import GRID, DecodeTiles, Slice, Tile, _packed, middles
from explorer.data.pictures.pixels import picture_of
from explorer.models.codes import PLOTTABLE
from tests.compute.small import DATA, linear_model, snapshot


def _plane(model, subject=None) -> Slice:
    return Slice(
        "key", "place", subject or {"model": model}, DATA.preparation, lambda points: points, model
    )


def test_middles_of_cells_row_by_row_from_below() -> None:
    assert GRID == 2
    np.testing.assert_array_equal(
        middles(Tile(0, 1, -1), 1.0), [[2.5, -1.5], [3.5, -1.5], [2.5, -0.5], [3.5, -0.5]]
    )
    np.testing.assert_array_equal(
        middles(Tile(2, 0, 1), 0.5),
        [[0.125, 0.3125], [0.375, 0.3125], [0.125, 0.4375], [0.375, 0.4375]],
    )


def test_each_cell_is_the_picture_that_the_decoder_makes_of_its_middle() -> None:
    model, module = linear_model()
    tiles = (Tile(1, 0, 0), Tile(0, -1, 2))
    drawn = DecodeTiles(model, _plane(model), tiles).answer()
    assert tuple(drawn.pixels) == tiles and drawn.seconds > 0
    for tile in tiles:
        rows = module.exact_decode(torch.from_numpy(middles(tile, 1.0))).numpy()
        sheet = drawn.pixels[tile]
        assert sheet.shape == (16, 16) and sheet.flags["C_CONTIGUOUS"]
        for n, row in enumerate(rows):
            above, left = 8 * (GRID - 1 - n // GRID), 8 * (n % GRID)
            seen = sheet[above : above + 8, left : left + 8]
            grey = picture_of(row.astype(np.float32), (8, 8, 1))[..., 0].astype(np.int64)
            assert np.abs((seen & 255).astype(np.int64) - grey).max() <= 1


def test_it_is_the_picture_that_a_drag_shows_there() -> None:
    model = snapshot()
    sheet = DecodeTiles(model, _plane(model), (Tile(0, 0, 0),)).answer().pixels[Tile(0, 0, 0)]
    image = DecodePlace(model, np.array([0.5, 1.5], np.float32)).answer()
    np.testing.assert_allclose(sheet[:8, :8] & 255, image[..., 0], atol=1)


def test_without_a_model_points_are_rows_themselves() -> None:
    def unproject(points: np.ndarray) -> np.ndarray:
        return np.repeat(points[:, :1], 64, axis=1)

    rows = Slice("key", "place", {"pca": "it"}, DATA.preparation, unproject)
    sheet = DecodeTiles(None, rows, (Tile(3, 0, 0),)).answer().pixels[Tile(3, 0, 0)]
    left, right = round(255 / 16), round(255 * 3 / 16)
    assert set(np.unique(sheet[:, :8] & 255)) == {left}
    assert set(np.unique(sheet[:, 8:] & 255)) == {right}


def test_what_lies_too_far_is_drawn_as_where_codes_end() -> None:
    asked = []
    far = Slice("", "", {}, DATA.preparation, lambda p: asked.append(p) or np.zeros((len(p), 64)))
    far.pictures(np.array([[1e30, -1e30], [np.inf, 0.0]]))
    np.testing.assert_array_equal(
        asked[0], np.array([[PLOTTABLE, -PLOTTABLE], [PLOTTABLE, 0]], np.float32)
    )


def test_colours_are_packed_as_a_screen_has_them() -> None:
    colour = np.array([[[[1, 2, 3]]]], np.uint8)
    assert hex(_packed(colour)[0, 0, 0]) == "0xff010203"
    assert hex(_packed(np.array([[[[5]]]], np.uint8))[0, 0, 0]) == "0xff050505"
    assert _packed(colour).dtype == np.uint32


@pytest.mark.parametrize("subject", [{"model": 1}, {"pca": 2, "dataset": 3}])
def test_it_is_about_what_its_slice_is_about(subject: dict[str, object]) -> None:
    question = DecodeTiles(None, _plane(None, subject), ())
    assert question.subject == subject
    assert (question.lane, question.policy, question.quiet) == ("tiles", "queue", True)
