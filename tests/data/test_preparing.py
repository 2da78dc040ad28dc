"""What becomes of a data set as a whole: warnings, duplicates, limits on memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from explorer.data.choices import Choices
from explorer.data.opening import describe, open_dataset
from explorer.errors import DataError
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


TABLE = np.random.default_rng(0).normal(size=(40, 3)).round(3)


def csv(folder: Path, rows: np.ndarray, header: str = "a,b,c", name: str = "t.csv") -> Path:
    cells = [",".join("" if np.isnan(v) else f"{v}" for v in row) for row in rows]
    (folder / name).write_text("\n".join([header, *cells]) + "\n")
    return folder / name


def test_a_table_is_standardised_by_its_training_part(tmp_path: Path) -> None:
    data = open_dataset(csv(tmp_path, TABLE))
    kept, train = data.preparation, TABLE[data.train_index]
    np.testing.assert_allclose(kept.centre, train.mean(axis=0), rtol=1e-9)
    np.testing.assert_allclose(kept.scale, train.std(axis=0), rtol=1e-9)
    assert (kept.low, kept.high, kept.levels) == (TABLE.min(), TABLE.max(), 1)
    assert kept.names == ("a", "b", "c") and kept.axis == ()
    np.testing.assert_allclose(
        data.x.reshape(40, 3), (TABLE - kept.centre) / kept.scale, rtol=1e-5, atol=1e-6
    )


def test_gaps_are_counted_by_column_or_for_a_preparation_in_all(tmp_path: Path) -> None:
    first = open_dataset(csv(tmp_path, TABLE))
    rows = TABLE.copy()
    rows[3, 1] = rows[4, 2] = np.nan
    said = open_dataset(csv(tmp_path, rows)).warnings
    assert said == (
        "2 missing values are filled with the mean: the column 'b' 1, the column 'c' 1",
    )
    again = open_dataset(csv(tmp_path, rows), preparation=first.preparation)
    assert again.warnings == ("2 missing values are filled with the mean of the column",)
    rows[4, 2] = 1.0
    one = open_dataset(csv(tmp_path, rows), preparation=first.preparation)
    assert one.warnings == ("1 missing value is filled with the mean of the column",)
    assert open_dataset(csv(tmp_path, TABLE), preparation=first.preparation).warnings == ()


def test_a_column_that_is_the_same_everywhere_has_its_name_in_either_case(tmp_path: Path) -> None:
    first = open_dataset(csv(tmp_path, TABLE))
    rows = TABLE.copy()
    rows[:, 1] = 2.0
    said = "the same value in all rows of 'b'"
    assert said in open_dataset(csv(tmp_path, rows)).warnings
    turned = csv(tmp_path, rows[:, ::-1], "c,b,a")
    assert said in open_dataset(turned, preparation=first.preparation).warnings


def test_an_empty_part_is_said_and_another_is_drawn(tmp_path: Path) -> None:
    drawn = "one part of the given split is empty, so a new one is drawn"
    x = pixels(20, 9, 9)
    for train, test in ((x, x[:0]), (x[:0], x)):
        data = open_dataset(makers.npz(tmp_path, x_train=train, x_test=test))
        assert drawn in data.warnings and len(data.test_index) == 2
    given = open_dataset(makers.npz(tmp_path, x_train=x[:19], x_test=x[19:]))
    assert drawn not in given.warnings and given.test_index.tolist() == [19]


def test_repeats_are_said_of_whatever_is_repeated(tmp_path: Path) -> None:
    rows = TABLE.copy()
    rows[1] = rows[0]
    side = "equal {} stay on one side of the split"
    assert open_dataset(csv(tmp_path, rows)).warnings == (
        f"1 sample repeats another exactly: {side.format('samples')}",
    )
    rows[:] = rows[0]
    (said, *_) = open_dataset(csv(tmp_path, rows)).warnings[-1:]
    assert said == "all samples are the same values" or said.startswith("the same value")
    x = pixels(20, 9, 9)
    x[1] = x[0]
    data = open_dataset(makers.npz(tmp_path, x_train=x[:10], x_test=x[10:]))
    assert data.warnings == ("1 sample repeats another exactly",)
    x[19] = x[2]
    leaking = open_dataset(makers.npz(tmp_path, x_train=x[:10], x_test=x[10:]))
    assert "1 test sample is also in the training part" in leaking.warnings


def test_pictures_are_no_table(tmp_path: Path) -> None:
    table = open_dataset(csv(tmp_path, TABLE)).preparation
    folder = makers.pictures(tmp_path / "p")
    with pytest.raises(DataError, match=r"these are pictures, not table .*: give an .npz, .npy"):
        open_dataset(folder, preparation=table)


def test_a_header_of_numbers_is_the_axis_of_a_signal_and_not_of_a_table(tmp_path: Path) -> None:
    rows = np.random.default_rng(0).normal(size=(30, 40)).cumsum(axis=1).round(3)
    header = ",".join(str(400 + 10 * i) for i in range(40))
    path = csv(tmp_path, rows, header)
    signal = open_dataset(path, choices=Choices(kind="signals"))
    assert signal.preparation.axis == tuple(400.0 + 10 * i for i in range(40))
    table = open_dataset(path, choices=Choices(kind="table"))
    assert table.preparation.axis == () and len(table.preparation.names) == 40
