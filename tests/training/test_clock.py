"""Pauses do not count; side work stays under its share."""

from __future__ import annotations

import threading
import time

import pytest

from explorer.task import Task
from explorer.training import clock as module
from explorer.training.clock import Budget, Clock, spoken


class Hand:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def perf_counter(self) -> float:
        return self.now


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    hand = Hand()
    monkeypatch.setattr(module, "time", hand)
    return hand


def test_side_work_takes_its_share(hand: Hand) -> None:
    clock = Clock()
    budget = Budget(clock, share=0.03, interval=0.2)
    spent = 0.0
    while hand.now < 100:
        hand.now += 0.01
        if budget.due():
            with budget.spend():
                hand.now += 0.05
            spent += 0.05
    assert 0.025 < spent / hand.now < 0.031


def test_side_work_may_wait_for_its_first_time(hand: Hand) -> None:
    budget = Budget(Clock(), share=0.5, interval=3.0, first=5.0)
    due = []
    for second in range(10):
        hand.now = float(second)
        if budget.due():
            with budget.spend():
                due.append(second)
    assert due == [5, 8]


def test_cheap_side_work_keeps_its_interval(hand: Hand) -> None:
    clock = Clock()
    budget, times = Budget(clock, share=0.5, interval=0.2), 0
    for _ in range(1000):
        hand.now += 0.01
        if budget.due():
            with budget.spend():
                times += 1
    assert 45 <= times <= 51


def test_a_pause_does_not_count() -> None:
    clock, task = Clock(), Task()
    task.pause()
    threading.Timer(0.2, task.resume).start()
    before = time.perf_counter()
    clock.check(task)
    assert time.perf_counter() - before >= 0.19
    assert clock.seconds() < 0.1


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (41.2, "0:41"), (3723, "1:02:03")])
def test_spoken(seconds: float, text: str) -> None:
    assert spoken(seconds) == text
