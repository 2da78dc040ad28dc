"""Every bad input leaves as one clear DataError; reference/faults.md 7.2, items 1 to 84."""

from __future__ import annotations

import gzip
import os
import pickle
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from explorer.data.opening import describe, open_dataset
from explorer.errors import DataError
from tests.data import makers
from tests.data.makers import declared, idx_bytes, npy_bytes, pixels, png

Maker = Callable[[Path], Path]
BAD: dict[str, tuple[Maker, str]] = {}


def bad(expected: str) -> Callable[[Maker], Maker]:
    """Register a maker of a bad input with a part of the sentence that it must lead to."""

    def add(maker: Maker) -> Maker:
        BAD[maker.__name__] = (maker, expected)
        return maker

    return add


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def listed(name: str, expected: str, maker: Maker) -> None:
    BAD[name] = (maker, expected)


# files that are something else
listed("missing", "no such file", lambda f: f / "nothing.npz")
listed("null_in_name", "no such file", lambda f: Path("a\0b"))
listed("name_too_long", "cannot be read", lambda f: f / ("x" * 5000))
listed("empty_file", "empty", lambda f: written(f, "a.bin", b""))
listed("text_file", "not a data set", lambda f: written(f, "a.txt", b"hello there"))
listed("one_picture_file", "a single picture", lambda f: makers.pictures(f, 1) / "000.png")
listed("parquet", "a table in Parquet", lambda f: written(f, "a.parquet", b"PAR1"))
listed("pickle", "pickle", lambda f: written(f, "a.pkl", b"\x80\x04K\x01."))
listed("empty_folder", "no pictures in this folder", lambda f: f)
listed("rar_named_zip", "a .rar archive", lambda f: written(f, "a.zip", b"Rar!\x1a\x07" * 99))
listed("7z_named_npz", "a .7z archive", lambda f: written(f, "a.npz", b"7z\xbc\xaf\x27\x1c" * 99))
listed(
    "tar_named_zip",
    "a .gz file, whatever its name",
    lambda f: written(f, "a.zip", b"\x1f\x8b" * 99),
)
listed("empty_npz", ".npz file is damaged or cut short", lambda f: written(f, "a.npz", b""))
listed("empty_npy", "damaged header", lambda f: written(f, "a.npy", b""))
listed("pickle_named_npy", "damaged header", lambda f: written(f, "a.npy", b"\x80\x04K\x01."))

# arrays
SHAPES = {
    "zero_axes": (),
    "one_axis": (40,),
    "five_axes": (2, 3, 4, 5, 6),
    "no_values": (4, 0),
    "no_samples": (0, 9, 9),
    "one_sample": (1, 9, 9),
    "no_channels_axis": (4, 9, 9, 9),
    "one_picture": (64, 64, 3),
}
for _name, _shape in SHAPES.items():
    listed(_name, "", lambda f, s=_shape: makers.npy(f, pixels(*s)))  # type: ignore[misc]

DTYPES = {
    "complex": np.ones((4, 9, 9), complex),
    "records": np.zeros((4, 9, 9), [("a", "u1"), ("b", "u1")]),
    "dates": np.zeros((4, 9, 9), "datetime64[s]"),
    "text": np.full((4, 9, 9), "a"),
    "objects": np.full((4, 9, 9), None),
}
for _name, _array in DTYPES.items():
    listed(_name, "", lambda f, a=_array: makers.npy(f, a))  # type: ignore[misc]

for _value in (np.nan, np.inf, -np.inf):
    _floats = np.linspace(0, 1, 4 * 81, dtype=np.float32).reshape(4, 9, 9).copy()
    _floats[2, 3, 3] = _value
    listed(f"holds_{_value}", "sample 2", lambda f, a=_floats: makers.npy(f, a))  # type: ignore[misc]
listed(
    "spans_too_far",
    "too far",
    lambda f: makers.npy(f, np.array([[[-1e308] * 9] * 9] * 2 + [[[1e308] * 9] * 9])),
)

HEADERS = {
    "huge_shape": npy_bytes(declared("(65536, 65536)", "'<f8'")),
    "huge_side": npy_bytes(declared(f"({2**64}, 28, 28)")),
    "negative_side": npy_bytes(declared("(-1, 28, 28)"), values=b"0" * 784),
    "long_header": npy_bytes(declared("(2, 8, 8)"), length=60_000),
    "header_of_4_gb": npy_bytes(declared("(2, 8, 8)"), version=2, length=2**32 - 1),
    "header_v9": npy_bytes(declared("(2, 8, 8)"), version=9, values=b"0" * 128),
    "header_of_nonsense": npy_bytes("{'descr': "),
    "unknown_type": npy_bytes(declared("(2, 8, 8)", "'zz9'"), values=b"0" * 128),
    "code_in_header": npy_bytes("__import__('os').getcwd()"),
    "cut_short": npy_bytes(declared("(2, 8, 8)"), values=b"0" * 100),
    "object_header": npy_bytes(declared("(2, 8, 8)", "'|O'"), values=b"\x80\x04K\x01."),
}
for _name, _data in HEADERS.items():
    listed(_name, "", lambda f, d=_data: written(f, "a.npy", d))  # type: ignore[misc]
    listed(f"{_name}_in_npz", "", lambda f, d=_data: makers.zipped(f, {"x.npy": d}, "a.npz"))  # type: ignore[misc]


