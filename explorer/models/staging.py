"""Several files put in place in one step, so that a kill at any moment leaves all old or all new.

A rename is atomic for one file only. So the files are written to ``.saving``, flushed, and the
folder is renamed to ``.saved``: that rename is the moment of truth. Readers look into ``.saved``
first (`committed`), so from then on they see the new files, moved into place already or not.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

STAGED, COMMITTED = ".saving", ".saved"


def committed(folder: Path, name: str) -> Path:
    """Where the current content of ``folder / name`` lies."""
    waiting = folder / COMMITTED / name
    return waiting if waiting.exists() else folder / name


def publish(folder: Path, files: Mapping[str, bytes], *, replaces: Iterable[str] = ()) -> None:
    """Put ``files`` into ``folder``; those named in ``replaces`` and not given are taken away.

    Raises OSError; the content before is then still what `committed` finds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _move_in(folder)  # a save before this one may have been killed half-way
    staged = folder / STAGED
    shutil.rmtree(staged, ignore_errors=True)
    try:
        staged.mkdir()
        for name, content in files.items():
            _write(staged / name, content)
        _flush(staged)
        staged.replace(folder / COMMITTED)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    _flush(folder)
    _move_in(folder)
    for name in set(replaces) - set(files):
        (folder / name).unlink(missing_ok=True)
    _flush(folder)


def _move_in(folder: Path) -> None:
    """Move what is committed to its place; harmless to repeat."""
    waiting = folder / COMMITTED
    if not waiting.is_dir():
        return
    for file in sorted(waiting.iterdir()):
        file.replace(folder / file.name)
    _flush(folder)
    waiting.rmdir()


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
