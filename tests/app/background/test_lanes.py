"""explorer.app.background.lanes: one thread after the other job, and what it tells of each."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt

from explorer.app.background import lanes
from explorer.app.background.lanes import Job, Lane, Work
from explorer.errors import Cancelled, DataError
from tests.guards import PATIENCE
from tests.values import problems


@pytest.fixture
def owner(qapp) -> QObject:
    return QObject()


@pytest.fixture
def lane(owner) -> Iterator[Lane]:
    made = Lane("compute", owner)
    made.start()
    yield made
    made.give(None)
    assert made.wait(int(PATIENCE * 1000))


@pytest.fixture
def job(owner, lane) -> Callable[[Work], Job]:
    def made(work: Work, **more: Any) -> Job:
        found = Job("find", work, lane.objectName(), weakref.ref(owner), does="find it", **more)
        found.task = lane.task_of(found)
        return found

    return made


def test_its_values_are_values() -> None:
    assert problems(lanes) == []


def test_it_works_in_its_own_thread_and_writes_the_result_down(lane, job) -> None:
    threads: list[threading.Thread] = []
    done = job(lambda _task: threads.append(threading.current_thread()) or 7)
    lane.give(done)
    assert done.told.wait(PATIENCE)
    assert done.result == 7 and done.error is None
    assert threads[0] is not threading.main_thread()


def test_an_error_is_written_down_and_the_next_job_is_done(lane, job) -> None:
    def fail(_task):
        raise ValueError("odd")

    failed, after = job(fail), job(lambda _task: "done")
    lane.give(failed)
    lane.give(after)
    assert after.told.wait(PATIENCE)
    assert isinstance(failed.error, ValueError) and after.result == "done"


def test_what_was_cancelled_before_is_not_begun(lane, job) -> None:
    begun: list[object] = []
    late = job(begun.append)
    late.task.cancel()
    lane.give(late)
    assert late.told.wait(PATIENCE)
    assert isinstance(late.error, Cancelled) and not begun


def test_what_a_task_is_told_comes_with_its_job(lane, job, qtbot) -> None:
    heard: list[tuple[object, ...]] = []
    queued = Qt.ConnectionType.QueuedConnection
    lane.told_partial.connect(lambda *told: heard.append(told), queued)
    lane.told_progress.connect(lambda *told: heard.append(told), queued)
    lane.finished_job.connect(lambda *told: heard.append(told), queued)

    def work(task):
        task.partial("part")
        task.progress(1.0, "all")

    told = job(work)
    lane.give(told)
    qtbot.waitUntil(lambda: len(heard) == 3, timeout=int(PATIENCE * 1000))
    assert heard == [(told, "part"), (told, 1.0, "all"), (told,)]


def test_a_task_that_outlives_its_job_tells_nobody(lane, job) -> None:
    gone = job(lambda _task: None)
    task, job_left = gone.task, weakref.ref(gone)
    del gone
    assert job_left() is None, "its task does not keep it"
    task.partial("part")
    task.progress(1.0)  # neither fails


def test_it_is_heard_while_it_is_wanted_and_about_what_is_shown(qapp, job, owner) -> None:
    shown = [True]
    about = job(lambda _task: None, about=lambda: shown[0])
    assert about.heard
    shown[0] = False
    assert not about.heard
    unwanted = job(lambda _task: None)
    unwanted.wanted = False
    assert not unwanted.heard
    orphan = Job("find", lambda _task: None, "compute", weakref.ref(QObject()))
    assert not orphan.heard


def test_an_error_is_a_sentence(job) -> None:
    one, known = job(lambda _task: None), DataError("no such file")
    assert one.sentence(known) is known
    assert one.sentence(MemoryError()).what == "there was not enough memory to find it"
    assert one.sentence(ValueError("odd\nvalue")).what == "could not find it: ValueError: odd value"
