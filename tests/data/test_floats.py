"""Signals and tables: standardised on the training part, repeated to the bit."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from explorer.config import from_json, to_json
from explorer.data import raw
from explorer.data.choices import Choices
from explorer.data.dataset import Dataset, Preparation
from explorer.data.opening import describe, open_dataset, open_sample
from explorer.errors import DataError, SettingsError
from tests.data import makers

RANDOM = np.random.default_rng(0)
TABLE = RANDOM.normal(size=(200, 7)) * np.geomspace(1e-6, 1e9, 7) + np.geomspace(1, 1e12, 7)
WAVES = np.sin(
    np.linspace(0, 9, 60)[:, None] * np.array([1, 2, 3]) + RANDOM.normal(size=(90, 1, 1))
)


def train_rows(data: Dataset) -> np.ndarray:
    return data.unit(data.train_index).astype(np.float64)


@pytest.mark.parametrize("dtype", ["f8", "f4", "i8"])
@pytest.mark.parametrize("block", [1, 100, 1 << 22])
def test_standardised_on_the_training_part_only(
    dtype: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw, "BLOCK", block)
    x = RANDOM.normal(3.0, 50.0, (200, 7)).astype(dtype)
    data = open_dataset(makers.npy(tmp_path, x))
    assert data.kind == "table" and data.x.shape == (200, 1, 7, 1) and data.x.dtype == np.float32
    rows = x[data.train_index].astype(np.float64)
    assert data.preparation.centre == pytest.approx(rows.mean(0), rel=1e-12)
    assert data.preparation.scale == pytest.approx(rows.std(0), rel=1e-12)
    np.testing.assert_allclose(train_rows(data).mean(0), 0, atol=1e-6)
    np.testing.assert_allclose(train_rows(data).std(0), 1, atol=1e-6)
    wanted = (x.astype(np.float64) - rows.mean(0)) / rows.std(0)
    np.testing.assert_allclose(data.unit(slice(None)), wanted, atol=1e-5)


def test_columns_of_any_size_keep_their_digits(tmp_path: Path) -> None:
    data = open_dataset(makers.npy(tmp_path, TABLE))
    spread = TABLE[data.train_index].std(0)
    back = data.unit(slice(None)).astype(np.float64) * data.preparation.scale
    back += np.array(data.preparation.centre)
    np.testing.assert_allclose((back - TABLE) / spread, 0, atol=1e-5)


@pytest.mark.parametrize("name", ["waves", "wine"])
def test_a_preparation_is_repeated_to_the_bit_through_json(name: str) -> None:
    data = open_dataset(name)
    kept = from_json(Preparation, json.loads(json.dumps(to_json(data.preparation))))
    again = open_dataset(name, preparation=kept)
    assert kept == data.preparation and again.content_hash == data.content_hash
    assert data.warnings == () and not data.x.flags.writeable
    np.testing.assert_allclose(train_rows(data).std(0), 1, atol=1e-6)


def test_a_repeated_preparation_is_not_fitted_again(tmp_path: Path) -> None:
    first = open_dataset(makers.npy(tmp_path, RANDOM.normal(size=(50, 5))))
    other = open_dataset(makers.npy(tmp_path, np.full((9, 5), 7.0)), preparation=first.preparation)
    wanted = (7.0 - np.array(first.preparation.centre)) / first.preparation.scale
    np.testing.assert_allclose(other.unit(slice(0, 1))[0], wanted, rtol=1e-6)
    back = other.preparation.original(other.unit(slice(0, 1)))
    np.testing.assert_allclose(back, 7.0, rtol=1e-6)


def test_another_width_is_refused(tmp_path: Path) -> None:
    kept = open_dataset("wine").preparation
    with pytest.raises(DataError, match="samples of 5 x 1 values do not fit"):
        open_dataset(makers.npy(tmp_path, RANDOM.normal(size=(50, 5))), preparation=kept)
    with pytest.raises(DataError, match="pictures, not table"):
        open_dataset(makers.pictures(tmp_path / "p"), preparation=kept)
    with pytest.raises(DataError, match="no sample for a model of table"):
        open_sample(tmp_path / "p" / "000.png", kept)


def test_signals_of_either_order(tmp_path: Path) -> None:
    last = open_dataset(makers.npy(tmp_path, WAVES))
    first = open_dataset(makers.npy(tmp_path, WAVES.transpose(0, 2, 1), "b.npy"))
    assert last.kind == first.kind == "signals" and last.x.shape == (90, 1, 60, 3)
    np.testing.assert_array_equal(last.x, first.x)
    assert last.warnings == ("the shape (90, 60, 3) is read as signals of 60 values in 3 channels",)
    found = describe(tmp_path / "b.npy")
    assert (found.kind, found.shape) == ("signals", [60, 3])
    assert found.range == [WAVES.min(), WAVES.max()]


def test_keys_of_an_npz_decide(tmp_path: Path) -> None:
    flat = WAVES[:, :, 0]
    assert open_dataset(makers.npz(tmp_path, x=flat)).kind == "signals"
    for arrays in ({"x": flat, "kind": np.array("table")}, {"table": flat}):
        data = open_dataset(makers.npz(tmp_path, **arrays))
        assert data.kind == "table" and data.warnings == ()
    named = makers.npz(tmp_path, x=WAVES, channels=np.array(["x", "y", "z"]), y=np.arange(90) % 2)
    data = open_dataset(named)
    assert data.preparation.names == ("x", "y", "z") and data.classes == ("0", "1")
    assert open_dataset(named, choices=Choices(kind="images")).kind == "images"
    with pytest.raises(SettingsError, match="choose one of images, signals, table"):
        open_dataset(named, choices=Choices(kind="music"))


def test_a_given_split_is_kept(tmp_path: Path) -> None:
    x = RANDOM.normal(size=(60, 5))
    x[40:] += 100
    data = open_dataset(makers.npz(tmp_path, x_train=x[:40], x_test=x[40:]))
    assert data.test.sum() == 20
    assert data.preparation.centre == pytest.approx(x[:40].mean(0))


def test_gaps_are_filled_with_the_training_mean(tmp_path: Path) -> None:
    x = RANDOM.normal(5.0, 2.0, (100, 4))
    x[::7, 1] = np.nan
    data = open_dataset(makers.npy(tmp_path, x))
    assert (data.x[::7, 0, 1, 0] == 0).all() and np.isfinite(data.x).all()
    train = x[data.train_index, 1]
    assert data.preparation.centre[1] == pytest.approx(np.nanmean(train))
    assert data.preparation.scale[1] == pytest.approx(np.nanstd(train))
    assert "15 missing values are filled with the mean: column 2 15" in data.warnings


def test_constant_columns_become_zero_and_are_named(tmp_path: Path) -> None:
    x = RANDOM.normal(size=(30, 3))
    x[:, 1] = 0.1
    data = open_dataset(makers.npz(tmp_path, table=x, columns=np.array(["a", "b", "c"])))
    assert (data.x[:, 0, 1] == 0).all() and data.preparation.scale[1] == 1.0
    assert data.warnings == ("the same value in all rows of 'b'",)


def test_repeats_stay_on_one_side(tmp_path: Path) -> None:
    x = RANDOM.normal(size=(60, 5))[np.arange(100) % 60]
    data = open_dataset(makers.npz(tmp_path, table=x))
    train = {row.tobytes() for row in data.x[data.train_index]}
    assert not any(row.tobytes() in train for row in data.x[data.test_index])
    said = "40 samples repeat others exactly: equal samples stay on one side of the split"
    assert data.warnings == (said,)


def test_kinds_have_their_own_types() -> None:
    floats, test = np.zeros((2, 1, 8, 1), np.float32), np.zeros(2, bool)
    Dataset("t", floats, Preparation(1, 8, levels=1, kind="table"), test)
    with pytest.raises(DataError, match="samples are float32"):
        Dataset("t", floats, Preparation(1, 8), test)
    with pytest.raises(DataError, match="not float32"):
        Dataset("t", floats.astype(np.uint8), Preparation(1, 8, kind="signals"), test)


def test_plain_pictures_hash_as_ever() -> None:
    """The bundled checkpoints carry these hashes."""
    shape = "Preparation(height=8, width=8, channels=1, low=0.0, high=255.0, levels=255)"
    assert repr(Preparation(8, 8)) == shape
    assert open_dataset("digits").content_hash.startswith(DIGITS)
    table = open_dataset("wine")
    moved = Preparation(**{**to_json(table.preparation), "centre": (0.0,) * 13})
    assert Dataset("w", table.x, moved, table.test).content_hash != table.content_hash


DIGITS = "dc8540ff6b96e9a5"
