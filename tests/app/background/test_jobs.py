"""app.background.jobs: policies, owners, errors, order, and an end that leaves no thread."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from collections.abc import Callable
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QDeadlineTimer, QObject, QThread, QTimer

from explorer.app.background import jobs as rules
from explorer.app.background import lanes, lock
from explorer.app.background.jobs import Jobs
from explorer.app.background.lanes import LANES
from explorer.errors import Cancelled, DataError, ExplorerError
from explorer.task import Task
from tests.guards import PATIENCE


class Owner(QObject):
    """Whoever asked; keeps what it is told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[Any] = []
        self.partials: list[Any] = []
        self.errors: list[ExplorerError] = []
        self.threads: set[QThread] = set()

    def on_done(self, value: object) -> None:
        self.done.append(value)
        self.threads.add(QThread.currentThread())

    def on_partial(self, value: object) -> None:
        self.partials.append(value)
        self.threads.add(QThread.currentThread())

    def on_failed(self, error: ExplorerError) -> None:
        self.errors.append(error)
        self.threads.add(QThread.currentThread())


class Gate:
    """Work that says when it has begun and ends when it is let through, or cancelled."""

    def __init__(self, value: object = None) -> None:
        self.value = value
        self.began, self.opened = threading.Event(), threading.Event()

    def __call__(self, task: Task) -> object:
        self.began.set()
        while not self.opened.wait(0.002):
            task.check()
        return self.value


@pytest.fixture
def owner(qapp) -> Owner:
    return Owner()


@pytest.fixture
def run(jobs, owner) -> Callable[..., None]:
    def start(key: str, work: Callable[[Task], object], **more: object) -> None:
        calls = {"done": owner.on_done, "partial": owner.on_partial, "failed": owner.on_failed}
        jobs.run(key, work, **{"owner": owner, **calls, **more})

    return start


@pytest.fixture
def rest(qtbot, jobs) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: not jobs.busy)


def test_work_runs_elsewhere_and_answers_on_the_main_thread(run, rest, owner):
    run("think", lambda _: QThread.currentThread())
    rest()
    assert owner.done != [QThread.currentThread()]
    assert owner.threads == {QThread.currentThread()}


def test_latest_runs_the_first_and_the_newest_only(run, rest, owner):
    gate = Gate(0)
    run("decode", gate, policy="latest")
    assert gate.began.wait(PATIENCE)
    for i in range(1, 50):
        run("decode", lambda _, i=i: i, policy="latest")
    gate.opened.set()
    rest()
    assert owner.done == [0, 49]


def test_latest_keeps_keys_apart(run, rest, owner):
    gate = Gate("a")
    run("a", gate, policy="latest")
    run("b", lambda _: "b", policy="latest")
    run("c", lambda _: "c", policy="latest")
    gate.opened.set()
    rest()
    assert owner.done == ["a", "b", "c"]


def test_replace_cancels_and_forgets_the_running_one(run, rest, owner):
    gate = Gate("old")
    run("open", gate)
    assert gate.began.wait(PATIENCE)
    run("open", lambda _: "new")
    rest()
    assert owner.done == ["new"]
    assert owner.errors == []


def test_queue_runs_one_after_the_other(run, rest, owner):
    for i in range(10):
        run("save", lambda _, i=i: i, policy="queue")
    rest()
    assert owner.done == list(range(10))


def test_lanes_do_not_wait_for_each_other(run, rest, owner, qtbot):
    gate = Gate("slow")
    run("train", gate, lane="train")
    run("decode", lambda _: "quick", lane="live")
    qtbot.waitUntil(lambda: owner.done == ["quick"])
    gate.opened.set()
    rest()
    assert owner.done == ["quick", "slow"]


def test_what_has_ended_is_not_delivered_once_it_is_about_nothing_shown(run, owner, rest):
    shown = [True]
    run("decode", lambda _: "old", patience=PATIENCE, about=lambda: shown[0])
    shown[0] = False  # its answer is in the main thread's queue
    rest()
    assert owner.done == []


