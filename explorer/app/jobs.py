"""The only door to the background: single-thread lanes, keys, policies, and one exit for errors.

All bookkeeping happens on the main thread, so there is no lock: a lane runs one piece of work at a
time and tells the main thread, by queued signals, how it went.
"""

from __future__ import annotations

import atexit
import logging
import queue
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import shiboken6
from PySide6.QtCore import (
    QDeadlineTimer,
    QEventLoop,
    QObject,
    Qt,
    QThread,
    QTimer,
    Signal,
    Slot,
)

from explorer.app import lock
from explorer.compute.question import Policy
from explorer.errors import Cancelled, ExplorerError
from explorer.task import Task

logger = logging.getLogger(__name__)

Work = Callable[[Task], Any]
Callback = Callable[[Any], object]

LANES = ("live", "open", "compute", "train")
QUIETLY = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents


@dataclass(eq=False)
class Job:
    """One piece of work on its way.

    It lives on the main thread, except for ``work``, ``task``, and what the lane writes down before
    it tells of its end: ``result`` or ``error``.
    """

    key: str
    work: Work
    lane: str
    task: Task
    owner: weakref.ref[QObject]
    done: Callback | None
    partial: Callback | None
    failed: Callback | None
    quiet: bool
    keeps: bool = False
    does: str = ""
    about: Callable[[], bool] | None = None
    wanted: bool = True
    result: object = None
    error: BaseException | None = None
    told: threading.Event = field(default_factory=threading.Event)
    fraction: float | None = None
    text: str = ""


@dataclass
class _Queue:
    running: Job | None = None
    waiting: list[Job] = field(default_factory=list)


class Lane(QThread):
    """One worker thread. It knows nothing of keys, owners or policies."""

    finished_job = Signal(object)
    told_partial = Signal(object, object)  # job, value
    told_progress = Signal(object, object, str)  # job, fraction, text

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._inbox: queue.SimpleQueue[Job | None] = queue.SimpleQueue()

    def give(self, job: Job | None) -> None:
        """Hand over the next job; None ends the thread."""
        self._inbox.put(job)

    def run(self) -> None:
        """The thread: take, work, tell. Nothing a job raises ends it."""
        lock.wake_on_time()
        while (job := self._inbox.get()) is not None:
            try:
                job.task.check()
                job.result = job.work(job.task)
            except BaseException as problem:  # noqa: BLE001 - the main thread decides what it means
                job.error = problem
            self.finished_job.emit(job)
            job.told.set()
            del job


