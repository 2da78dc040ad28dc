"""Drawings: where the ink must be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.data.dataset import Preparation
from explorer.data.opening import open_dataset
from explorer.data.pictures.charts import HEIGHT, OKABE_ITO, WIDTH
from explorer.data.pictures.drawing import all_drawn, drawn, picture_shape, weights_drawn
from explorer.data.pictures.pixels import picture_of


def inked(picture: np.ndarray, colour: int) -> np.ndarray:
    """(H, W) where a pixel is close to one of the colours."""
    return np.abs(picture.astype(float) - OKABE_ITO[colour]).max(axis=2) < 90


def test_pictures_are_what_they_were() -> None:
    row, kept = np.linspace(-0.1, 1.1, 192, dtype=np.float32), Preparation(8, 8, 3)
    np.testing.assert_array_equal(drawn(row, kept), picture_of(row, kept.shape))


@pytest.mark.parametrize("scale", [1, 3])
@pytest.mark.parametrize("length", [1, 7, 96, 1000])
def test_a_ramp_rises_from_edge_to_edge(length: int, scale: int) -> None:
    kept = Preparation(1, length, 1, levels=1, kind="signals")
    picture = drawn(np.linspace(-2, 2, length, dtype=np.float32), kept, scale)
    assert picture.shape == picture_shape(kept, scale) == (HEIGHT * scale, WIDTH * scale, 3)
    lines = inked(picture, 0)
    assert lines.any(axis=0).all()
    middle = (lines * np.arange(len(lines))[:, None]).sum(0) / lines.sum(0)
    assert (np.diff(middle) <= 0).all() if length > 1 else np.ptp(middle) == 0


def test_no_sample_of_a_long_signal_is_skipped() -> None:
    kept = Preparation(1, 5000, 1, levels=1, kind="signals")
    row = np.zeros(5000, np.float32)
    row[2503] = 2.4
    assert inked(drawn(row, kept), 0)[:6].any()


def test_channels_have_colours_and_values_their_place() -> None:
    """In the data's own units: a signal at its mean is drawn at its mean's height."""
    centre = (0.0, 10.0) * 20  # (L, C) = (20, 2)
    kept = Preparation(1, 20, 2, levels=1, kind="signals", centre=centre, scale=(1.0, 5.0) * 20)
    row = np.tile(np.array([1.5, -1.5], np.float32), 20)
    picture = drawn(row, kept)
    assert np.flatnonzero(inked(picture, 0).any(axis=1)).max() < HEIGHT // 2
    assert np.flatnonzero(inked(picture, 1).any(axis=1)).min() > HEIGHT // 2


@pytest.mark.parametrize("d", [1, 2, 13, 64, 200])
def test_bars_lie_on_their_side(d: int) -> None:
    kept = Preparation(1, d, 1, levels=1, kind="table")
    right = drawn(np.full(d, 1.0, np.float32), kept)
    left = drawn(np.full(d, -9.0, np.float32), kept)
    assert inked(right, 0)[:, WIDTH // 2 :].any() and not inked(right, 0)[:, : WIDTH // 2].any()
    assert inked(left, 1)[:, 3 : WIDTH // 2].any() and not inked(left, 1)[:, WIDTH // 2 :].any()
    assert inked(left, 1)[:, 4].mean() > 0.5


def test_samples_of_every_kind_have_a_picture() -> None:
    for name in ("waves", "wine"):
        data = open_dataset(name)
        picture = data.picture(3)
        assert picture.dtype == np.uint8 and picture.shape == picture_shape(data.preparation)
        np.testing.assert_array_equal(picture, drawn(data.unit(np.array([3]))[0], data.preparation))
        assert len(np.unique(picture)) > 2


def test_the_largest_weight_reaches_nine_tenths_of_the_way() -> None:
    """Whatever the weights' unit is, and whatever the columns' units are."""
    kept = Preparation(1, 2, levels=1, kind="table", centre=(5.0, 9.0), scale=(2.0, 30.0))
    for unit in (1e-6, 1.0, 1e6):
        picture = weights_drawn(np.array([-unit, unit / 2], np.float32), kept)
        inks = (picture < 200).any(axis=(0, 2))
        assert np.flatnonzero(inks).tolist() == list(range(6, 69))  # 41.4 px left, 20.7 right


def test_no_weights_are_an_empty_picture() -> None:
    """Nothing is divided by 0."""
    kept = Preparation(1, 4, levels=1, kind="signals", centre=(5.0,) * 4, scale=(2.0,) * 4)
    np.testing.assert_array_equal(
        weights_drawn(np.zeros(4, np.float32), kept),
        drawn(np.zeros(4, np.float32), replace(kept, centre=(), scale=())),
    )


@pytest.mark.parametrize("name", ["digits", "emoji", "waves", "wine"])
def test_all_rows_are_drawn_as_each_one_is(name: str) -> None:
    kept = open_dataset(name).preparation
    rows = np.random.default_rng(0).normal(0.5, 0.6, (3, kept.features)).astype(np.float32)
    made, each = all_drawn(rows, kept), [drawn(row, kept) for row in rows]
    np.testing.assert_array_equal(made, np.stack(each))
    assert all_drawn(rows[:0], kept).shape == (0, *each[0].shape)
