"""The only door to the background: keys, policies, and one exit for errors.

All bookkeeping happens on the main thread, so there is no lock: a lane
(`app.background.lanes`) runs one piece of work at a time and tells the main thread, by queued
signals, how it went.
"""

from __future__ import annotations

import atexit
import logging
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QObject, Qt, QTimer, Signal, Slot

from explorer.app.background import lock
from explorer.app.background.lanes import LANES, Callback, Job, Lane, Work
from explorer.compute.question import Policy
from explorer.errors import Cancelled, ExplorerError
from explorer.task import Task

logger = logging.getLogger(__name__)

QUIETLY = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents


@dataclass
class _Queue:
    running: Job | None = None
    waiting: list[Job] = field(default_factory=list)


class Jobs(QObject):
    """Runs work in lanes and calls back on the main thread.

    latest: one running and one waiting per key, the newest wins. replace: the running one is
    cancelled and forgotten. queue: one after the other. Callbacks never reach a dead owner, nor
    speak of what is no longer shown. ``lanes``: "live" answers the pointer, so it never holds
    anything slow; "tiles" decodes what the planes show; "open" reads what was chosen, and waits for
    no analysis; "compute" encodes, analyses and saves; "train" trains.
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
        """Start ``work(task)`` in a lane; the other arguments are those of a `Job`.

        patience: seconds to wait here for an answer that is nearly always quicker, so that it is
        seen in the same frame as its question; if it is not there by then, it comes as any other.
        """
        if not self._closed:
            owned = weakref.ref(owner)
            job = Job(
                key, work, lane, owned, done, partial, failed, quiet, keeps, about, does or key
            )
            self._take(job, policy, patience)

    def _take(self, job: Job, policy: Policy, patience: float) -> None:
        job.task = self._lane(job.lane).task_of(job)
        self._make_room(job.key, policy)
        self._queues[job.lane].waiting.append(job)
        self._start_next(job.lane)
        if not job.quiet:
            self.busy_changed.emit()
        if patience and self._queues[job.lane].running is job:
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
        loop, alarm = QEventLoop(), QTimer(singleShot=True, interval=int(limit * 1000))
        alarm.start()  # it wakes the loop, too
        while self.keeping and alarm.isActive():
            loop.processEvents(QUIETLY | QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
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

    @Slot(object)
    def _on_lane_finished_job(self, job: Job) -> None:
        self._queues[job.lane].running = None
        self._start_next(job.lane)
        try:
            if job.heard:
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
        error = job.sentence(error)
        if not isinstance(error, Cancelled):
            self._failures += job.keeps
            self.failed.emit(error)
        if job.failed is not None:  # whoever asked has the last word
            job.failed(error)

    @Slot(object, object)
    def _on_lane_told_partial(self, job: Job, value: object) -> None:
        if job.partial is not None and not job.task.cancelled and job.heard:
            job.partial(value)

    @Slot(object, object, str)
    def _on_lane_told_progress(self, job: Job, fraction: float | None, text: str) -> None:
        if not job.task.cancelled and job.heard:
            job.fraction, job.text = fraction, text
            self.progressed.emit()
