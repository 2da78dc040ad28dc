"""The header of a NumPy array; damaged ones are in test_bad_input."""

from __future__ import annotations

import io

import numpy as np
import pytest

from explorer.data.files.headers import Header, read_header
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


def read(data: bytes, size: int | None = None) -> Header:
    return read_header(io.BytesIO(data), size or len(data), name="x", where="here")


@pytest.mark.parametrize("version", [1, 2, 3])
def test_every_version_of_the_format_is_read(version: int) -> None:
    data = makers.npy_bytes(makers.declared("(2, 8)"), version=version, values=bytes(16))
    header = read(data)
    assert (header.shape, header.offset) == ((2, 8), len(data) - 16)


DAMAGED = {
    "short": makers.npy_bytes(makers.declared("(2, 8)"))[:7],
    "another magic": b"\x93NUMPX" + makers.npy_bytes(makers.declared("(2, 8)"))[6:],
    "version 0": makers.npy_bytes(makers.declared("(2, 8)"), version=0),
    "version 4": makers.npy_bytes(makers.declared("(2, 8)"), version=4),
    "version 7": makers.npy_bytes(makers.declared("(2, 8)"), version=7),
    "half a header": makers.npy_bytes(makers.declared("(2, 8)"))[:40],
    "too long a header": makers.npy_bytes(makers.declared("(2, 8)") + " " * 10_000, version=2),
    "no dictionary": makers.npy_bytes("[1, 2]"),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_a_damaged_header_is_said_to_be_one(case: str) -> None:
    with pytest.raises(DataError, match=r"x has a damaged header, .*: save it again with numpy"):
        read(DAMAGED[case] + bytes(16))


def test_the_details_say_what_was_found() -> None:
    for data, details in (
        (b"PK\3\4" + bytes(20), r"starts with b'PK\x03\x04\x00\x00\x00\x00'"),
        (makers.npy_bytes("", version=2, length=10_001), "declares a header of 10001 bytes"),
    ):
        with pytest.raises(DataError) as refused:
            read(data)
        assert refused.value.details == details


@pytest.mark.parametrize("count", [9_999, 10_000])
def test_a_header_may_be_as_long_as_numpy_allows(count: int) -> None:
    text = makers.declared("(2, 8)")
    data = makers.npy_bytes(text + " " * (count - len(text) - 1), version=2, values=bytes(16))
    assert read(data).offset == 12 + count


@pytest.mark.parametrize(
    ("descr", "what"),
    [
        ("'|O'", "holds Python objects (a pickle), which can run code when loaded"),
        ("'<c8'", "holds complex numbers, not numbers"),
        ("'<M8[s]'", "holds dates, not numbers"),
        ("'<m8[s]'", "holds time spans, not numbers"),
        ("'|V3'", "holds records, not numbers"),
        ("'<U0'", "holds values of type <U0, not numbers"),
    ],
)
def test_what_is_not_numbers_is_refused(descr: str, what: str) -> None:
    with pytest.raises(DataError) as refused:
        read(makers.npy_bytes(makers.declared("(2, 8)", descr), values=bytes(256)))
    assert what in str(refused.value)


@pytest.mark.parametrize("descr", ["'|b1'", "'<u4'", "'<i2'", "'>f8'", "'<U3'", "'|S3'"])
def test_numbers_and_text_are_taken(descr: str) -> None:
    assert read(makers.npy_bytes(makers.declared("(2,)", descr), values=bytes(24))).shape == (2,)


def test_an_impossible_shape_is_told_and_an_empty_one_is_none() -> None:
    with pytest.raises(DataError, match=r"declares the impossible shape \(2, -1\)"):
        read(makers.npy_bytes(makers.declared("(2, -1)")))
    assert read(makers.npy_bytes(makers.declared("(0, 8)"))).shape == (0, 8)
    data = makers.npy_bytes(makers.declared("(2, 8)"))
    with pytest.raises(DataError, match="declares 16 bytes of values but holds 0"):
        read(data, len(data) - 9)


def test_a_header_of_python_2_is_read_without_a_word() -> None:
    """Its long numbers end in L."""
    data = makers.npy_bytes(makers.declared("(2L, 8L)"), values=bytes(16))
    assert read(data).shape == (2, 8)