def test_sweeping_stops_what_is_about_nothing_shown_and_nothing_else(run, owner, jobs, rest):
    shown, old, other = [True], Gate("old"), Gate("other")
    run("measure", old, about=lambda: shown[0])
    run("wait", lambda _: "in vain", about=lambda: shown[0])
    run("save", other, lane="live", keeps=True)
    assert old.began.wait(PATIENCE) and other.began.wait(PATIENCE)
    jobs.sweep()
    assert not jobs.task("measure").cancelled
    shown[0] = False
    jobs.sweep()
    assert jobs.task("measure").cancelled and not jobs.task("save").cancelled
    other.opened.set()
    rest()
    assert owner.done == ["other"] and owner.errors == []


def test_nothing_comes_of_a_cancelled_job_but_its_end(run, rest, owner, jobs, qtbot):
    began, told = threading.Event(), threading.Event()

    def work(task: Task) -> object:
        began.set()
        told.wait(PATIENCE)
        task.partial("part")
        task.progress(0.5, "half way")
        return "end"

    run("measure", work)
    assert began.wait(PATIENCE)
    (job,) = jobs.spoken
    with qtbot.assertNotEmitted(jobs.progressed):
        jobs.cancel("measure")
        told.set()
        qtbot.waitUntil(lambda: owner.done == ["end"])
    assert owner.partials == [] and (job.fraction, job.text) == (None, "")
    rest()


def test_partials_arrive_in_order_before_the_result(run, rest, owner):
    def work(task: Task) -> str:
        for i in range(20):
            task.partial(i)
        return "end"

    run("train", work)
    rest()
    assert owner.partials == list(range(20))
    assert owner.done == ["end"]


def test_progress_is_kept_with_the_job(run, jobs, qtbot, rest):
    gate = Gate()

    def work(task: Task) -> object:
        task.progress(0.5, "half")
        return gate(task)

    with qtbot.waitSignal(jobs.progressed):
        run("open", work)
    assert [(j.fraction, j.text) for j in jobs.spoken] == [(0.5, "half")]
    gate.opened.set()
    rest()
    assert jobs.spoken == []


def test_cancelled_work_says_so_to_its_owner_only(run, rest, owner, jobs):
    heard: list[object] = []
    jobs.failed.connect(heard.append)
    gate = Gate()
    run("open", gate)
    assert gate.began.wait(PATIENCE)
    jobs.cancel("open")
    rest()
    assert [type(e) for e in owner.errors] == [Cancelled]
    assert heard == []


def test_cancelled_before_its_turn_it_never_runs(run, rest, owner, jobs):
    gate, ran = Gate(), threading.Event()
    run("a", gate)
    run("b", lambda _: ran.set())
    jobs.cancel("b")
    gate.opened.set()
    rest()
    assert not ran.is_set()
    assert [type(e) for e in owner.errors] == [Cancelled]


def test_cancelling_all_spares_what_is_quiet(run, rest, owner, jobs):
    loud, quiet = Gate("loud"), Gate("quiet")
    run("open", loud)
    run("decode", quiet, lane="live", quiet=True)
    assert loud.began.wait(PATIENCE) and quiet.began.wait(PATIENCE)
    jobs.cancel()
    assert jobs.task("open").cancelled and not jobs.task("decode").cancelled
    quiet.opened.set()
    rest()
    assert owner.done == ["quiet"] and [type(e) for e in owner.errors] == [Cancelled]


def test_an_explorer_error_leaves_as_it_is(run, rest, owner, jobs):
    heard: list[object] = []
    jobs.failed.connect(heard.append)
    error = DataError("no data", where="x")

    def work(_: Task) -> None:
        raise error

    run("open", work)
    rest()
    assert owner.errors == heard == [error]


