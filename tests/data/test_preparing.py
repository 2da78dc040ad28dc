"""What becomes of a data set as a whole: warnings, duplicates, limits on memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from explorer.data.opening import describe, open_dataset
from tests.data import makers
from tests.data.makers import pixels


def test_duplicates_stay_on_one_side_and_are_counted(tmp_path: Path) -> None:
    x = pixels(60, 9, 9)[np.arange(100) % 60]
    data = open_dataset(makers.npz(tmp_path, x=x, y=np.arange(100) % 60 % 3))
    said = "40 samples repeat others exactly: equal pictures stay on one side of the split"
    assert data.warnings == (said,)
    train = {row.tobytes() for row in data.x[data.train_index]}
    assert not any(row.tobytes() in train for row in data.x[data.test_index])


def test_leaks_of_a_given_split_are_said(tmp_path: Path) -> None:
    x = pixels(10, 9, 9)
    data = open_dataset(makers.npz(tmp_path, x_train=x, x_test=x[:4]))
    assert "4 test samples are also in the training part" in data.warnings


@pytest.mark.parametrize("value", [0, 7, 255])
def test_constant_pixels_work(value: int, tmp_path: Path) -> None:
    data = open_dataset(makers.npy(tmp_path, np.full((10, 9, 9), value, np.uint8)))
    assert "all samples are the same picture" in data.warnings
    assert 0 < len(data.test_index) < 10


def test_one_class_is_said(tmp_path: Path) -> None:
    data = open_dataset(makers.npz(tmp_path, x=pixels(10, 9, 9), y=np.zeros(10)))
    assert "all samples are of one class" in data.warnings


def test_two_samples_are_enough(tmp_path: Path) -> None:
    data = open_dataset(makers.npy(tmp_path, pixels(2, 9, 9)))
    assert (len(data.train_index), len(data.test_index)) == (1, 1)


@pytest.mark.parametrize(("side", "wanted"), [(3, 8), (300, 64)])
def test_sizes_out_of_range_are_fitted_and_said(side: int, wanted: int, tmp_path: Path) -> None:
    path = makers.npy(tmp_path, pixels(4, side, side))
    data = open_dataset(path)
    assert data.x.shape == (4, wanted, wanted, 1)
    assert f"pictures of {side} x {side} are scaled into {wanted} x {wanted}" in data.warnings[0]
    assert describe(path).shape == [wanted, wanted, 1]


def test_rgba_arrays_lie_over_white(tmp_path: Path) -> None:
    x = pixels(4, 9, 9, 4)
    x[0, ..., 3] = 0
    x[1, ..., 3] = 255
    data = open_dataset(makers.npy(tmp_path, x))
    assert (data.x[0] == 255).all()
    np.testing.assert_array_equal(data.x[1], x[1, ..., :3])


@makers.only_linux
def test_sixty_thousand_pictures_take_little_more_than_themselves(tmp_path: Path) -> None:
    makers.npz(tmp_path, x=np.tile(pixels(600, 28, 28), (100, 1, 1)))
    code = (
        "import resource, sys; from explorer.data.opening import open_dataset;"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024;"
        "before = peak(); d = open_dataset(sys.argv[1]); print(peak() - before)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.npz")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert float(ran.stdout) < 110  # MB; the pictures are 45
