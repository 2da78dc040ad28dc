"""Pauses do not count; side work stays under its share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from explorer.errors import Cancelled
from explorer.task import Task
from explorer.training import clock as module
from explorer.training.clock import Budget, Clock, Standing, passes, place, spoken


class Hand:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def perf_counter(self) -> float:
        return self.now


class PausedFor(Task):
    """Goes on after so many seconds by the hand's clock."""

    def __init__(self, hand: Hand, seconds: float) -> None:
        super().__init__()
        self._hand, self._seconds = hand, seconds
        self.pause()

    def check(self) -> None:
        self._hand.now += self._seconds
        self.resume()
        super().check()


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


def test_cheap_side_work_keeps_its_interval(hand: Hand) -> None:
    clock = Clock()
    budget, times = Budget(clock, share=0.5, interval=0.2), 0
    for _ in range(1000):
        hand.now += 0.01
        if budget.due():
            with budget.spend():
                times += 1
    assert 45 <= times <= 51


def test_side_work_may_wait_for_its_first_time(hand: Hand) -> None:
    budget = Budget(Clock(), share=0.5, interval=3.0, first=5.0)
    due = []
    for second in range(10):
        hand.now = float(second)
        if budget.due():
            with budget.spend():
                due.append(second)
    assert due == [5, 8]


def test_a_pause_does_not_count(hand: Hand) -> None:
    clock, task = Clock(), PausedFor(hand, 7)
    hand.now += 1
    clock.check(task)
    hand.now += 1
    assert (clock.seconds(), hand.now) == (2, 9)


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (41.2, "0:41"), (3723, "1:02:03")])
def test_spoken(seconds: float, text: str) -> None:
    assert spoken(seconds) == text


def test_side_work_is_due_until_its_share_and_its_credit_are_spent(hand: Hand) -> None:
    budget = Budget(Clock(), share=0.1, interval=0.0, credit=2.0)
    for spent, due in ((2.0, True), (0.5, False)):  # 2.2 s after 2, 2.25 s after 2.5
        with budget.spend():
            hand.now += spent
        assert budget.due() == due
    hand.now = 5.0
    assert budget.due(), "2.5 s are earned by now, to the last"
    hand.now = 4.9
    assert not budget.due()


def test_it_rests_for_its_interval_after_it_is_done(hand: Hand) -> None:
    budget = Budget(Clock(), share=1.0, interval=3.0, credit=9.0)
    with budget.spend():
        hand.now += 2.0
    for now, due in ((4.9, False), (5.0, True)):
        hand.now = now
        assert budget.due() == due


def test_a_training_that_is_cancelled_stops_at_the_clock(hand: Hand) -> None:
    """Paused or not; and what it waited does not count."""
    clock, task = Clock(), Task()
    task.cancel()
    with pytest.raises(Cancelled):
        clock.check(task)
    waiting = PausedFor(hand, 4)
    waiting.cancel()
    waiting.pause()
    with pytest.raises(Cancelled):
        clock.check(waiting)
    assert clock.seconds() == 0


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(59.4, "0:59"), (59.6, "1:00"), (725, "12:05"), (3599.6, "1:00:00"), (36000, "10:00:00")],
)
def test_seconds_are_rounded_into_minutes_and_hours(seconds: float, text: str) -> None:
    assert spoken(seconds) == text


@pytest.mark.parametrize(
    ("epoch", "text"), [(0.0, "0.0"), (0.99, "0.9"), (10.95, "10.9"), (0.3, "0.3"), (60.0, "60.0")]
)
def test_no_tenth_of_a_pass_is_done_before_it_is(epoch: float, text: str) -> None:
    assert passes(epoch) == text and place(epoch, 60) == f"epoch {text} of 60"


def test_how_far_a_training_is_in_a_line() -> None:
    standing = Standing(10.9, 60, 21.0, 5.0, aside=", noisy")
    assert standing.text == "epoch 10.9 of 60, 0:21 left, noisy" == standing.during("running")
    assert standing.during("paused") == "paused at epoch 10.9 of 60"
    measuring = replace(standing, phase="measuring")
    assert measuring.text == "measuring" == measuring.during("stopping")
