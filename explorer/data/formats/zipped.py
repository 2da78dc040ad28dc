"""A ``.zip`` of a folder of pictures; streamed member by member, never extracted."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from explorer.data.choices import Choices
from explorer.data.files.archives import check_tree, opened_zip
from explorer.data.files.refusals import ZIPS_INSIDE, without_pictures
from explorer.data.files.trees import entries_of, is_litter
from explorer.data.formats import formats
from explorer.data.pictures.pages import pages_of_only
from explorer.data.raw import Entry, Pictures, Raw
from explorer.data.words.naming import printable
from explorer.errors import DataError
from explorer.task import Task


@formats.register("zip")
class Zipped:
    """The same rules as for a folder, and limits against harmful archives."""

    title = "a .zip of pictures"
    knows: ClassVar[tuple[str, ...]] = ("kind",)
    suffixes: ClassVar[tuple[str, ...]] = (".zip",)

    @staticmethod
    def recognises(path: Path) -> bool:
        """By its name, or as any zip that is not named as something else, a spreadsheet or so."""
        if not path.is_file() or path.suffix.lower() in (".npz", ".npy"):
            return False
        if path.suffix.lower() == ".zip":
            return True
        return not path.name.lower().endswith(ZIPS_INSIDE) and zipfile.is_zipfile(path)

    @staticmethod
    @contextmanager
    def reading(path: Path, choices: Choices, task: Task) -> Iterator[Raw]:
        """Entries in the order of their names."""
        where = printable(path)
        with opened_zip(path) as archive:
            files = [m for m in archive.infolist() if not m.is_dir()]
            check_tree([m for m in files if not _litter(m)], where)
            members = {m.filename.replace("\\", "/"): m for m in files}
            entries, said = entries_of(members)
            if not entries:
                raise _without_pictures(members, where)

            def fetch(entry: Entry) -> bytes:
                return _fetched(archive, members[entry.name])

            with pages_of_only(entries, fetch, said) as found:
                yield found or Pictures(entries, fetch, tuple(said))


def _without_pictures(members: Iterable[str], where: str) -> DataError:
    from explorer.data.files.openable import endings, kinds_of_pictures  # they ask all formats

    return without_pictures("archive", members, endings(), kinds_of_pictures(), where)


def _litter(member: zipfile.ZipInfo) -> bool:
    parts = member.filename.replace("\\", "/").split("/")
    return any(is_litter(p) for p in parts if p not in ("..", "."))


def _fetched(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(member) as stream:
            return stream.read(member.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise DataError(
            "the file is damaged inside the archive",
            where=printable(member.filename),
            remedy="make the archive again",
            details=str(error),
        ) from error
