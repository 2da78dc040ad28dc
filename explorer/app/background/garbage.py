"""Python's cycle collector, on the main thread only.

It runs in whichever thread happens to allocate. In a lane it would delete widgets that lie in
reference cycles, and Qt lets no other thread than its own delete a widget: the process would die
at random. So while a window lives, the collector is off and a timer does its work.

Modules stay for ever, and to look at all that they made takes 0.15 s: after an import it is set
aside. On a slow machine an import takes many ticks, so modules are counted as well as objects.
"""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import QObject, QTimer, Slot

from explorer.app.background import memory

EVERY_MS = 1000
BURST = 20_000  # new objects within a tick, or
MODULES = 20  # new modules: something was imported
OFTEN, SELDOM = 5, 60  # ticks from one collection of the middle, the old generation to the next


class GarbageCollector(QObject):
    """From its birth to `stop`, cycles are collected by its timer, in its thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ticks, self._modules = 0, len(sys.modules)
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def stop(self) -> None:
        """Give the work back to Python."""
        self._timer.stop()
        gc.enable()

    @Slot()
    def _collect(self) -> None:
        self._ticks += 1
        if self._came() > MODULES or gc.get_count()[0] > BURST:
            gc.freeze()
        else:
            gc.collect(2 if self._ticks % SELDOM == 0 else 1 if self._ticks % OFTEN == 0 else 0)
        if self._ticks % SELDOM == 0:
            memory.give_back()

    def _came(self) -> int:
        """How many modules were imported since the last tick."""
        before, self._modules = self._modules, len(sys.modules)
        return self._modules - before
