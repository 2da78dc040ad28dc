"""Arrays read in blocks, and names that fit on a line."""

from __future__ import annotations

import io
from contextlib import AbstractContextManager, nullcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.data import raw
from explorer.data.naming import printable
from explorer.data.raw import Array, Source, Stream, require_memory
from explorer.errors import DataError
from tests.data.makers import pixels


def source_of(array: Array, data: bytes, *, fortran: bool = False, exact: bool = False) -> Source:
    def opened() -> AbstractContextManager[Stream]:
        return nullcontext(io.BytesIO(data))

    return Source("x", "here", array.dtype, array.shape, opened, fortran, exact)


@pytest.mark.parametrize("block", [1, 300, 4096, 1 << 22])
@pytest.mark.parametrize("order", ["C", "F"])
def test_blocks_are_the_array(block: int, order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw, "BLOCK", block)
    x = pixels(50, 4, 5).astype(">f4")
    source = source_of(x, x.tobytes(order), fortran=order == "F")  # type: ignore[arg-type]
    starts, blocks = zip(*source.blocks(), strict=True)
    np.testing.assert_array_equal(np.concatenate(blocks), x)
    np.testing.assert_array_equal(starts, np.cumsum([0] + [len(b) for b in blocks[:-1]]))
    np.testing.assert_array_equal(source.whole(), x)


def test_an_early_end_is_said() -> None:
    x = pixels(5, 4)
    with pytest.raises(DataError, match="ends before"):
        list(source_of(x, x.tobytes()[:-1]).blocks())


def test_a_late_end_is_said_where_it_matters() -> None:
    x = pixels(5, 4)
    assert len(source_of(x, x.tobytes() + b"more").whole()) == 5
    with pytest.raises(DataError, match="goes on"):
        source_of(x, x.tobytes() + b"more", exact=True).whole()


@given(st.text(min_size=1))
def test_printable_is_one_line_of_unicode(text: str) -> None:
    shown = printable(text)
    assert len(shown.splitlines()) == 1
    shown.encode("utf-8")


def test_printable_keeps_names_as_they_are() -> None:
    for name in ("plain.png", "Ünï 猫 😀.png", "cafe\u0301"):
        assert printable(name) == name
    assert printable("a\nb\udcff\x00") == "a?b??"
    assert len(printable("x" * 9999)) < 300


def test_memory_is_asked_for() -> None:
    require_memory(1000, "here")
    with pytest.raises(DataError, match="more than this machine"):
        require_memory(2**60, "here")
