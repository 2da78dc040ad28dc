"""What was freed is the system's again."""

from __future__ import annotations

import ctypes
import sys

import pytest

from benchmarks.pressing.weighing import rss
from explorer.app.background import memory

BLOCK, COUNT = 2000, 40_000  # 80 MB in pieces that the allocator keeps


def _can_be_asked() -> bool:
    return sys.platform.startswith("linux") and hasattr(ctypes.CDLL(None), "malloc_trim")


@pytest.mark.skipif(not _can_be_asked(), reason="another C library")
def test_what_nobody_uses_goes_back_to_the_system() -> None:
    blocks = [bytes(BLOCK) for _ in range(COUNT)]
    last = blocks.pop()  # at the end of the heap: it holds all before it
    blocks.clear()
    before = rss()
    memory.give_back()
    assert before - rss() > 0.5 * BLOCK * COUNT / 2**20
    assert len(last) == BLOCK


def test_where_the_allocator_cannot_be_asked_nothing_happens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    memory._trimmer.cache_clear()
    memory.give_back()
    assert memory._trimmer() is None
    memory._trimmer.cache_clear()