@bad("12 samples but y has 11 labels")
def labels_of_other_length(folder: Path) -> Path:
    return makers.npz(folder, x=pixels(12, 9, 9), y=np.arange(11))


@bad("last axis")
def samples_last(folder: Path) -> Path:
    return makers.npz(folder, x=pixels(9, 9, 3, 40), y=np.arange(40))


@bad("images (5, 9, 9) and x (5, 9, 9)")
def two_candidates(folder: Path) -> Path:
    return makers.npz(folder, images=pixels(5, 9, 9), x=pixels(5, 9, 9))


@bad("front (5, 9, 9) and back (5, 9, 9)")
def two_unknown_candidates(folder: Path) -> Path:
    return makers.npz(folder, front=pixels(5, 9, 9), back=pixels(5, 9, 9))


@bad("no array of pictures")
def only_text(folder: Path) -> Path:
    return makers.npz(folder, words=np.array(["a", "b"]))


@bad("different shapes")
def parts_of_different_shapes(folder: Path) -> Path:
    return makers.npz(folder, x_train=pixels(5, 9, 9), x_test=pixels(5, 9, 8))


@bad("")
def damaged_npz(folder: Path) -> Path:
    path = makers.npz(folder, x=pixels(50, 9, 9))
    data = bytearray(path.read_bytes())
    data[300:340] = bytes(40)
    path.write_bytes(data)
    return path


# signals and tables
_TABLE = np.random.default_rng(0).normal(size=(10, 5))
_HUGE, _INFINITE, _GAPS = _TABLE.copy(), _TABLE.copy(), _TABLE.copy()
_HUGE[3, 1], _INFINITE[4, 2], _GAPS[:, 4] = 1e300, np.inf, np.nan
listed("huge_values", "sample 3", lambda f: makers.npy(f, _HUGE))
listed("infinite_table", "sample 4", lambda f: makers.npy(f, _INFINITE))
listed("column_of_gaps", "column 5 holds no values", lambda f: makers.npy(f, _GAPS))


@bad("NaN or infinity")
def signals_with_gaps(folder: Path) -> Path:
    x = np.sin(np.arange(4 * 200).reshape(4, 200) / 9)
    x[2, 7] = np.nan
    return makers.npz(folder, signals=x)


@bad("kind says 'music'")
def unknown_kind(folder: Path) -> Path:
    return makers.npz(folder, x=_TABLE, kind=np.array("music"))


@bad("the same name twice")
def columns_of_one_name(folder: Path) -> Path:
    return makers.npz(folder, x=_TABLE, columns=np.array(list("aabcd")))


CSV: dict[str, tuple[bytes, str]] = {
    "ragged": (b"a,b\n1,2\n3,4,5\n", "line 3 holds 3 values where the first holds 2"),
    "ragged_first": (b"1,2\n1,2,3\n4,5,6\n", "line 2 holds 3 values where the first holds 2"),
    "ragged_short": (b"1,2\n3\n4,5\n", "line 2 holds 1"),
    "empty": (b"", "empty"),
    "blank": (b"\n \n\n", "empty"),
    "header_only": (b"a,b\n", "no columns of numbers|no samples"),
    "one_row": (b"a,b\n1,2\n", "only one sample"),
    "no_numbers": (b"a\n" + b"".join(b"word%d\n" % i for i in range(30)), "no columns of numbers"),
    "a_word_among_numbers": (b"a,b\n1,2\n2,3\nx,4\n", "line 4 holds 'x' in the column 'a'"),
    "empty_columns": (b"a,b\nNA,?\nNA,?\nNA,?\n", "'a' holds no values"),
    "mostly_missing": (b"a,b\n1,1\n2,NA\n3,?\n", "'b' holds 1 value in 3 rows"),
    "duplicate_header": (b"a,b,a\n1,2,3\n4,5,6\n", "two columns are called 'a'"),
    "infinity": (b"a,b\n1,2\n2,inf\n", "holds NaN or infinity in the column 'b'"),
    "overflow": (b"a,b\n1,2\n2,1e999\n", "sample 1"),
    "huge": (b"a,b\n1,2\n2,1e300\n", "the value 1e+300 in the column 'b'"),
    "no_known_text": (b"a,b\n1,2\n3,\x81\x8d\n", "not UTF-8"),
    "binary": (b"a,b\n1,\0\n3,4\n", "no text file"),
    "open_quote": (b'a,b\n"1,2\n3,4\n', "line"),
    "spreadsheet_renamed": (b"PK\x03\x04\x14\x00\x06\x00\xff\xfe", "not UTF-8"),
}
for _name, (_data, _expected) in CSV.items():
    listed(f"csv_{_name}", _expected, lambda f, d=_data: written(f, "a.csv", d))  # type: ignore[misc]


