"""Zip files of strangers: opened within limits, never extracted."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISLNK

from explorer.data.words.naming import printable
from explorer.errors import DataError

_DIRECTORY = 64 << 20  # bytes of the table of contents, about half a million files
_STARTS = b"PK"
_OTHERS = {
    b"\x1f\x8b": "a .gz file",
    b"7z\xbc\xaf\x27\x1c": "a .7z archive",
    b"Rar!": "a .rar archive",
    b"BZh": "a .bz2 file",
    b"\xfd7zXZ": "a .xz file",
    b"\x28\xb5\x2f\xfd": "a .zst file",
}
_END = b"PK\x05\x06"
_END_LENGTH = struct.calcsize("<4s4H2LH")  # of the record without its comment
_RATIO, _SMALL = 100, 1 << 20  # what is suspicious, and up to where it does no harm
LARGEST_MEMBER = 256 << 20
_LARGEST_TOTAL = 16 << 30
_NESTED = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst")


@contextmanager
def opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive at ``path``; raises DataError if it is damaged, encrypted or forged."""
    where = printable(path)
    _check_table_of_contents(path, where)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
        raise _damaged(path, where, str(error)) from error
    with archive:
        _check_members(archive.infolist(), where)
        yield archive


def _damaged(path: Path, where: str, details: str) -> DataError:
    """What is no zip, in the words of the suffix that it has, or of what it is instead."""
    start = _start_of(path)
    packed = next((kind for magic, kind in _OTHERS.items() if start.startswith(magic)), None)
    if packed is not None:
        what = f"this is {packed}, whatever its name, and not a zip file"
        remedy = "unpack it, and open what was inside"
    elif path.suffix.lower() != ".npz":
        what, remedy = "the archive is damaged or not a zip file", "make it again as a plain .zip"
    elif start.startswith(_STARTS) or not start:
        what, remedy = "the .npz file is damaged or cut short", "copy it again"
    else:
        what, remedy = "this is no .npz file, whatever its name", "save it with numpy.savez"
    return DataError(what, where=where, remedy=remedy, details=details)


def check_tree(members: list[zipfile.ZipInfo], where: str) -> None:
    """Raise DataError where an archive of files could do harm, or is not one of plain files."""
    seen: set[str] = set()
    total = 0
    for member in members:
        what = _harm(member) or ("is there twice" if member.filename in seen else "")
        if what:
            raise _refused(f"{printable(member.filename)!r} {what}", where)
        seen.add(member.filename)
        total += member.file_size
    if total > _LARGEST_TOTAL:
        raise _refused(f"its files unpack to {total / 2**30:,.0f} GB", where)


def _start_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(max(map(len, _OTHERS)))


def _check_table_of_contents(path: Path, where: str) -> None:
    """A million empty members cost a gigabyte to list, so the table is measured first."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _END_LENGTH - 0xFFFF))
        tail = file.read()
    end = tail.rfind(_END)
    table = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    if table == 0xFFFFFFFF:  # zip64: the true number is elsewhere, the file's size bounds it
        table = size
    if table > _DIRECTORY:
        raise _refused("its table of contents is too long", where)


def _check_members(members: list[zipfile.ZipInfo], where: str) -> None:
    reach = 0
    for member in sorted(members, key=lambda m: m.header_offset):
        if member.flag_bits & 0x1:
            raise DataError(
                "the archive is encrypted", where=where, remedy="make it again without a password"
            )
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _refused(f"{printable(member.filename)!r} is packed in an unusual way", where)
        if member.header_offset < reach:
            raise _refused("its files overlap", where)
        reach = member.header_offset + member.compress_size


def _harm(member: zipfile.ZipInfo) -> str:
    name = member.filename.replace("\\", "/")
    parts = name.split("/")
    if ".." in parts or name.startswith("/") or (len(name) > 1 and name[1] == ":"):
        return "points outside the archive"
    if S_ISLNK(member.external_attr >> 16):
        return "is a link, not a file"
    if name.lower().endswith(_NESTED):
        return "is an archive inside the archive"
    if member.file_size > LARGEST_MEMBER:
        return "is too large for a picture"
    if member.file_size > max(_SMALL, _RATIO * member.compress_size):
        return f"unpacks to more than {_RATIO} times its size"
    return ""


def _refused(why: str, where: str) -> DataError:
    return DataError(
        f"the archive is refused, {why}", where=where, remedy="make it again from plain pictures"
    )
