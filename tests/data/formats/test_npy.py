"""Every type and order that numpy writes; what is exact stays exact."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from explorer.data.opening import describe, open_dataset
from tests.data import makers
from tests.data.makers import pixels

X = pixels(6, 9, 9)


@pytest.mark.parametrize("dtype", ["u1", "<u2", ">u2", "<i4", ">i8", "u8", "<f2", ">f4", "f8"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_whole_values_from_0_to_255_stay_exact(dtype: str, order: str, tmp_path: Path) -> None:
    path = makers.npy(tmp_path, np.asarray(X.astype(dtype), order=order))  # type: ignore[call-overload]
    data = open_dataset(path)
    np.testing.assert_array_equal(data.x[..., 0], X)
    assert (data.preparation.low, data.preparation.high) == (0, 255)
    assert describe(path).dtype == np.dtype(dtype).newbyteorder("=").name


def test_booleans_are_black_and_white(tmp_path: Path) -> None:
    data = open_dataset(makers.npy(tmp_path, X > 100))
    assert data.preparation.levels == 1
    np.testing.assert_array_equal(data.x[..., 0], X > 100)
    assert set(np.unique(data.picture(0))) == {0, 255}


def test_channels_first_is_turned(tmp_path: Path) -> None:
    x = pixels(6, 3, 9, 10)
    data = open_dataset(makers.npy(tmp_path, x))
    np.testing.assert_array_equal(data.x, np.moveaxis(x, 1, -1))


def test_old_header_versions(tmp_path: Path) -> None:
    for version in (1, 2, 3):
        data = makers.npy_bytes(makers.declared("(6, 9, 9)"), version=version, values=X.tobytes())
        (tmp_path / "v.npy").write_bytes(data)
        np.testing.assert_array_equal(open_dataset(tmp_path / "v.npy").x[..., 0], X)


def test_a_file_larger_than_one_block(tmp_path: Path) -> None:
    x = pixels(6000, 32, 32)
    np.testing.assert_array_equal(open_dataset(makers.npy(tmp_path, x)).x[..., 0], x)