# IDX
@bad("declares 99 samples")
def idx_with_a_wrong_count(folder: Path) -> Path:
    return written(folder, "images-idx3-ubyte", idx_bytes(pixels(5, 9, 9), count=99))


@bad("declares 3 samples")
def idx_with_more_than_declared(folder: Path) -> Path:
    return written(folder, "images-idx3-ubyte", idx_bytes(pixels(5, 9, 9), count=3))


@bad("goes on after")
def gzipped_idx_with_more_than_declared(folder: Path) -> Path:
    data = gzip.compress(idx_bytes(pixels(5, 9, 9), count=3))
    return written(folder, "images-idx3-ubyte.gz", data)


@bad("ends before")
def gzipped_idx_with_less_than_declared(folder: Path) -> Path:
    data = gzip.compress(idx_bytes(pixels(5, 9, 9), count=99))
    return written(folder, "images-idx3-ubyte.gz", data)


@bad("at most")
def gzipped_idx_bomb(folder: Path) -> Path:
    data = gzip.compress(idx_bytes(pixels(5, 9, 9), count=2**32 - 1))
    return written(folder, "images-idx3-ubyte.gz", data)


@bad("its end is missing")
def truncated_gzip(folder: Path) -> Path:
    data = gzip.compress(idx_bytes(pixels(50, 9, 9)))
    return written(folder, "images-idx3-ubyte.gz", data[: len(data) // 2])


@bad("its end is missing")
def gzip_without_its_last_fifth(folder: Path) -> Path:
    data = gzip.compress(idx_bytes(pixels(1000, 28, 28)))
    return written(folder, "images-idx3-ubyte.gz", data[: len(data) * 4 // 5])


@bad("its end is missing")
def gzip_with_a_header_only(folder: Path) -> Path:
    """Of the values nothing is there, of the checksum neither."""
    data = gzip.compress(idx_bytes(pixels(50, 9, 9))[:16])
    return written(folder, "images-idx3-ubyte.gz", data[:-8])


@bad(".npz file is damaged or cut short")
def npz_without_its_end(folder: Path) -> Path:
    data = makers.npz(folder, x=pixels(50, 9, 9)).read_bytes()
    return written(folder, "b.npz", data[: len(data) * 4 // 5])


@bad("this is no .npz file")
def npz_that_is_a_pickle(folder: Path) -> Path:
    return written(folder, "b.npz", pickle.dumps({"x": [1, 2, 3]}))


@bad("first bytes are damaged")
def idx_with_bad_magic(folder: Path) -> Path:
    return written(folder, "images-idx3-ubyte", b"\1\2\3\4" + bytes(400))


@bad("cut short")
def idx_header_only(folder: Path) -> Path:
    return written(folder, "images-idx3-ubyte", bytes([0, 0, 8, 3, 0, 0]))


@bad("5 samples but labels-idx1-ubyte has 4")
def idx_with_other_labels(folder: Path) -> Path:
    written(folder, "labels-idx1-ubyte", idx_bytes(np.arange(4)))
    return written(folder, "images-idx3-ubyte", idx_bytes(pixels(5, 9, 9)))


@bad("no pictures beside")
def idx_labels_alone(folder: Path) -> Path:
    return written(folder, "labels-idx1-ubyte", idx_bytes(np.arange(4)))


# folders of pictures
@bad("there is only one sample")
def one_picture_in_folder(folder: Path) -> Path:
    return makers.pictures(folder, 1)


@bad("2 of 2 pictures cannot be read (a.png, b.png)")
def nothing_good_left(folder: Path) -> Path:
    written(folder, "a.png", b"this is text")
    written(folder, "b.png", b"")
    return folder


@bad("3 of 4 pictures cannot be read")
def one_good_left(folder: Path) -> Path:
    makers.pictures(folder, 1)
    for name in ("x.png", "y\n.jpg", "z.gif"):
        written(folder, name, b"<html>404</html>")
    return folder


@bad("cannot be read")
def only_links_to_nothing(folder: Path) -> Path:
    for name in ("a.png", "b.png"):
        (folder / name).symlink_to(folder / "gone.png")
    return folder


@bad("cannot be read")
def links_in_a_circle(folder: Path) -> Path:
    (folder / "a.png").symlink_to(folder / "b.png")
    (folder / "b.png").symlink_to(folder / "a.png")
    return folder


@bad("not a regular file")
def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.npz")
    return folder / "pipe.npz"


@bad("no pictures in this folder")
def folder_that_holds_itself(folder: Path) -> Path:
    (folder / "loop").symlink_to(folder)
    return folder


@bad("no pictures in this folder")
def only_litter(folder: Path) -> Path:
    for name in (".hidden.png", "Thumbs.db", ".DS_Store"):
        written(folder, name, png(pixels(9, 9)))
    return folder


# archives
MEMBERS: dict[str, tuple[dict[str, bytes], str]] = {
    "traversal": ({"../../evil.png": b"x"}, "points outside"),
    "traversal_backslash": ({"..\\evil.png": b"x"}, "points outside"),
    "absolute": ({"/etc/evil.png": b"x"}, "points outside"),
    "drive": ({"C:/evil.png": b"x"}, "points outside"),
    "nested": ({"more.zip": b"x"}, "inside the archive"),
    "ratio": ({"bomb.png": bytes(5 << 20)}, "times its size"),
    "directories": ({}, "no pictures"),
}
for _name, (_members, _expected) in MEMBERS.items():
    listed(
        f"zip_{_name}",
        _expected,
        lambda f, m=_members: makers.zipped(  # type: ignore[misc]
            f, {**(makers.good_members() if m else {"a/": b"", "b/": b""}), **m}
        ),
    )


@bad("is a link")
def zip_with_symlink(folder: Path) -> Path:
    path = makers.zipped(folder, makers.good_members())
    link = zipfile.ZipInfo("link.png")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    return path


@bad("is there twice")
def zip_with_duplicates(folder: Path) -> Path:
    path = makers.zipped(folder, makers.good_members())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("a/0.png", b"other")
    return path


@bad("encrypted")
def zip_encrypted(folder: Path) -> Path:
    path = makers.zipped(folder, makers.good_members())
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    return path


@bad("damaged or not a zip")
def zip_cut_short(folder: Path) -> Path:
    path = makers.zipped(folder, makers.good_members())
    path.write_bytes(path.read_bytes()[:-30])
    return path


@bad("overlap")
def zip_with_overlap(folder: Path) -> Path:
    path = makers.zipped(folder, makers.good_members())
    data = bytearray(path.read_bytes())
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = struct.pack("<I", 10)
    path.write_bytes(data)
    return path


@bad("table of contents")
def zip_of_a_million_members(folder: Path) -> Path:
    path = makers.zipped(folder, makers.good_members())
    data = bytearray(path.read_bytes())
    end = data.rfind(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<I", 100 << 20)
    path.write_bytes(data)
    return path


@bad("4 of 4 pictures cannot be read")
def zip_with_wrong_checksums(folder: Path) -> Path:
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in makers.good_members().items():
            archive.writestr(name, data)
    path.write_bytes(path.read_bytes().replace(b"IDAT", b"IDAX"))
    return path


@pytest.mark.parametrize("case", BAD)
def test_open_gives_one_clear_sentence(case: str, tmp_path: Path) -> None:
    maker, expected = BAD[case]
    path = maker(tmp_path)
    with pytest.raises(DataError) as caught:
        open_dataset(path)
    text = makers.sentence(caught.value)
    assert any(part in text for part in expected.split("|"))
    assert caught.value.where and ":" in text


@pytest.mark.parametrize("case", BAD)
def test_describe_gives_one_clear_sentence(case: str, tmp_path: Path) -> None:
    maker, _ = BAD[case]
    path = maker(tmp_path)
    try:
        found = describe(path)
    except DataError as error:
        makers.sentence(error)
    else:  # damage deep in the values is only met by reading them
        assert case in ("damaged_npz", "truncated_gzip") or "gzipped_idx" in case, found


def test_unreadable_file_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = makers.npy(tmp_path, pixels(4, 9, 9))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)  # root may read anything, so chmod tells nothing
    with pytest.raises(DataError, match="permission denied"):
        open_dataset(path)


def test_more_than_memory_is_refused_before_it_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = makers.npy(tmp_path, pixels(4, 9, 9))
    monkeypatch.setattr(os, "sysconf", lambda _: 10)
    with pytest.raises(DataError, match="memory"):
        open_dataset(path)


def test_pixel_bomb_is_left_out(tmp_path: Path) -> None:
    makers.pictures(tmp_path, 3)
    bomb = Image.new("1", (12_000, 12_000))
    (tmp_path / "bomb.png").write_bytes(makers.encoded(bomb))
    assert "bomb.png" in open_dataset(tmp_path).warnings[0]
