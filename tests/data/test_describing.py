"""Described before it is loaded."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from explorer.data import describing
from explorer.data.opening import describe, open_dataset
from explorer.errors import Cancelled, DataError
from explorer.task import Task
from tests.data import makers
from tests.data.makers import pixels


def test_what_is_said_is_what_is_opened(tmp_path: Path) -> None:
    arrays = {
        "bytes": pixels(30, 9, 9),
        "colour": pixels(30, 3, 12, 9),
        "large": pixels(30, 200, 100),
        "float": pixels(30, 9, 9) / 300,
        "flat": pixels(30, 100),
        "deep": pixels(30, 9, 9).astype(np.uint16) * 200,
    }
    for name, x in arrays.items():
        path = makers.npz(tmp_path, f"{name}.npz", x=x, y=np.arange(30) % 3)
        found, data = describe(path), open_dataset(path)
        assert tuple(found.shape) == data.preparation.shape
        assert found.range == [data.preparation.low, data.preparation.high]
        assert found.splits == {"train": len(data.train_index), "test": len(data.test_index)}
        assert found.labels == {"0": 10, "1": 10, "2": 10}
        assert tuple(found.warnings) == data.warnings
        assert found.dtype == x.dtype.name


def test_a_huge_file_is_described_from_its_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "huge.npy"
    shape = (100_000, 28, 28)
    path.write_bytes(makers.npy_bytes(makers.declared(str(shape), "'<f4'")))
    os.truncate(path, path.stat().st_size + 4 * int(np.prod(shape)))  # sparse: no disk taken
    monkeypatch.setattr("explorer.data.describing._BUDGET", 1 << 20)
    found = describe(path)
    assert found.n == 100_000
    assert "the range is that of the first samples" in found.warnings


def test_describing_can_be_stopped(tmp_path: Path) -> None:
    task = Task()
    task.cancel()
    for path in (makers.npy(tmp_path, pixels(9, 9, 9)), makers.pictures(tmp_path / "p")):
        with pytest.raises(Cancelled):
            describe(path, task)


def test_nan_is_met(tmp_path: Path) -> None:
    x = np.ones((9, 9, 9))
    x[3, 0, 0] = np.nan
    with pytest.raises(DataError, match="sample 3 "):
        describe(makers.npy(tmp_path, x))


def test_equal_samples_are_said_in_the_words_of_opening(tmp_path: Path) -> None:
    one = pixels(1, 9, 9)
    (tmp_path / "p").mkdir()
    for i in range(4):
        (tmp_path / "p" / f"{i}.png").write_bytes(makers.png(one[0]))
    paths = [
        makers.npy(tmp_path, np.repeat(one, 5, axis=0)),
        makers.npz(tmp_path, table=np.ones((12, 3)) * [1.0, 2.5, 4.0]),
        tmp_path / "p",
    ]
    for path in paths:
        said = [w for w in open_dataset(path).warnings if w.startswith("all samples are the same")]
        assert len(said) == 1
        assert said[0] in describe(path).warnings


def test_one_sample_that_differs_is_enough(tmp_path: Path) -> None:
    x = np.full((5000, 9, 9), 200, np.uint8)
    x[-1, -1, -1] = 0
    assert not [w for w in describe(makers.npy(tmp_path, x)).warnings if "same" in w]


def test_of_many_pictures_some_are_looked_at_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.data.steps.files.SURVEYED", 5)
    folder = makers.pictures(tmp_path, 12, (12, 10, 3))
    found = describe(folder)
    assert (found.n, found.shape) == (12, [12, 10, 3])
    assert "4 of 12 pictures were looked at" in found.warnings  # every third
    assert not any("range" in said for said in found.warnings)
    for i in range(12):
        (folder / f"{i:03d}.png").write_bytes(
            makers.png(pixels(12, 10, seed=i).astype(np.uint16) * 9)
        )
    dim = describe(folder)
    assert "the range is that of the pictures looked at" in dim.warnings and dim.shape[2] == 1
    monkeypatch.setattr("explorer.data.steps.files.SURVEYED", 99)
    whole = describe(folder)
    assert not any("looked at" in said for said in whole.warnings)


def test_pictures_that_are_all_equal_are_told_where_all_were_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for i in range(6):
        (tmp_path / f"{i}.png").write_bytes(makers.png(pixels(12, 10, seed=0)))
    (same,) = describe(tmp_path).warnings
    assert same == "all samples are the same picture"
    (tmp_path / "5.png").write_bytes(makers.png(pixels(12, 10, seed=9)))
    assert same not in describe(tmp_path).warnings
    (tmp_path / "5.png").unlink()
    monkeypatch.setattr("explorer.data.steps.files.SURVEYED", 3)
    assert same not in describe(tmp_path).warnings


def test_a_folder_of_broken_pictures_is_refused(tmp_path: Path) -> None:
    for i in range(3):
        (tmp_path / f"{i}.png").write_bytes(b"no picture")
    with pytest.raises(DataError, match="3 of 3 pictures cannot be read"):
        describe(tmp_path)


def test_rows_of_a_table_are_seldom_all_the_same() -> None:
    assert not any("same" in said for said in describe("wine").warnings)


def test_a_look_takes_mnist_whole_and_half_a_gigabyte_not() -> None:
    """As numbers of four bytes it is 188 MB; a disk gives a few hundred in a second."""
    assert 60_000 * 28 * 28 * 4 <= describing._BUDGET <= 400e6
