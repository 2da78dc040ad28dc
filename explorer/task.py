"""What a slow function is handed so that it can report and be stopped. No Qt."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from explorer.errors import Cancelled


def _ignore(*_: object) -> None:
    return None


class Task:
    """The last argument of anything slow.

    ``progress`` and ``partial`` are rate-limited here, so callers report as often as they like;
    a progress of 1.0 always gets through. ``check`` raises `Cancelled` after ``cancel`` and waits
    while paused. All methods may be called from any thread.
    """

    def __init__(
        self,
        on_progress: Callable[[float | None, str], None] = _ignore,
        on_partial: Callable[[object], None] = _ignore,
        *,
        interval: float = 0.05,
    ) -> None:
        self._on_progress = on_progress
        self._on_partial = on_partial
        self._interval = interval
        self._last_progress = float("-inf")
        self._cancelled = threading.Event()
        self._running = threading.Event()
        self._running.set()

    def progress(self, fraction: float | None, text: str = "") -> None:
        """Say how far it is: a fraction in [0, 1], or None where the length is not known."""
        now = time.monotonic()
        if fraction == 1.0 or now - self._last_progress >= self._interval:
            self._last_progress = now
            self._on_progress(fraction, text)

    def partial(self, value: object) -> None:
        """Hand out an immutable intermediate result."""
        self._on_partial(value)

    def check(self) -> None:
        """Raise `Cancelled` if asked to stop; wait here while paused."""
        if self._cancelled.is_set():
            raise Cancelled
        if not self._running.is_set():
            self._running.wait()
            self.check()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked for a stop."""
        return self._cancelled.is_set()

    @property
    def paused(self) -> bool:
        """Whether ``check`` would wait."""
        return not self._running.is_set()

    def cancel(self) -> None:
        """Ask for a stop; a paused task wakes up to hear it."""
        self._cancelled.set()
        self._running.set()

    def pause(self) -> None:
        """Let the next ``check`` wait."""
        self._running.clear()

    def resume(self) -> None:
        """Go on after a pause."""
        self._running.set()


class Relayed(Task):
    """A task whose partial results go to ``on_partial``; all else is what ``task`` is told."""

    def __init__(self, task: Task, on_partial: Callable[[object], None]) -> None:
        super().__init__(task.progress, on_partial)
        self._task = task

    def check(self) -> None:
        """As that of the other one."""
        self._task.check()

    @property
    def cancelled(self) -> bool:
        """As that of the other one."""
        return self._task.cancelled

    @property
    def paused(self) -> bool:
        """As that of the other one."""
        return self._task.paused


class _NoTask(Task):
    """Reports to nobody and cannot be stopped, so that one instance serves everyone."""

    def cancel(self) -> None:
        raise RuntimeError("NO_TASK is shared and cannot be cancelled")

    def pause(self) -> None:
        raise RuntimeError("NO_TASK is shared and cannot be paused")


NO_TASK = _NoTask()
