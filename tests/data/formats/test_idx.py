"""IDX files find their partners by name."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from explorer.data.choices import NO_CHOICES
from explorer.data.formats.idx import Idx
from explorer.data.opening import describe, open_dataset
from explorer.data.raw import Arrays
from explorer.errors import DataError
from explorer.task import NO_TASK
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
    makers.mnist(tmp_path, 8, 5, packed=True)
    makers.mnist(tmp_path, 7, 4, packed=False)
    data = open_dataset(tmp_path)
    assert len(data) == 11 and data.labels is not None and len(data.labels) == 11


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


def idx(array: np.ndarray, code: int, dtype: str) -> bytes:
    sides = np.array(array.shape, ">u4").tobytes()
    return bytes([0, 0, code, array.ndim]) + sides + array.astype(dtype).tobytes()


@pytest.mark.parametrize(
    ("code", "dtype"),
    [(0x08, "u1"), (0x09, "i1"), (0x0B, ">i2"), (0x0C, ">i4"), (0x0D, ">f4"), (0x0E, ">f8")],
)
@pytest.mark.parametrize("packed", [True, False])
def test_every_type_of_numbers(code: int, dtype: str, packed: bool, tmp_path: Path) -> None:
    """None of them as another of as many bytes."""
    x = np.arange(4 * 81).reshape(4, 9, 9) % 100
    path = tmp_path / "a.idx3"
    path.write_bytes(gzip.compress(idx(x, code, dtype), mtime=0) if packed else idx(x, code, dtype))
    with Idx.reading(path, NO_CHOICES, NO_TASK) as raw:
        assert isinstance(raw, Arrays)
        (part,) = raw.parts
        np.testing.assert_array_equal(part.images.whole(), x)
        assert part.labels is None and part.held_out is None


GOOD = bytes([0, 0, 8, 3])


@pytest.mark.parametrize(
    ("start", "known"),
    [(GOOD, True), (bytes([0, 0, 8, 1]), True), (bytes([0, 0, 8, 4]), True), (GOOD[:3], False),
     (bytes([0, 0, 8, 5]), False), (bytes([0, 0, 8, 0]), False), (bytes([0, 1, 8, 3]), False),
     (bytes([1, 0, 8, 3]), False), (bytes([0, 0, 10, 3]), False), (b"", False),
     (gzip.compress(GOOD, mtime=0), True), (gzip.compress(b"text", mtime=0), False),
     (b"\x1f\x8b\0", False)],
)  # fmt: skip
def test_it_is_known_by_its_first_four_bytes_or_by_its_name(
    start: bytes, known: bool, tmp_path: Path
) -> None:
    path, named = tmp_path / "data.bin", tmp_path / "data-ubyte"
    for each in (path, named):
        each.write_bytes(start)
    assert Idx.recognises(path) == known and Idx.recognises(named)
    assert not Idx.recognises(tmp_path / "nothing-ubyte")
    if not known:
        with pytest.raises(DataError, match=r"no IDX file, or its first .*: copy it again"):
            open_dataset(named)


def test_a_folder_is_one_if_it_holds_pictures(tmp_path: Path) -> None:
    (tmp_path / "shapes-labels.idx1").write_bytes(idx_bytes(np.arange(20) % 3))
    (tmp_path / "inner.idx3").mkdir()
    assert not Idx.recognises(tmp_path)
    with pytest.raises(DataError, match="labels but no pictures beside them"):
        open_dataset(tmp_path / "shapes-labels.idx1")
    (tmp_path / "shapes-images.idx3").write_bytes(idx_bytes(pixels(20, 9, 9)))
    assert Idx.recognises(tmp_path)
    labels = open_dataset(tmp_path / "shapes-labels.idx1").labels
    assert labels is not None and labels.tolist() == (np.arange(20) % 3).tolist()


WHOLE = idx_bytes(pixels(5, 9, 9))  # 16 bytes, and 405 values
BROKEN = {
    "without the last value": (WHOLE[:-1], "declares 5 samples, which need 405 bytes, but there"),
    "with one too many": (WHOLE + b"0", "need 405 bytes, but there are 406 "),
    "in the header": (WHOLE[:15], "the header is cut short"),
    "without a value": (WHOLE[:16], "need 405 bytes, but there are 0 "),
    "packed, and short": (
        gzip.compress(WHOLE, mtime=0)[:-20],
        "the file is cut short, its end is missing",
    ),
    "packed, and one too many": (gzip.compress(WHOLE + b"0", mtime=0), "goes on after the 5"),
    "packed, and short in its header": (
        gzip.compress(WHOLE[:15], mtime=0),
        "the header is cut short",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_is_not_as_long_as_it_says(case: str, tmp_path: Path) -> None:
    data, said = BROKEN[case]
    (tmp_path / "a.idx3").write_bytes(data)
    with pytest.raises(DataError, match=said) as refused:
        open_dataset(tmp_path / "a.idx3")
    assert "copy" in str(refused.value) or "check that the header" in str(refused.value)


@pytest.mark.parametrize("samples", [2, 2000])
def test_a_packed_file_cannot_be_more_than_a_thousand_times_its_size(
    samples: int, tmp_path: Path
) -> None:
    """What deflate cannot reach is refused before a byte of it is unpacked."""
    path = tmp_path / "a.idx3"
    path.write_bytes(gzip.compress(idx_bytes(np.zeros((2, 9, 9)), count=samples)))
    most = path.stat().st_size * 1032
    if samples * 81 > most:
        with pytest.raises(DataError, match=f"but there are {most:,} at most"):
            open_dataset(path)
    else:
        assert len(open_dataset(path)) == 2


def sides(tmp_path: Path, *names: str) -> Path:
    """A file of pictures for each, of 2, 3, 4 .. samples."""
    for n, name in enumerate(names, 2):
        (tmp_path / f"a-{name}-images.idx3").write_bytes(idx_bytes(pixels(n, 9, 9, seed=n)))
    return tmp_path


def test_what_is_trained_on_comes_first_and_a_validation_part_is_left_out(tmp_path: Path) -> None:
    data = open_dataset(sides(tmp_path, "test", "train", "val"))
    assert len(data) == 5 and data.test_index.tolist() == [3, 4]
    np.testing.assert_array_equal(data.x[:3, ..., 0], pixels(3, 9, 9, seed=3))
    assert "the validation part is left out" in data.warnings


def test_two_parts_are_both_used(tmp_path: Path) -> None:
    data = open_dataset(sides(tmp_path, "test", "train"))
    assert len(data) == 5 and not any("left out" in said for said in data.warnings)


def test_of_two_files_of_one_side_the_named_one_is_read(tmp_path: Path) -> None:
    folder = sides(tmp_path, "train", "training")
    assert len(open_dataset(folder)) == 2
    assert [len(open_dataset(path)) for path in sorted(folder.iterdir())] == [2, 3]


def test_four_sets_of_a_folder_are_named(tmp_path: Path) -> None:
    for name in "abcde":
        (tmp_path / f"{name}.idx3").write_bytes(WHOLE)
    with pytest.raises(DataError, match=r"take, a.idx3, b.idx3, c.idx3, d.idx3 .*: name one"):
        open_dataset(tmp_path)
