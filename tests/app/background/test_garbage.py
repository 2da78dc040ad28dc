"""Cycles die on the main thread, whoever made them."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from explorer.app.background import garbage, memory
from explorer.app.background.garbage import GarbageCollector


class Cycle:
    """Refers to itself, and tells in which thread it was deleted."""

    died: list[str]

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        Cycle.died.append(threading.current_thread().name)


@pytest.fixture
def collector(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[GarbageCollector]:
    monkeypatch.setattr(garbage, "EVERY_MS", 5)
    monkeypatch.setattr(garbage, "SELDOM", 2)
    gc.freeze()  # what the test session has made would look like an import
    Cycle.died = []
    made = GarbageCollector()
    yield made
    made.stop()
    made.deleteLater()
    gc.unfreeze()


def _litter() -> None:
    Cycle()
    kept = [[i] for i in range(5000)]  # enough for an automatic collection, were it on
    assert kept


def test_cycles_made_in_a_thread_die_on_the_main_thread(
    collector: GarbageCollector, qtbot: Any
) -> None:
    thread = threading.Thread(target=_litter, name="lane")
    thread.start()
    thread.join()
    assert not gc.isenabled() and Cycle.died == []
    qtbot.waitUntil(lambda: bool(Cycle.died))
    assert Cycle.died == [threading.main_thread().name]


def test_what_an_import_made_is_set_aside_though_it_came_slowly(
    collector: GarbageCollector, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A collection of all of it would stop the window for as long as it takes to look at it."""
    collector._collect()  # what was there before
    for i in range(30):  # as many as a small library has
        monkeypatch.setitem(sys.modules, f"a_module_{i}", ModuleType(f"a_module_{i}"))
    made = [[i] for i in range(1000)]
    frozen = gc.get_freeze_count()
    collector._collect()
    assert gc.get_freeze_count() >= frozen + len(made)


def test_memory_is_given_back_now_and_then(
    collector: GarbageCollector, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[int] = []
    monkeypatch.setattr(memory, "give_back", lambda: given.append(1))
    for _ in range(2 * garbage.SELDOM):
        collector._collect()
    assert len(given) == 2


def test_stopping_gives_the_work_back(collector: GarbageCollector) -> None:
    collector.stop()
    assert gc.isenabled()


def test_the_young_are_looked_at_each_tick_and_the_old_seldom(
    collector: GarbageCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    monkeypatch.setattr(garbage, "SELDOM", 6)
    monkeypatch.setattr(garbage, "OFTEN", 3)
    collector._timer.stop()
    collector._ticks = 0
    collector._came()
    monkeypatch.setattr(gc, "get_count", lambda: (garbage.BURST, 0, 0))
    monkeypatch.setattr(gc, "collect", looked.append)
    for _ in range(7):
        collector._collect()
    assert looked == [0, 0, 1, 0, 0, 2, 0]


def test_what_nobody_holds_goes_before_long() -> None:
    """The young within seconds, what was once held within ten, the old within two minutes."""
    assert 500 <= garbage.EVERY_MS <= 2000
    assert garbage.EVERY_MS * garbage.OFTEN <= 10_000
    assert garbage.EVERY_MS * garbage.SELDOM <= 120_000


@pytest.mark.parametrize(("objects", "does"), [(30_000, ["freeze"]), (15_000, [0])])
def test_a_burst_of_objects_is_set_aside(
    collector: GarbageCollector, monkeypatch: pytest.MonkeyPatch, objects: int, does: list[object]
) -> None:
    did: list[object] = []
    collector._timer.stop()
    collector._came()
    collector._ticks = 0
    monkeypatch.setattr(gc, "get_count", lambda: (objects, 0, 0))
    monkeypatch.setattr(gc, "collect", did.append)
    monkeypatch.setattr(gc, "freeze", lambda: did.append("freeze"))
    collector._collect()
    assert did == does
