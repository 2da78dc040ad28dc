"""explorer.task: reporting, pausing and stopping, from any thread."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import Cancelled
from explorer.task import NO_TASK, Relayed, Task
from tests.guards import PATIENCE


def test_progress_is_limited_but_the_end_always_gets_through():
    heard = []
    task = Task(lambda fraction, text: heard.append((fraction, text)), interval=3600)
    for i in range(101):
        task.progress(i / 100, f"{i}")
    assert heard == [(0.0, "0"), (1.0, "100")]


def test_without_an_interval_every_progress_is_heard():
    heard = []
    task = Task(lambda fraction, _text: heard.append(fraction), interval=0)
    for fraction in (None, 0.1, 0.2, 1.0):
        task.progress(fraction)
    assert heard == [None, 0.1, 0.2, 1.0]


def test_partials_all_arrive_in_order():
    heard = []
    task = Task(on_partial=heard.append)
    for i in range(5):
        task.partial(i)
    assert heard == list(range(5))


def test_check_is_silent_until_somebody_cancels():
    task = Task()
    task.check()
    assert not task.cancelled
    task.cancel()
    assert task.cancelled
    with pytest.raises(Cancelled):
        task.check()


def test_a_paused_task_waits_and_goes_on():
    task, passed = Task(), threading.Event()
    task.pause()
    assert task.paused
    worker = threading.Thread(target=lambda: (task.check(), passed.set()))
    worker.start()
    assert not passed.wait(0.05)
    task.resume()
    assert passed.wait(PATIENCE)
    worker.join()
    assert not task.paused


def test_cancelling_wakes_a_paused_task():
    task, ended = Task(), threading.Event()

    def work() -> None:
        with pytest.raises(Cancelled):
            task.check()
        ended.set()

    task.pause()
    worker = threading.Thread(target=work)
    worker.start()
    task.cancel()
    assert ended.wait(PATIENCE)
    worker.join()


@given(st.lists(st.sampled_from(["pause", "resume", "cancel"])))
def test_once_cancelled_always_cancelled_and_never_stuck(verbs):
    task = Task()
    for verb in verbs:
        getattr(task, verb)()
    if "cancel" in verbs:
        with pytest.raises(Cancelled):
            task.check()
    elif not task.paused:
        task.check()


def test_no_task_is_deaf_and_cannot_be_stopped():
    NO_TASK.progress(0.5, "half")
    NO_TASK.partial(object())
    NO_TASK.check()
    with pytest.raises(RuntimeError):
        NO_TASK.cancel()
    with pytest.raises(RuntimeError):
        NO_TASK.pause()


def test_a_relayed_task_is_the_other_one_but_for_its_parts() -> None:
    said: list[float | None] = []
    whole, parts = list[object](), list[object]()
    task = Task(lambda fraction, _: said.append(fraction), whole.append, interval=0.0)
    relayed = Relayed(task, parts.append)
    relayed.progress(0.5, "half")
    relayed.partial(3)
    assert (said, whole, parts) == ([0.5], [], [3])
    task.pause()
    assert relayed.paused
    task.cancel()
    assert relayed.cancelled
    with pytest.raises(Cancelled):
        relayed.check()
