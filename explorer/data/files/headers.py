"""The header of a ``.npy`` stream, parsed and compared with the bytes there are. No pickle."""

from __future__ import annotations

import io
import math
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from explorer.data.raw import Stream
from explorer.errors import DataError

MAGIC = b"\x93NUMPY"
_LONGEST = 10_000  # characters; numpy's own limit, but asked before the header is read


@dataclass(frozen=True)
class Header:
    """What an array declares, and where its values start."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    fortran: bool
    offset: int


def read_header(stream: Stream, size: int, *, name: str, where: str) -> Header:
    """The header at the start of ``stream``, which holds ``size`` bytes in all.

    Raises DataError unless it is whole, holds plain numbers or text, and fits into ``size``.
    """
    header = _parsed(stream, name, where)
    if header.dtype.hasobject:
        raise DataError(
            f"{name} holds Python objects (a pickle), which can run code when loaded",
            where=where,
            remedy="save it again as an array of numbers",
        )
    if header.dtype.kind not in "buifUS" or header.dtype.itemsize == 0:
        raise DataError(
            f"{name} holds {_kind_of(header.dtype)}, not numbers",
            where=where,
            remedy="save the pictures as uint8 or float32",
        )
    _check_size(header, size, name, where)
    return header


def _parsed(stream: Stream, name: str, where: str) -> Header:
    try:
        start = stream.read(8)
        if len(start) < 8 or start[:6] != MAGIC or start[6] not in (1, 2, 3):
            raise ValueError(f"starts with {start!r}")
        width = 2 if start[6] == 1 else 4
        length = stream.read(width)
        count = int.from_bytes(length, "little")
        if count > _LONGEST:
            raise ValueError(f"declares a header of {count} bytes")
        text = io.BytesIO(length + stream.read(count))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # files of Python 2
            read = np.lib.format.read_array_header_1_0
            if width == 4:
                read = np.lib.format.read_array_header_2_0
            shape, fortran, dtype = read(text, _LONGEST)
    except Exception as error:  # numpy's parser promises ValueError and raises whatever
        raise DataError(
            f"{name} has a damaged header, so it is no NumPy array",
            where=where,
            remedy="save it again with numpy.save or numpy.savez",
            details=str(error),
        ) from error
    return Header(dtype, tuple(int(s) for s in shape), bool(fortran), 8 + width + count)


def _check_size(header: Header, size: int, name: str, where: str) -> None:
    if any(side < 0 for side in header.shape):
        raise DataError(
            f"{name} declares the impossible shape {header.shape}",
            where=where,
            remedy="save it again with numpy.save or numpy.savez",
        )
    needed = math.prod(header.shape) * header.dtype.itemsize
    left = size - header.offset
    if needed > left:
        raise DataError(
            f"{name} declares {needed:,} bytes of values but holds {max(0, left):,}",
            where=where,
            remedy="copy the file again, it is cut short or forged",
        )


def _kind_of(dtype: np.dtype[Any]) -> str:
    kinds = {"V": "records", "c": "complex numbers", "M": "dates", "m": "time spans"}
    return kinds.get(dtype.kind, f"values of type {dtype}")
