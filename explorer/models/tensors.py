"""Reading a stranger's safetensors file: limits first, then the arrays. No torch."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import safetensors
import safetensors.numpy
from numpy.typing import NDArray

from explorer.errors import CheckpointError

MAX_HEADER = 2**20  # bytes
MAX_TENSORS = 1000
MAX_FILE = 2 * 2**30  # bytes


def read_tensors(path: Path) -> tuple[dict[str, NDArray[np.generic]], bytes]:
    """Read-only arrays by name, all finite, and the file's bytes. Raises CheckpointError."""
    content = _read(path)
    _check_header(content, path)
    try:
        tensors = safetensors.numpy.load(content)
    except (safetensors.SafetensorError, ValueError, KeyError, TypeError) as error:
        raise unreadable(path, "is not a safetensors file, or not a whole one") from error
    for name, array in tensors.items():
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise unreadable(path, f"holds values that are not finite ({name})")
        array.flags.writeable = False
    return tensors, content


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise unreadable(path, "is too large")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise unreadable(path, "is missing") from error
    except OSError as error:
        raise unreadable(path, f"cannot be read ({error.strerror})") from error


def _check_header(content: bytes, path: Path) -> None:
    """The first eight bytes give the length of a JSON header; both are a stranger's claim."""
    length = int.from_bytes(content[:8], "little")
    if len(content) < 8 or length > min(MAX_HEADER, len(content) - 8):
        raise unreadable(path, "is not a safetensors file, or not a whole one")
    try:
        header = json.loads(content[8 : 8 + length])
    except (ValueError, RecursionError) as error:
        raise unreadable(path, "is not a safetensors file") from error
    if not isinstance(header, dict) or len(header) > MAX_TENSORS:
        raise unreadable(path, "holds too many tensors")


def unreadable(path: Path, why: str) -> CheckpointError:
    """The sentence for a file of a checkpoint that cannot be used."""
    return CheckpointError(
        f"{path.name} {why}", where=path.parent, remedy="take an intact copy of the checkpoint"
    )
