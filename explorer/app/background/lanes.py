"""A lane: one thread that does one job after the other, and tells the main thread how each went."""

from __future__ import annotations

import queue
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QThread, Signal

from explorer.app.background import lock
from explorer.errors import ExplorerError
from explorer.task import Task

Work = Callable[[Task], Any]
Callback = Callable[[Any], object]

LANES = ("live", "tiles", "open", "compute", "train")


@dataclass(eq=False)
class Job:
    """One piece of work on its way.

    quiet: too short to be shown as busy. keeps: it writes what the user would miss. does: what it
    does in words, as after "could not". about: whether what is asked about is shown still; once it
    is not, nothing of the job is delivered: no part, no answer, no error. wanted: nothing has taken
    its place.

    It lives on the main thread, except for ``work``, ``task``, and what the lane writes down before
    it tells of its end: ``result`` or ``error``.
    """

    key: str
    work: Work
    lane: str
    owner: weakref.ref[QObject]
    done: Callback | None = None
    partial: Callback | None = None
    failed: Callback | None = None
    quiet: bool = False
    keeps: bool = False
    about: Callable[[], bool] | None = None
    does: str = ""
    task: Task = field(default_factory=Task)
    wanted: bool = True
    result: object = None
    error: BaseException | None = None
    told: threading.Event = field(default_factory=threading.Event)
    fraction: float | None = None
    text: str = ""

    @property
    def heard(self) -> bool:
        """Whether anybody is to hear of it."""
        owner = self.owner()
        alive = owner is not None and shiboken6.isValid(owner)
        return self.wanted and alive and (self.about is None or self.about())

    def sentence(self, error: BaseException) -> ExplorerError:
        """What its error says to people."""
        if isinstance(error, ExplorerError):
            return error
        if isinstance(error, MemoryError):
            return ExplorerError(
                f"there was not enough memory to {self.does}",
                remedy="close other programs or use less data",
            )
        what = f"could not {self.does}: {type(error).__name__}: {error}".replace("\n", " ")
        return ExplorerError(what, remedy="this is a fault of the program; please report it")


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

    def task_of(self, job: Job) -> Task:
        """A task that tells the main thread what it is told about ``job``."""
        relay = _Relay(self, weakref.ref(job))
        return Task(relay.progress, relay.partial)

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