class Jobs(QObject):
    """Runs work in lanes and calls back on the main thread.

    latest: one running and one waiting per key, the newest wins. replace: the running one is
    cancelled and forgotten. queue: one after the other. Callbacks never reach a dead owner, nor
    speak of what is no longer shown. ``lanes``: "live" answers the pointer, so it never holds
    anything slow; "open" reads what was chosen, and waits for no analysis; "compute" encodes,
    analyses and saves; "train" trains.
    """

    busy_changed = Signal()
    progressed = Signal()
    failed = Signal(object)  # ExplorerError, for the message bar

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queues = {name: _Queue() for name in LANES}
        self._lanes: dict[str, Lane] = {}
        self._closed = False
        self._failures = 0  # of work that keeps something
        lock.share_soon()

    def run(
        self,
        key: str,
        work: Work,
        *,
        owner: QObject,
        policy: Policy = "replace",
        lane: str = "compute",
        done: Callback | None = None,
        partial: Callback | None = None,
        failed: Callback | None = None,
        quiet: bool = False,
        keeps: bool = False,
        about: Callable[[], bool] | None = None,
        does: str = "",
        patience: float = 0.0,
    ) -> None:
        """Start ``work(task)`` in a lane. quiet: too short to be shown as busy.

        about: whether what is asked about is shown still (`State.subject`); once it is not, nothing
        of the job is delivered: no part, no answer, no error.

        does: what it does in words, as after "could not"; by default the key, if that is a verb.

        keeps: it writes what the user would miss, so `finish` waits for it.
        patience: seconds to wait here for an answer that is nearly always quicker, so that it is
        seen in the same frame as its question; if it is not there by then, it comes as any other.
        """
        if self._closed:
            return
        owned = weakref.ref(owner)
        job = Job(
            key, work, lane, Task(), owned, done, partial, failed, quiet, keeps, does or key, about
        )  # fmt: skip
        relay = _Relay(self._lane(lane), weakref.ref(job))
        job.task = Task(relay.progress, relay.partial)
        self._make_room(key, policy)
        self._queues[lane].waiting.append(job)
        self._start_next(lane)
        if not quiet:
            self.busy_changed.emit()
        if patience and self._queues[lane].running is job:
            job.told.wait(patience)

    def forget(self, key: str) -> None:
        """Nobody hears of what runs or waits under ``key``: its answer is known already."""
        self._make_room(key, "replace")
        self.busy_changed.emit()

    def sweep(self) -> None:
        """Stop what is asked about something that is no longer shown: others wait behind it."""
        for job in self._all(None):
            if job.about is not None and not job.about():
                job.task.cancel()

    def cancel(self, key: str | None = None, *, spare: str | None = None) -> None:
        """Ask the jobs under ``key`` to stop, those under ``spare`` excepted.

        For None all that are seen, but not what waits to keep something: nobody meant that.
        """
        running = [queued.running for queued in self._queues.values()]
        for job in [job for job in self._all(key) if job.key != spare]:
            if key is not None or not (job.quiet or (job.keeps and job not in running)):
                job.task.cancel()

    def task(self, key: str) -> Task | None:
        """The task of the running job under ``key``, to pause or resume it."""
        running = [q.running for q in self._queues.values()]
        return next((j.task for j in running if j is not None and j.key == key), None)

    def is_busy(self, key: str) -> bool:
        """Whether a job under ``key`` runs or waits."""
        return bool(self._all(key))

    @property
    def busy(self) -> bool:
        """Whether anything runs or waits in any lane."""
        return bool(self._all(None))

    @property
    def spoken(self) -> list[Job]:
        """The jobs worth showing in the progress area, running ones first."""
        return [job for job in self._all(None) if not job.quiet]

    @property
    def keeping(self) -> bool:
        """Whether work that keeps something runs or waits."""
        return any(job.keeps for job in self._all(None))

    def finish(self, limit: float) -> bool:
        """Wait for ``limit`` seconds until nothing that keeps something is left.

        False where something is left, or failed: then what it had to keep is not kept.
        What only shows something is cancelled and what waits of it dropped, so that it does not
        stand in the way. Meanwhile events are handled, those of mouse and keys excepted, and
        callbacks called; new work is not taken until it ends.
        """
        self._closed, self._failures = True, 0
        for queued in self._queues.values():
            queued.waiting = [job for job in queued.waiting if job.keeps]
        for job in self._all(None):
            if not job.keeps:
                job.task.cancel()
        loop, deadline = QEventLoop(), QDeadlineTimer(int(limit * 1000))
        alarm = QTimer(singleShot=True, interval=int(limit * 1000))  # to wake the loop
        alarm.start()
        while self.keeping and not deadline.hasExpired():
            loop.processEvents(QUIETLY | QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        alarm.stop()
        self._closed = False
        return not self.keeping and not self._failures

    def close(self, limit: float = 5.0) -> bool:
        """Cancel everything and wait; True when no thread is left within ``limit`` seconds."""
        self._closed = True
        for job in self._all(None):
            job.wanted = False
            job.task.cancel()
        for queued in self._queues.values():
            queued.waiting.clear()
        for lane in self._lanes.values():
            lane.give(None)
        deadline = QDeadlineTimer(int(limit * 1000))
        late = [lane for lane in self._lanes.values() if not lane.wait(deadline)]
        for lane in late:  # deleting a running thread aborts the process: let it outlive us
            lane.setParent(None)
            atexit.register(lane.wait)
        return not late

    def _lane(self, name: str) -> Lane:
        if name not in self._lanes:
            lane = Lane(name, self)
            queued = Qt.ConnectionType.QueuedConnection
            lane.finished_job.connect(self._on_lane_finished_job, queued)
            lane.told_partial.connect(self._on_lane_told_partial, queued)
            lane.told_progress.connect(self._on_lane_told_progress, queued)
            lane.start()
            self._lanes[name] = lane
        return self._lanes[name]

    def _all(self, key: str | None) -> list[Job]:
        running = [q.running for q in self._queues.values() if q.running is not None]
        jobs = running + [job for q in self._queues.values() for job in q.waiting]
        return [job for job in jobs if key is None or job.key == key]

    def _make_room(self, key: str, policy: Policy) -> None:
        if policy == "queue":
            return
        for queued in self._queues.values():
            queued.waiting = [w for w in queued.waiting if w.key != key]
            running = queued.running
            if policy == "replace" and running is not None and running.key == key:
                running.wanted = False
                running.task.cancel()

    def _start_next(self, lane: str) -> None:
        queued = self._queues[lane]
        if queued.running is None and queued.waiting:
            queued.running = queued.waiting.pop(0)
            self._lanes[lane].give(queued.running)

    def _hears(self, job: Job) -> bool:
        owner = job.owner()
        alive = owner is not None and shiboken6.isValid(owner)
        return job.wanted and alive and (job.about is None or job.about())

    @Slot(object)
    def _on_lane_finished_job(self, job: Job) -> None:
        self._queues[job.lane].running = None
        self._start_next(job.lane)
        try:
            if self._hears(job):
                self._deliver(job)
        finally:  # a callback that fails must not leave the progress area waiting
            if not job.quiet:
                self.busy_changed.emit()

    def _deliver(self, job: Job) -> None:
        error = job.error
        if error is None:
            if job.done is not None:
                job.done(job.result)
            return
        if not isinstance(error, ExplorerError):
            logger.error("job %s failed", job.key, exc_info=error)
            error = _as_sentence(job.does, error)
        if not isinstance(error, Cancelled):
            self._failures += job.keeps
            self.failed.emit(error)
        if job.failed is not None:  # whoever asked has the last word
            job.failed(error)

    @Slot(object, object)
    def _on_lane_told_partial(self, job: Job, value: object) -> None:
        if job.partial is not None and not job.task.cancelled and self._hears(job):
            job.partial(value)

    @Slot(object, object, str)
    def _on_lane_told_progress(self, job: Job, fraction: float | None, text: str) -> None:
        if not job.task.cancelled and self._hears(job):
            job.fraction, job.text = fraction, text
            self.progressed.emit()


@dataclass(eq=False)
class _Relay:
    """Carries what a task says, in the lane, to the main thread.

    It holds its job weakly: in a cycle, a job and the widgets it calls back would be left to the
    garbage collector, which may run in a lane.
    """

    lane: Lane
    job: weakref.ref[Job]

    def progress(self, fraction: float | None, text: str) -> None:
        job = self.job()
        if job is not None:
            self.lane.told_progress.emit(job, fraction, text)

    def partial(self, value: object) -> None:
        job = self.job()
        if job is not None:
            self.lane.told_partial.emit(job, value)


def _as_sentence(does: str, error: BaseException) -> ExplorerError:
    if isinstance(error, MemoryError):
        return ExplorerError(
            f"there was not enough memory to {does}", remedy="close other programs or use less data"
        )
    what = f"could not {does}: {type(error).__name__}: {error}".replace("\n", " ")
    return ExplorerError(what, remedy="this is a fault of the program; please report it")