@pytest.mark.expects_errors
@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (ValueError("two\nlines"), "could not open: ValueError: two lines"),
        (MemoryError(), "there was not enough memory to open"),
        (KeyboardInterrupt(), "could not open: KeyboardInterrupt"),
        (SystemExit(3), "could not open: SystemExit"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_anything_else_becomes_a_sentence_and_the_lane_lives_on(problem, said, run, rest, owner):
    def work(_: Task) -> None:
        raise problem

    run("open", work)
    rest()
    assert len(owner.errors) == 1
    assert said in str(owner.errors[0])
    assert "\n" not in str(owner.errors[0])
    run("open", lambda _: "alive")
    rest()
    assert owner.done == ["alive"]


def test_a_dead_owner_hears_nothing(run, rest, owner, jobs):
    gate = Gate()
    run("open", gate)
    done = owner.done
    shiboken6.delete(owner)
    gate.opened.set()
    rest()
    assert done == []


def test_busy_is_told_for_what_is_not_quiet(run, jobs, qtbot, rest):
    with qtbot.assertNotEmitted(jobs.busy_changed):
        run("decode", lambda _: None, quiet=True)
        rest()
    with qtbot.waitSignals([jobs.busy_changed, jobs.busy_changed]):
        run("open", lambda _: None)
    rest()


def test_a_callback_that_fails_does_not_leave_the_program_busy(run, jobs, rest, qtbot):
    def fail(_: object) -> None:
        raise ValueError("in a slot")

    heard: list[bool] = []
    with qtbot.captureExceptions() as caught:
        run("open", lambda _: None, done=fail)
        jobs.busy_changed.connect(lambda: heard.append(jobs.busy))
        rest()
    assert [kind for kind, *_ in caught] == [ValueError]
    assert heard[-1] is False


@pytest.mark.expects_errors
def test_only_what_nobody_foresaw_goes_into_the_log(run, rest, caplog):
    def stops(error: BaseException) -> Callable[[Task], object]:
        def work(_: Task) -> object:
            raise error

        return work

    with caplog.at_level("ERROR"):
        run("open", stops(DataError("no data")))
        rest()
        assert not caplog.records
        run("open", stops(ValueError("odd")))
        rest()
    (record,) = caplog.records
    assert record.getMessage() == "job open failed" and record.exc_info[0] is ValueError
    caplog.clear()


def test_the_running_task_can_be_paused(run, jobs, owner, rest, qtbot):
    held, passed = threading.Event(), threading.Event()

    class Noticed(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            held.set()
            return super().wait(timeout)

    def work(task: Task) -> str:
        task.check()
        passed.set()
        held.set()
        return "kept"

    first = Gate()
    run("think", first, lane="train")
    assert first.began.wait(PATIENCE)
    run("train", work, lane="train")
    (task,) = (job.task for job in jobs.spoken if job.key == "train")
    task._running = Noticed()  # not set: paused, before its turn
    first.opened.set()
    qtbot.waitUntil(held.is_set)
    assert task.paused and not passed.is_set() and jobs.task("train") is task
    task.resume()
    rest()
    assert owner.done == [None, "kept"]
    assert jobs.task("train") is None


def test_pausing_holds_the_work_and_only_then(run, jobs, owner, rest):
    gate = Gate("kept")
    run("train", gate, lane="train")
    task = jobs.task("train")
    assert not task.paused
    task.pause()
    assert task.paused and jobs.is_busy("train")
    task.resume()
    assert not task.paused
    gate.opened.set()
    rest()
    assert owner.done == ["kept"]


def test_a_callback_may_start_the_next_job(run, rest, owner):
    run("a", lambda _: "a", done=lambda _: run("b", lambda _: "b"))
    rest()
    assert owner.done == ["b"]


@pytest.mark.parametrize("paused", [False, True])
def test_close_ends_every_thread_even_a_paused_one(qapp, paused):
    jobs, owner = Jobs(), Owner()
    gates = {lane: Gate() for lane in LANES}
    for lane, gate in gates.items():
        jobs.run(lane, gate, owner=owner, lane=lane, done=owner.on_done)
        assert gate.began.wait(PATIENCE)
        if paused:
            jobs.task(lane).pause()
    assert jobs.close(limit=PATIENCE)
    assert owner.done == []


def test_after_close_nothing_starts(qapp):
    jobs, ran = Jobs(), threading.Event()
    assert jobs.close()
    jobs.run("open", lambda _: ran.set(), owner=jobs)
    assert not jobs.busy
    assert not ran.is_set()


def test_finish_waits_for_what_keeps_something_and_drops_the_rest(run, rest, owner, jobs):
    shown, kept = Gate("shown"), Gate("kept")
    run("show", shown)
    run("show more", lambda _: "more", policy="queue")
    run("save", kept, policy="queue", keeps=True)
    assert shown.began.wait(PATIENCE)
    QTimer.singleShot(0, kept.opened.set)
    assert jobs.finish(PATIENCE) and not jobs.keeping
    assert owner.done == ["kept"]
    run("show", lambda _: "again")  # the window stays after all
    rest()
    assert owner.done == ["kept", "again"]


def test_who_cancels_all_does_not_cancel_the_save_that_waits(run, rest, owner, jobs):
    shown = Gate()
    run("open", shown)
    run("save", lambda _: "kept", policy="queue", keeps=True)
    assert shown.began.wait(PATIENCE)
    jobs.cancel()
    rest()
    assert owner.done == ["kept"]


def test_who_cancels_all_cancels_what_waits_to_show_and_the_save_that_runs(run, rest, owner, jobs):
    saving = Gate("kept")
    run("save", saving, policy="queue", keeps=True)
    run("show", lambda _: "shown", policy="queue")
    assert saving.began.wait(PATIENCE)
    jobs.cancel()
    rest()
    assert owner.done == [] and [type(e) for e in owner.errors] == [Cancelled] * 2


def test_all_under_a_key_is_cancelled_but_what_is_spared(run, rest, owner, jobs):
    run("a", Gate("a"), policy="queue", quiet=True)
    for key in ("b", "c", "d"):
        run(key, lambda _, key=key: key, policy="queue", keeps=key == "c")
    jobs.cancel("c", spare="c")
    jobs.cancel(spare="b")
    jobs.cancel("a")
    rest()
    assert owner.done == ["b", "c"] and [type(e) for e in owner.errors] == [Cancelled] * 2


def test_who_forgets_a_job_says_that_less_is_busy(run, rest, owner, jobs, qtbot):
    gate = Gate("known already")
    run("decode", gate, quiet=True)
    assert gate.began.wait(PATIENCE)
    with qtbot.waitSignal(jobs.busy_changed):
        jobs.forget("decode")
    rest()
    assert owner.done == owner.errors == []


def test_nobody_waits_here_for_what_has_not_begun(run, rest, owner, monkeypatch):
    class Told(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waited.append(timeout)
            return super().wait(timeout)

    waited: list[float | None] = []
    gate = Gate("first")
    run("open", gate)
    monkeypatch.setattr("explorer.app.background.lanes.threading.Event", Told)
    made = lanes.Job.__init__
    monkeypatch.setattr(lanes.Job, "__init__", lambda job, *g: made(job, *g, told=Told()))
    run("decode", lambda _: "second", policy="queue", patience=0.001)
    run("look", lambda _: "beside", lane="live", patience=PATIENCE)
    gate.opened.set()
    rest()
    assert waited == [PATIENCE] and sorted(owner.done) == ["beside", "first", "second"]


def test_nothing_begins_while_it_finishes(run, owner, jobs):
    kept = Gate("kept")
    run("save", kept, keeps=True, done=lambda _: run("next", lambda _: "next"))
    kept.opened.set()
    assert jobs.finish(PATIENCE) and not jobs.busy and owner.done == []


def test_finish_says_what_is_not_kept(run, owner, jobs):
    kept = Gate()
    run("save", kept, keeps=True)
    assert not jobs.finish(0.0) and jobs.keeping

    def full(_: Task) -> None:
        raise DataError("the disk is full")

    kept.opened.set()
    run("save more", full, policy="queue", keeps=True)
    assert not jobs.finish(PATIENCE) and not jobs.keeping
    assert [str(error) for error in owner.errors] == ["the disk is full"]


def test_who_asked_has_the_last_word(run, rest, jobs):
    def fail(_: Task) -> None:
        raise DataError("no")

    heard: list[str] = []
    jobs.failed.connect(lambda _: heard.append("all"))
    run("open", fail, failed=lambda _: heard.append("asker"))
    rest()
    assert heard == ["all", "asker"]


def test_close_says_when_a_thread_does_not_end(qapp, qtbot):
    jobs, stubborn, release = Jobs(), threading.Event(), threading.Event()

    def work(_: Task) -> None:
        stubborn.set()
        release.wait(PATIENCE)

    jobs.run("open", work, owner=jobs)
    assert stubborn.wait(PATIENCE)
    jobs.run("wait", work, owner=jobs, policy="queue")
    assert not jobs.close(limit=0.05)
    (lane,) = jobs._lanes.values()
    assert lane.parent() is None, "a thread that runs is not deleted with what began it"
    release.set()
    assert jobs.close(limit=PATIENCE)
    qtbot.waitUntil(lambda: not jobs.busy)  # what waited has gone without a turn


def test_what_has_ended_is_freed_at_once(run, rest, owner, jobs):
    class Big:
        def __call__(self, task: Task) -> None:
            task.progress(0.5)

    work = Big()
    seen = weakref.ref(work)
    gc.disable()  # a cycle would wait for the collector, which may run in a lane
    try:
        run("decode", work)
        del work
        rest()
        run("other", lambda _: None)  # the lane forgets its last job when it takes the next
        rest()
        assert seen() is None
    finally:
        gc.enable()


def test_nothing_is_delivered_of_what_is_no_longer_shown(run, rest, jobs, owner, qtbot):
    shown, gate = [True], Gate("late")

    def work(task: Task) -> object:
        task.partial("half")
        return gate(task)

    run("think", work, about=lambda: shown[0])
    gate.began.wait(PATIENCE)
    qtbot.waitUntil(lambda: owner.partials == ["half"])
    shown[0] = False
    gate.opened.set()
    rest()
    assert owner.done == []


def test_an_error_about_what_is_no_longer_shown_is_not_said(run, rest, jobs, owner):
    said: list[ExplorerError] = []
    jobs.failed.connect(said.append)

    def work(_task: Task) -> object:
        raise DataError("no", where="a", remedy="b")

    run("think", work, about=lambda: False)
    rest()
    assert not said and not owner.errors


def test_threads_hand_over_soon_once_there_are_jobs(qapp):
    before = sys.getswitchinterval()
    try:
        sys.setswitchinterval(1.0)
        assert Jobs().close() and sys.getswitchinterval() == pytest.approx(lock.INTERVAL)
    finally:
        sys.setswitchinterval(before)


def test_an_end_is_waited_for_as_many_seconds_as_are_said(qapp, monkeypatch):
    waited: list[int] = []

    def deadline(ms: int) -> QDeadlineTimer:
        waited.append(ms)
        return QDeadlineTimer(ms)

    def alarm(*, interval: int, **more: bool) -> QTimer:
        waited.append(interval)
        return QTimer(interval=interval, **more)

    monkeypatch.setattr(rules, "QDeadlineTimer", deadline)
    monkeypatch.setattr(rules, "QTimer", alarm)
    jobs = Jobs()
    assert jobs.finish(2.5) and jobs.close(limit=1.5)
    assert waited == [2500, 1500]
    assert Jobs().close() and waited[-1] <= 5000, "later, systems ask whether to end the program"


def test_a_thread_that_is_late_is_waited_for_as_the_process_ends(qapp, monkeypatch):
    """It would be cut off in the middle of a file, or abort the process."""
    at_end: list[Callable[[], object]] = []
    monkeypatch.setattr(rules.atexit, "register", at_end.append)
    jobs, gate = Jobs(), Gate()
    began, release = threading.Event(), threading.Event()

    def deaf(_: Task) -> None:
        began.set()
        release.wait(PATIENCE)

    jobs.run("open", deaf, owner=jobs)
    jobs.run("look", gate, owner=jobs, lane="live")
    assert began.wait(PATIENCE) and gate.began.wait(PATIENCE)
    late = jobs._lanes["compute"]
    assert not jobs.close(limit=0.5)
    assert late.wait in at_end
    release.set()
    assert late.wait(int(PATIENCE * 1000))
