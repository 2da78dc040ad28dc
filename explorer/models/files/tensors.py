"""Reading a stranger's safetensors file: limits first, then the arrays. No torch."""

from __future__ import annotations

import json
import mmap
import weakref
from collections import deque
from pathlib import Path
from typing import Any

import numpy as np
import safetensors
import safetensors.numpy
from numpy.typing import NDArray

from explorer.errors import CheckpointError

MAX_HEADER = 2**20  # bytes
MAX_TENSORS = 1000
MAX_FILE = 2 * 2**30  # bytes
MOST_MAPPED = 8  # files whose pages may stay in memory
FLOATS = {"F64": "<f8", "F32": "<f4", "F16": "<f2"}
DTYPES = {**FLOATS, "I64": "<i8", "I32": "<i4", "U8": "u1", "BOOL": "?"}

_mapped: deque[weakref.ref[Any]] = deque()


def read_tensors(path: Path) -> tuple[dict[str, NDArray[np.generic]], bytes]:
    """Read-only arrays by name, all finite, and the file's bytes. Raises CheckpointError."""
    content = _read(path)
    _check_header(content, path)
    try:
        tensors = safetensors.numpy.load(content)
    except (safetensors.SafetensorError, ValueError, KeyError, TypeError) as error:
        raise unreadable(path, "is not a safetensors file, or not a whole one") from error
    for name, array in tensors.items():
        _check_finite(name, array, path)
        array.flags.writeable = False
    return tensors, content


def mapped(path: Path) -> tuple[dict[str, NDArray[Any]], dict[str, str]]:
    """Read-only arrays by name, all finite, that lie in the file until they are used; its words.

    Raises CheckpointError.
    """
    try:
        content = np.memmap(path, np.uint8, mode="r")
        _make_room(content)
    except FileNotFoundError as error:
        raise unreadable(path, "is missing") from error
    except (OSError, ValueError) as error:  # the latter of an empty file
        raise unreadable(path, "cannot be read") from error
    start = 8 + int.from_bytes(content[:8].tobytes(), "little")
    head = _check_header(content[: min(start, 8 + MAX_HEADER)].tobytes(), path)
    words = head.pop("__metadata__", {})
    try:
        arrays = {name: _array(content[start:], told) for name, told in head.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise unreadable(path, "is not a safetensors file, or not a whole one") from error
    for name, array in arrays.items():
        _check_finite(name, array, path)
    return arrays, {str(name): str(word) for name, word in dict(words).items()}


def _make_room(content: NDArray[np.uint8]) -> None:
    """The pages of files that were mapped long ago leave memory; they come back where needed."""
    _mapped.append(weakref.ref(content.base))
    if len(_mapped) > MOST_MAPPED and hasattr(mmap, "MADV_DONTNEED"):
        old = _mapped.popleft()()
        if isinstance(old, mmap.mmap):
            old.madvise(mmap.MADV_DONTNEED)


def _array(content: NDArray[np.uint8], told: dict[str, Any]) -> NDArray[Any]:
    """One tensor. Raises ValueError where the head promises what is not there."""
    start, end = told["data_offsets"]
    if not 0 <= start <= end <= len(content):
        raise ValueError("it is not whole")
    return content[start:end].view(DTYPES[told["dtype"]]).reshape(told["shape"])


def _check_finite(name: str, array: NDArray[Any], path: Path) -> None:
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise unreadable(path, f"holds values that are not finite ({name})")


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise unreadable(path, "is too large")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise unreadable(path, "is missing") from error
    except OSError as error:
        raise unreadable(path, f"cannot be read ({error.strerror})") from error


def _check_header(content: bytes, path: Path) -> dict[str, Any]:
    """What the head says: eight bytes give its length, it is JSON, and a stranger's claim."""
    length = int.from_bytes(content[:8], "little")
    if len(content) < 8 or length > min(MAX_HEADER, len(content) - 8):
        raise unreadable(path, "is not a safetensors file, or not a whole one")
    try:
        header = json.loads(content[8 : 8 + length])
    except (ValueError, RecursionError) as error:
        raise unreadable(path, "is not a safetensors file") from error
    if not isinstance(header, dict) or len(header) > MAX_TENSORS:
        raise unreadable(path, "holds too many tensors")
    return header


def unreadable(path: Path, why: str) -> CheckpointError:
    """The sentence for a file of a checkpoint that cannot be used."""
    return CheckpointError(
        f"{path.name} {why}", where=path.parent, remedy="take an intact copy of the checkpoint"
    )
