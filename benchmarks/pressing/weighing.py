"""What must not grow, and what must not wait: memory, threads, timers, objects, late heartbeats."""

from __future__ import annotations

import gc
import resource
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QGraphicsView

from explorer.app.background import memory
from explorer.training.record.moment import Moment
from explorer.ui.window import MainWindow

BEAT_MS = 10
LATE_MS = 50.0


@dataclass(frozen=True)
class Weight:
    """A look at the process. trimmed: MB after the allocator gave back what it could.

    past: MB that nothing but undo keeps alive; moments: those of the moments of a training.
    """

    pressed: int
    seconds: float
    rss: float
    trimmed: float
    past: float
    moments: float
    threads: int
    timers: int
    tops: int
    qobjects: int
    items: int
    objects: int


def weigh(window: MainWindow, pressed: int, seconds: float) -> Weight:
    """Now."""
    before, state = rss(), window.state
    memory.give_back()
    scenes = [view.scene() for view in window.findChildren(QGraphicsView)]
    return Weight(
        pressed=pressed,
        seconds=round(seconds),
        rss=round(before, 1),
        trimmed=round(rss(), 1),
        past=round(state.weight() / 2**20, 1),
        moments=round(sum(map(_moment, state.now.moments)) / 2**20, 1),
        threads=threading.active_count(),
        timers=sum(timer.isActive() for timer in window.findChildren(QTimer)),
        tops=len(QApplication.topLevelWidgets()),
        qobjects=len(window.findChildren(QObject)),
        items=sum(len(scene.items()) for scene in scenes if scene is not None),
        objects=len(gc.get_objects()) + gc.get_freeze_count(),
    )


def _moment(moment: Moment) -> int:
    """Bytes of its weights."""
    return sum(array.nbytes for array in moment.model.weights.values())


def kinds() -> Counter[str]:
    """How many objects of each type Python's collector knows, those set aside too."""
    gc.unfreeze()
    found = Counter(f"{type(o).__module__}.{type(o).__qualname__}" for o in gc.get_objects())
    gc.freeze()  # to look at them all again would make the window wait
    return found


def rss() -> float:
    """MB of this process in memory now; the most there were, where that is not told."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / (2**20 if sys.platform == "darwin" else 2**10)
    return pages * resource.getpagesize() / 2**20


class Heart(QObject):
    """A beat every 10 ms; one that comes late tells of a stall, and of what was done meanwhile."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.late: list[tuple[float, float, str]] = []  # ms, ms of this thread's own work, deed
        self.deed = ""
        self._clock = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._clock.setObjectName("presser")
        self._clock.timeout.connect(self._on_beat)
        self.rest()
        self._clock.start()

    def rest(self) -> None:
        """What went by until now does not count: it was not the window's own work."""
        self._wall, self._own = time.perf_counter(), time.thread_time()

    @Slot()
    def _on_beat(self) -> None:
        wall = 1000 * (time.perf_counter() - self._wall) - BEAT_MS
        own = 1000 * (time.thread_time() - self._own)
        if max(wall, own) > LATE_MS:
            self.late.append((wall, own, self.deed))
        self.rest()
