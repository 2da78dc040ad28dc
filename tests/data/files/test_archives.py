"""Zip files within limits: what is refused, with its sentence, and what lies just inside."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import numpy as np
import pytest

from explorer.data.files import archives
from explorer.data.files.archives import check_tree, opened_zip
from explorer.errors import DataError


def member(
    name: str, *, size: int = 9, packed: int | None = None, mode: int = 0o644
) -> zipfile.ZipInfo:
    """An entry of a table of contents, with the sizes that it claims."""
    info = zipfile.ZipInfo(name)
    info.file_size, info.compress_size = size, size if packed is None else packed
    info.external_attr = (stat.S_IFREG | mode) << 16
    return info


def link(name: str) -> zipfile.ZipInfo:
    info = member(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        (member("../a.png"), "points outside the archive"),
        (member("a/../../b.png"), "points outside the archive"),
        (member("a\\..\\b.png"), "points outside the archive"),
        (member("/etc/a.png"), "points outside the archive"),
        (member("C:/a.png"), "points outside the archive"),
        (member("C:"), "points outside the archive"),
        (link("a.png"), "is a link, not a file"),
        (member("a.ZIP"), "is an archive inside the archive"),
        (member("a/b.tar.gz"), "is an archive inside the archive"),
        (member("a.png", size=(256 << 20) + 1), "is too large for a picture"),
        (member("a.png", size=(1 << 20) + 1, packed=9), "unpacks to more than 100 times its size"),
        (member("a.png", size=2_000_001, packed=20_000), "unpacks to more than 100 times its size"),
    ],
)
def test_an_entry_that_could_do_harm_is_refused(entry: zipfile.ZipInfo, what: str) -> None:
    with pytest.raises(DataError) as refused:
        check_tree([member("good.png"), entry], "a.zip")
    assert str(refused.value).startswith("the archive is refused, ")
    assert what in str(refused.value) and repr(entry.filename) in str(refused.value)
    assert "make it again from plain pictures" in str(refused.value)


def test_entries_just_inside_the_limits_are_taken() -> None:
    check_tree(
        [
            member("a..b/c.png"),
            member("..."),
            member("ab:c.png"),
            member(":"),
            member("x"),
            member("a.zip/b.png"),
            member("largest.png", size=256 << 20),
            member("small.png", size=1 << 20, packed=9),
            member("dense.png", size=2_000_000, packed=20_000),
        ],
        "a.zip",
    )


def test_a_table_of_contents_has_room_for_half_a_million_files() -> None:
    """Of 46 bytes each and a name; it is read whole, so that it must not be of any length."""
    assert 500_000 * (46 + len("class/picture-123456.png")) <= archives._DIRECTORY <= 1e8


def test_a_name_that_is_there_twice_is_refused() -> None:
    check_tree([member("a.png"), member("A.png")], "a.zip")
    with pytest.raises(DataError, match=r"'a\.png' is there twice"):
        check_tree([member("a.png"), member("b.png"), member("a.png")], "a.zip")


def test_what_unpacks_to_more_than_16_gb_is_refused() -> None:
    full = [member(f"{i}.png", size=256 << 20) for i in range(64)]
    check_tree(full, "a.zip")
    with pytest.raises(DataError, match="its files unpack to 32 GB"):
        check_tree([*full, *(member(f"b{i}.png", size=256 << 20) for i in range(64))], "a.zip")
    with pytest.raises(DataError, match="its files unpack to 16 GB"):
        check_tree([*full, member("one more.png", size=1)], "a.zip")


def packed(path: Path, kind: int = zipfile.ZIP_DEFLATED, n: int = 3) -> Path:
    with zipfile.ZipFile(path, "w", kind) as archive:
        for i in range(n):
            archive.writestr(f"{i}.txt", "text " * 9)
    return path


@pytest.mark.parametrize("kind", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_plain_archive_opens(kind: int, tmp_path: Path) -> None:
    with opened_zip(packed(tmp_path / "a.zip", kind)) as archive:
        assert archive.namelist() == ["0.txt", "1.txt", "2.txt"]
        assert archive.read("1.txt") == b"text " * 9


def test_an_archive_without_files_opens(tmp_path: Path) -> None:
    with opened_zip(packed(tmp_path / "a.zip", n=0)) as archive:
        assert archive.namelist() == []


@pytest.mark.parametrize("kind", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_unusual_way_of_packing_is_refused(kind: int, tmp_path: Path) -> None:
    with (
        pytest.raises(DataError, match=r"'0\.txt' is packed in an unusual way"),
        opened_zip(packed(tmp_path / "a.zip", kind)),
    ):
        pass


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip")
    data = bytearray(path.read_bytes())
    data[data.rfind(b"PK\x01\x02") + 8] |= 1  # the last of the three
    path.write_bytes(data)
    with (
        pytest.raises(DataError, match=r"encrypted.*make it again without a password"),
        opened_zip(path),
    ):
        pass


def test_files_that_overlap_are_refused(tmp_path: Path) -> None:
    """Two entries of the table of contents that claim the same bytes: a zip bomb."""
    path = packed(tmp_path / "a.zip", zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    last = data.rfind(b"PK\x01\x02")
    data[last + 42 : last + 46] = bytes(4)  # the third lies where the first does
    path.write_bytes(data)
    with pytest.raises(DataError, match="its files overlap"), opened_zip(path):
        pass


def ending(length: int) -> bytes:
    """An archive of no files whose table of contents claims a length, before a long comment."""
    end = b"PK\x05\x06" + bytes(8) + length.to_bytes(4, "little") + bytes(4)
    return bytes(100_000) + end + (0xFFFF).to_bytes(2, "little") + b"c" * 0xFFFF


@pytest.mark.parametrize(
    ("length", "what"),
    [(1000, "damaged or not a zip"), (1001, "refused, its table of contents is too long")],
)
def test_a_long_table_of_contents_is_refused_before_it_is_read(
    length: int, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "_DIRECTORY", 1000)
    path = tmp_path / "a.zip"
    path.write_bytes(ending(0))
    with opened_zip(path) as archive:
        assert archive.namelist() == []
    # a table that would begin at byte 100,000 - length, of no entries
    path.write_bytes(ending(length))
    with pytest.raises(DataError, match=what), opened_zip(path):
        pass


def test_of_a_zip64_the_whole_file_bounds_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x05\x06" + bytes(8) + b"\xff" * 4 + bytes(6))
    with pytest.raises(DataError, match="damaged"), opened_zip(path):
        pass
    monkeypatch.setattr(archives, "_DIRECTORY", 21)
    with pytest.raises(DataError, match="too long"), opened_zip(path):
        pass


def test_a_comment_may_be_as_long_as_the_format_allows(tmp_path: Path) -> None:
    """Python's own writer makes the record that the table's length is read of."""
    path = packed(tmp_path / "a.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"c" * 0xFFFF
    with opened_zip(path) as archive:
        assert len(archive.namelist()) == 3


def gzipped() -> bytes:
    return b"\x1f\x8b" + bytes(40)


@pytest.mark.parametrize(
    ("name", "data", "what", "remedy"),
    [
        ("a.zip", gzipped(), "this is a .gz file, whatever its name", "unpack it"),
        ("a.zip", b"7z\xbc\xaf\x27\x1c" + bytes(9), "a .7z archive", "open what was inside"),
        ("a.npz", b"\x28\xb5\x2f\xfd" + bytes(9), "a .zst file", "unpack it"),
        ("a.zip", b"text", "the archive is damaged or not a zip file", "as a plain .zip"),
        ("a.ZIP", b"PK\x03\x04", "the archive is damaged or not a zip file", "as a plain .zip"),
        ("a.npz", b"PK\x03\x04", "the .npz file is damaged or cut short", "copy it again"),
        ("a.NPZ", b"", "the .npz file is damaged or cut short", "copy it again"),
        ("a.npz", b"text", "this is no .npz file, whatever its name", "numpy.savez"),
    ],
)
def test_what_is_no_zip_is_told_by_what_it_is(
    name: str, data: bytes, what: str, remedy: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DataError) as refused, opened_zip(tmp_path / name):
        pass
    assert what in str(refused.value) and remedy in str(refused.value)
    assert name in str(refused.value)


def test_an_npz_of_numpy_is_an_archive(tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / "a.npz", x=np.arange(4))
    with opened_zip(tmp_path / "a.npz") as archive:
        np.testing.assert_array_equal(np.load(io.BytesIO(archive.read("x.npy"))), np.arange(4))
