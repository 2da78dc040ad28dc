"""Writing a result: the file is there whole, or it is not there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from explorer.data.dataset import Bytes
from explorer.errors import EnvironmentFault, SettingsError


def check_out(out: Path, *suffixes: str) -> Path:
    """``out``, once it is sure that it can be written; its folder is made. Before the work begins.

    Raises SettingsError for another suffix than one of ``suffixes``, EnvironmentFault or OSError
    where nothing can be written.
    """
    if suffixes and out.suffix.lower() not in suffixes:
        wanted = " or ".join(suffixes)
        raise SettingsError(
            f"--out {out} does not end in {wanted}", remedy=f"end its name in {wanted}"
        )
    if out.is_dir():
        raise EnvironmentFault("this is a folder, not a file", where=out, remedy="name a file")
    out.parent.mkdir(parents=True, exist_ok=True)
    if not os.access(out.parent, os.W_OK):
        raise EnvironmentFault(
            "this folder cannot be written to", where=out.parent, remedy="choose another folder"
        )
    return out


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


def write_picture(out: Path, picture: Bytes) -> None:
    """An (H, W, C) uint8 picture as PNG, grey where C is 1."""
    from PIL import Image

    with written(out) as file:
        Image.fromarray(picture[..., 0] if picture.shape[2] == 1 else picture).save(file, "PNG")
