"""Several files put in place in one step, so that a kill at any moment leaves all old or all new.

A rename is atomic for one file only. So the files are written to ``.saving``, flushed, and the
folder is renamed to ``.saved``: that rename is the moment of truth. Readers look into ``.saved``
first (`committed`), so from then on they see the new files, moved into place already or not; a list
in it names the old files that go, and they are gone from the same moment on.

There is one writer at a time (`explorer.models.files.holding`) and any number of readers
(`read_whole`).
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from explorer.errors import ExplorerError

T = TypeVar("T")

STAGED, COMMITTED, GONE = ".saving", ".saved", ".gone"
PATIENCE = 10.0  # seconds that a reader tries again while the folder keeps changing


def committed(folder: Path, name: str) -> Path:
    """Where the current content of ``folder / name`` lies, if there is any."""
    waiting = folder / COMMITTED / name
    return waiting if waiting.exists() or name in _going(folder) else folder / name


def read_whole(folder: Path, read: Callable[[], T]) -> T:
    """What ``read`` returns; called again where a writer changed ``folder`` under it.

    ``read`` must notice files that do not belong together. What it raises comes through once the
    folder stood still.
    """
    end = time.monotonic() + PATIENCE
    while True:
        before = _look(folder)
        try:
            return read()
        except ExplorerError:
            if time.monotonic() > end or _look(folder) == before:
                raise


def publish(
    folder: Path, files: Mapping[str, bytes], *, replaces: Iterable[str] = ()
) -> OSError | None:
    """Put ``files`` into ``folder``; those named in ``replaces`` and not given are taken away.

    The caller is the only writer. Raises OSError while the content before is still what `committed`
    finds. What goes wrong after that is returned: the files are saved, and the next save tidies up.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _move_in(folder)  # a save before this one may have been killed half-way
    staged = folder / STAGED
    shutil.rmtree(staged, ignore_errors=True)
    try:
        staged.mkdir()
        for name, content in files.items():
            _write(staged / name, content)
        _write(staged / GONE, "\n".join(set(replaces) - set(files)).encode())
        _flush(staged)
        staged.replace(folder / COMMITTED)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    try:
        _flush(folder)
        _move_in(folder)
    except OSError as error:
        return error
    return None


def _move_in(folder: Path) -> None:
    """Move what is committed to its place; harmless to repeat."""
    waiting = folder / COMMITTED
    if not waiting.is_dir():
        return
    for name in _going(folder):
        (folder / name).unlink(missing_ok=True)
    for file in sorted(waiting.iterdir()):
        if file.name != GONE:
            file.replace(folder / file.name)
    _flush(folder)
    (waiting / GONE).unlink(missing_ok=True)
    waiting.rmdir()
    _flush(folder)


def _going(folder: Path) -> set[str]:
    """The names that the last save took away and that may lie there yet."""
    try:
        names = (folder / COMMITTED / GONE).read_text().splitlines()
    except (OSError, ValueError):
        return set()
    own = {name for name in names if name and Path(name).name == name}  # never one outside
    return {name for name in own if not name.startswith(".")}


def _look(folder: Path) -> set[tuple[object, ...]]:
    """The files that readers see, by name and by what tells one save's from another's."""
    seen: set[tuple[object, ...]] = set()
    for place in (folder, folder / COMMITTED):
        with suppress(OSError), os.scandir(place) as entries:  # it may not be there
            seen |= {
                (place, entry.name, *_mark(entry))
                for entry in entries
                if not entry.name.startswith(".") or entry.name == COMMITTED
            }
    return seen


def _mark(entry: os.DirEntry[str]) -> tuple[object, ...]:
    try:
        about = entry.stat(follow_symlinks=False)
    except OSError:  # it goes as it is looked at: unlike any other look
        return (object(),)
    return about.st_ino, about.st_mtime_ns, about.st_size


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    """fsync a folder, where the system can (Windows cannot)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
