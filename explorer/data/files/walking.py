"""The files under a folder. Links are followed; each folder is read once, so loops end."""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from explorer.data.files.trees import is_litter
from explorer.data.pictures.reading import is_picture_name
from explorer.data.words.naming import named
from explorer.data.words.wording import many
from explorer.task import NO_TASK, Task

_SOME = 20_000  # files: listed within a second

Identity = tuple[int, int]  # device and inode


@dataclass
class LeftOut:
    """What was met on the way and is not among the files, by relative names."""

    unread: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    nowhere: list[str] = field(default_factory=list)

    def sentences(self) -> list[str]:
        """A warning each."""
        said = []
        if self.unread:
            count = many(len(self.unread), "folder", "folders")
            said.append(f"{count} cannot be read ({named(self.unread)})")
        if self.again:
            what = many(len(self.again), "link leads", "links lead")
            said.append(f"{what} to what is read already: left out ({named(self.again)})")
        if self.nowhere:
            what = many(len(self.nowhere), "link leads", "links lead")
            said.append(f"{what} nowhere: left out ({named(self.nowhere)})")
        return said


def some_under(root: Path) -> Iterator[str]:
    """As many as tell what a folder holds, without a look at all of a whole disk."""
    return islice(files_under(root, LeftOut()), _SOME)


def files_under(root: Path, left_out: LeftOut, task: Task = NO_TASK) -> Iterator[str]:
    """Relative names of all files, '/' between, in no particular order.

    Folders that really lie here come before those that links lead to: of a loop, or of two ways
    to one folder, the link is what is left out.
    """
    seen = _above(root)
    here, linked, count = [""], deque[str](), 0
    while here or linked:
        task.check()
        relative = here.pop() if here else linked.popleft()
        try:
            identity = _identity(root / relative)
            if identity in seen:
                left_out.again.append(relative)
                continue
            seen.add(identity)
            found = _listed(root, relative)
        except OSError:
            left_out.unread.append(relative or ".")
            continue
        here += found.folders
        linked += sorted(found.links)
        left_out.nowhere += found.nowhere
        count += len(found.files)
        yield from found.files
        task.progress(None, f"looking through {count:,} files")


@dataclass
class _Listed:
    """What one folder holds, by relative names."""

    folders: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    nowhere: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def _listed(root: Path, relative: str) -> _Listed:
    found = _Listed()
    with os.scandir(root / relative) as entries:
        for entry in entries:
            name = f"{relative}/{entry.name}" if relative else entry.name
            if _is_folder(entry):
                if not is_litter(entry.name):
                    (found.links if entry.is_symlink() else found.folders).append(name)
            elif _leads_nowhere(entry):
                found.nowhere.append(name)
            else:
                found.files.append(name)
    return found


def _is_folder(entry: os.DirEntry[str]) -> bool:
    with contextlib.suppress(OSError):  # a link that leads to itself
        return entry.is_dir()
    return False


def _leads_nowhere(entry: os.DirEntry[str]) -> bool:
    """A picture that is not there is told with those that cannot be read."""
    if not entry.is_symlink() or is_litter(entry.name) or is_picture_name(entry.name):
        return False
    return not Path(entry.path).exists()


def _above(root: Path) -> set[Identity]:
    """The folders that hold ``root``: a link to one of them leads back to it."""
    found = set()
    for folder in root.resolve().parents:
        with contextlib.suppress(OSError):
            found.add(_identity(folder))
    return found


def _identity(folder: Path) -> Identity:
    status = folder.stat()
    return status.st_dev, status.st_ino
