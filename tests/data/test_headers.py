"""The header of a NumPy array; damaged ones are in test_bad_input."""

from __future__ import annotations

import io

import numpy as np
import pytest

from explorer.data.headers import Header, read_header
from explorer.errors import DataError
from tests.data import makers
from tests.data.makers import pixels


@pytest.mark.parametrize("array", [pixels(3, 4), np.asfortranarray(pixels(3, 4)), np.arange(3.0)])
def test_what_numpy_writes_is_read(array: makers.Array) -> None:
    stream = io.BytesIO()
    np.save(stream, array)
    data = stream.getvalue()
    header = read_header(io.BytesIO(data), len(data), name="x", where="here")
    fortran = array.flags.f_contiguous and array.ndim > 1
    assert header == Header(array.dtype, array.shape, fortran, len(data) - array.nbytes)


def test_bytes_are_counted_before_anything_is_taken() -> None:
    data = makers.npy_bytes(makers.declared("(2, 8)"), values=bytes(15))
    with pytest.raises(DataError, match="declares 16 bytes of values but holds 15"):
        read_header(io.BytesIO(data), len(data), name="x", where="here")
