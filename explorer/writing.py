"""Writing a file: it is there whole, or what was there before is."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from explorer.errors import EnvironmentFault


@contextmanager
def written(out: Path) -> Iterator[IO[bytes]]:
    """A binary file that takes the name ``out`` when the block ends well, and goes when it fails.

    A device (``/dev/stdout``) is written to directly.
    """
    if out.exists() and not out.is_file():
        with out.open("wb") as file:
            yield file
        return
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    except OSError as error:  # speak of the file that was asked for
        raise OSError(error.errno, error.strerror, str(out)) from error
    except ValueError as error:  # a name that no system knows
        raise OSError(errno.EINVAL, str(error), str(out)) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(out)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


@contextmanager
def exported(out: Path, what: str) -> Iterator[IO[bytes]]:
    """`written` for the window. Raises EnvironmentFault that says why ``what`` is not there."""
    try:
        with written(out) as file:
            yield file
    except OSError as error:
        raise EnvironmentFault(
            f"{what} could not be written: {error.strerror or error}",
            where=out,
            remedy="choose a folder that can be written, on a disk with room",
        ) from error
