"""Time of a training, and how much of it may go into work beside the training."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from explorer.task import Task


class Clock:
    """Seconds since the start, pauses left out."""

    def __init__(self) -> None:
        self._start = time.perf_counter()

    def seconds(self) -> float:
        """Time worked."""
        return time.perf_counter() - self._start

    def check(self, task: Task) -> None:
        """``task.check()``; the time it waits in a pause does not count. Raises Cancelled."""
        if not task.paused:
            task.check()
            return
        before = time.perf_counter()
        try:
            task.check()
        finally:
            self._start += time.perf_counter() - before


class Budget:
    """Side work that may take ``share`` of the clock's time, no more often than every ``interval``.

    It is due once the time already spent on it is earned back, so slow work becomes rare, not late.
    first: seconds before it is due at all.
    """

    def __init__(self, clock: Clock, share: float, interval: float, *, first: float = 0.0) -> None:
        self._clock = clock
        self._share = share
        self._interval = interval
        self._spent = 0.0
        self._next = first

    def due(self) -> bool:
        """Whether it may be done now."""
        now = self._clock.seconds()
        return now >= self._next and self._spent <= self._share * now

    @contextmanager
    def spend(self) -> Iterator[None]:
        """Time what is done inside."""
        before = self._clock.seconds()
        try:
            yield
        finally:
            now = self._clock.seconds()
            self._spent += now - before
            self._next = now + self._interval


def spoken(seconds: float) -> str:
    """0:41, 12:05 or 1:02:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
