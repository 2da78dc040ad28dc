"""IDX files find their partners by name."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from explorer.data.opening import describe, open_dataset
from explorer.errors import DataError
from tests.data import makers
from tests.data.makers import idx_bytes, pixels


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("start", ["", "train-images-idx3-ubyte", "t10k-labels-idx1-ubyte"])
def test_the_folder_or_any_file_is_the_whole_set(packed: bool, start: str, tmp_path: Path) -> None:
    folder = makers.mnist(tmp_path / "set", 20, 10, packed=packed)
    path = folder / (start + (".gz" if packed and start else ""))
    data = open_dataset(path)
    np.testing.assert_array_equal(data.x[:20, ..., 0], pixels(20, 10, 9, seed=20))
    np.testing.assert_array_equal(data.x[20:, ..., 0], pixels(10, 10, 9, seed=10))
    assert data.labels is not None
    np.testing.assert_array_equal(data.labels, np.r_[np.arange(20), np.arange(10)] % 10)
    np.testing.assert_array_equal(data.test_index, np.arange(20, 30))
    assert describe(path).splits == {"train": 20, "test": 10}


def test_unpacked_wins_over_packed(tmp_path: Path) -> None:
    makers.mnist(tmp_path, packed=True)
    makers.mnist(tmp_path, packed=False)
    assert len(open_dataset(tmp_path)) == 30


def test_one_pair_without_a_split(tmp_path: Path) -> None:
    (tmp_path / "shapes-images.idx3").write_bytes(idx_bytes(pixels(20, 9, 9)))
    (tmp_path / "shapes-labels.idx1").write_bytes(idx_bytes(np.arange(20) % 3))
    data = open_dataset(tmp_path / "shapes-images.idx3")
    assert data.classes == ("0", "1", "2")
    assert len(data.test_index) == 2


def test_pictures_without_labels_under_any_name(tmp_path: Path) -> None:
    path = tmp_path / "anything.bin"
    path.write_bytes(gzip.compress(idx_bytes(pixels(20, 9, 9))))
    assert open_dataset(path).labels is None


def test_two_sets_in_a_folder_are_named(tmp_path: Path) -> None:
    for name in ("letters", "digits"):
        path = tmp_path / f"emnist-{name}-train-images-idx3-ubyte"
        path.write_bytes(idx_bytes(pixels(5, 9, 9)))
    with pytest.raises(DataError, match=r"digits.*letters"):
        open_dataset(tmp_path)
    assert len(open_dataset(path)) == 5


def test_big_endian_floats(tmp_path: Path) -> None:
    x = np.linspace(0, 1, 4 * 81).reshape(4, 9, 9)
    head = bytes([0, 0, 0x0D, 3]) + np.array([4, 9, 9], ">u4").tobytes()
    (tmp_path / "a.idx3").write_bytes(head + x.astype(">f4").tobytes())
    np.testing.assert_allclose(open_dataset(tmp_path / "a.idx3").x[..., 0] / 255, x, atol=0.002)
