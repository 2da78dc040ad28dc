"""Time of a training, and how much of it may go into work beside the training."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

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
        before = time.perf_counter()
        try:
            task.check()
        finally:
            self._start += time.perf_counter() - before


class Budget:
    """Side work that may take ``share`` of the clock's time, no more often than every ``interval``.

    It is due once the time already spent on it is earned back, so slow work becomes rare, not late.
    first: seconds before it is due at all. credit: seconds that may be spent before any are earned,
    so that the beginning is seen closely and the rest at growing intervals.
    """

    def __init__(
        self,
        clock: Clock,
        share: float,
        interval: float,
        *,
        first: float = 0.0,
        credit: float = 0.0,
    ) -> None:
        self._clock = clock
        self._credit = credit
        self._share = share
        self._interval = interval
        self._spent = 0.0
        self._next = first

    def due(self) -> bool:
        """Whether it may be done now."""
        now = self._clock.seconds()
        return now >= self._next and self._spent <= self._share * now + self._credit

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


@dataclass(frozen=True)
class Standing:
    """How far a training is: the one clock, in the same words wherever they are read.

    epoch: passes done, of ``epochs``. seconds_left: at the pace so far. phase: what is done where
    no steps are. aside: what is said beside it.
    """

    epoch: float
    epochs: int
    seconds_left: float
    samples_per_second: float
    phase: str = ""
    aside: str = ""

    @property
    def place(self) -> str:
        """Epoch 10.9 of 60."""
        return place(self.epoch, self.epochs)

    @property
    def left(self) -> str:
        """0:21 left."""
        return f"{spoken(self.seconds_left)} left"

    @property
    def text(self) -> str:
        """All of it in a line."""
        return self.phase or f"{self.place}, {self.left}{self.aside}"

    def during(self, training: str) -> str:
        """The line while a training is "running", "paused" or "stopping"."""
        return f"paused at {self.place}" if training == "paused" else self.text


def place(epoch: float, epochs: float) -> str:
    """Epoch 10.9 of 60."""
    return f"epoch {passes(epoch)} of {epochs:g}"


def passes(epoch: float) -> str:
    """10.9: passes over the data, cut off after a tenth, so that none is done before it is."""
    return f"{math.floor(10.0 * epoch + 1e-6) / 10.0:.1f}"


def spoken(seconds: float) -> str:
    """0:41, 12:05 or 1:02:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
