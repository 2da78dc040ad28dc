"""Arrays read in blocks, and names that fit on a line."""

from __future__ import annotations

import io
import os
from contextlib import AbstractContextManager, nullcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.data import raw
from explorer.data.raw import Array, Held, Source, Stream, Turned, require_memory
from explorer.data.words.naming import printable
from explorer.errors import Cancelled, DataError
from explorer.task import Task
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


def test_a_late_end_is_said_after_the_last_block_too() -> None:
    x = pixels(5, 4)
    assert len(list(source_of(x, x.tobytes() + b"more").blocks())) == 1
    with pytest.raises(
        DataError, match=r"x goes on after the 5 samples it declares .*: check that"
    ):
        list(source_of(x, x.tobytes() + b"m", exact=True).blocks())


@pytest.mark.parametrize("fortran", [True, False])
@pytest.mark.parametrize("held", [True, False])
@pytest.mark.parametrize(("block", "rows"), [(1, 1), (19, 1), (20, 1), (40, 2), (59, 2), (999, 7)])
def test_as_many_rows_are_read_at_a_time_as_a_block_holds(
    fortran: bool, held: bool, block: int, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw, "BLOCK", block)
    x = pixels(7, 4, 5)
    order = "F" if fortran else "C"
    source = Held.of(x, "x", "") if held else source_of(x, x.tobytes(order), fortran=fortran)  # type: ignore[arg-type]
    found = list(source.blocks())
    assert [len(b) for _, b in found] == [rows] * (7 // rows) + [7 % rows] * (7 % rows > 0)
    assert [start for start, _ in found] == list(range(0, 7, rows))
    np.testing.assert_array_equal(np.concatenate([b for _, b in found]), x)
    np.testing.assert_array_equal(source.first(), x[:rows])


def test_reading_can_be_stopped_before_each_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw, "BLOCK", 20)
    x = pixels(7, 4, 5)
    for source in (source_of(x, x.tobytes()), Held.of(x, "x", "")):
        task = Task()
        blocks = source.blocks(task)
        next(blocks)
        task.cancel()
        with pytest.raises(Cancelled):
            next(blocks)


def test_an_array_without_samples_or_values_has_none() -> None:
    for shape in ((0, 4), (0,), (3, 0)):
        x = np.zeros(shape, np.uint8)
        for source in (source_of(x, b""), source_of(x, b"", fortran=True), Held.of(x, "x", "")):
            assert sum(len(b) for _, b in source.blocks()) == len(source) == shape[0]
            assert source.nbytes == 0 and source.whole().shape == shape
    assert len(Source("x", "", np.dtype("u1"), (), source_of(x, b"").opened)) == 0


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -3])
def test_another_axis_may_be_the_samples(axis: int) -> None:
    x = pixels(3, 4, 5)
    turned = Turned.along(Held.of(x, "x", "here"), axis)
    wanted = np.moveaxis(x, axis, 0)
    assert turned.shape == wanted.shape and turned.dtype == x.dtype
    np.testing.assert_array_equal(turned.whole(), wanted)
    np.testing.assert_array_equal(np.concatenate([b for _, b in turned.blocks()]), wanted)
    before = [turned.axis_before(at) for at in range(3)]
    assert [x.shape[at] for at in before] == list(wanted.shape) and sorted(before) == [0, 1, 2]


def test_memory_is_asked_for_before_an_array_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven tenths of the machine's memory at most; told in GB."""
    monkeypatch.setattr(os, "sysconf", lambda name: {"SC_PHYS_PAGES": 10}.get(name, 2**30))
    require_memory(7 * 2**30, "here")
    with pytest.raises(DataError, match=r"\b8\.0 GB") as refused:
        require_memory(8 * 2**30, "here")
    assert "(here)" in str(refused.value)
    source = Source("x", "there", np.dtype("u1"), (9, 2**30), source_of(pixels(1), b"").opened)
    with pytest.raises(DataError, match="more than this machine"):
        source.whole()


def test_a_block_is_read_between_two_looks_at_a_cancel() -> None:
    """A slow disk gives 100 MB a second: a look every tenth of one, and some hundred for a set."""
    assert 1e6 <= raw.BLOCK <= 8e6
