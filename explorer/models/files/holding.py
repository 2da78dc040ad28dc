"""A folder has one writer at a time, and is tried before hours of work go into it. No torch.

The lock is the operating system's own on a small file in the folder: it ends with its process,
however that ends, so it is never stale. The file goes when the lock does.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from explorer.errors import EnvironmentFault

LOCK = ".lock"
PATIENCE = 5.0  # seconds that a save waits for its turn
AT_ONCE = 0.2  # enough to tell an owner from somebody who looks whether there is one
PAUSE = 0.02  # seconds between two looks at a lock
TRIAL = ".trial"
BLOCK = 2**20  # bytes
UNLOCKABLE = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS}  # file systems that know no locks


@dataclass(frozen=True)
class Hold:
    """The word of `held` that the block inside is the only writer of ``folder``."""

    folder: Path


@contextmanager
def held(
    folder: Path, patience: float = AT_ONCE, *, failing: str = "nothing can be saved here"
) -> Iterator[Hold]:
    """Within, no one else writes to ``folder``; it is made, and goes again if nothing came in.

    Raises EnvironmentFault where another one holds it for longer than ``patience`` seconds, or
    where nothing can be written: ``failing`` is the start of that sentence.
    """
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file = _taken(folder / LOCK, time.monotonic() + patience)
        except (OSError, ValueError) as error:  # the latter of a name that no system knows
            raise unwritable(folder, error, failing) from error
        if file is None:
            raise EnvironmentFault(
                "another training or save is writing to this folder",
                where=folder,
                remedy="wait for its end, or choose another folder",
            )
        try:
            yield Hold(folder)
        finally:
            _let_go(folder / LOCK, file)
    finally:
        with suppress(OSError, ValueError):  # the first that holds something ends it
            for one in made:
                one.rmdir()


def is_held(folder: Path) -> bool:
    """Whether somebody writes to ``folder`` now. Leaves no trace."""
    try:
        file = (folder / LOCK).open("r+b")
    except OSError:
        return False
    with file:
        return not _locked(file)


def try_out(hold: Hold, size: int) -> None:
    """Raise EnvironmentFault where ``size`` bytes more cannot be written; nothing stays of it."""
    trial = hold.folder / TRIAL
    block = os.urandom(BLOCK)  # which no file system packs
    try:
        with trial.open("wb") as file:
            for start in range(0, size, BLOCK):
                file.write(block[: size - start])
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise unwritable(hold.folder, error) from error
    finally:
        with suppress(OSError):
            trial.unlink()


def unwritable(
    folder: Path, error: Exception, failing: str = "nothing can be saved here"
) -> EnvironmentFault:
    """The sentence for a folder that takes no checkpoint."""
    return EnvironmentFault(
        f"{failing}: {getattr(error, 'strerror', '') or error}",
        where=folder,
        remedy="choose a folder that can be written, on a disk with room",
    )


def _taken(path: Path, end: float) -> IO[bytes] | None:
    """The lock file, locked and still the one that ``path`` names; None after ``end``."""
    while True:
        file = path.open("ab")
        if not _locked(file):
            file.close()
            if time.monotonic() >= end:
                return None
            time.sleep(PAUSE)
        elif _is_named(file, path):
            return file
        else:  # its owner let it go, and the file with it, as we opened it
            file.close()


def _is_named(file: IO[bytes], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _locked(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _let_go(path: Path, file: IO[bytes]) -> None:
        file.close()
        with suppress(OSError):  # another one has it by now
            path.unlink()

else:
    import fcntl

    def _locked(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno not in UNLOCKABLE:
                raise
        return True

    def _let_go(path: Path, file: IO[bytes]) -> None:
        with suppress(OSError):
            path.unlink()  # while it is still ours: who waits for it will see that it is gone
        file.close()
