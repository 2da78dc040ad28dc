"""At most so many calls a second, the first at once and the last always."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

FRAME_MS = 14  # a mouse may move a thousand times a second, a screen shows sixty
FOLLOW_MS = 50  # for what follows the eye's main point while the machine has other work


class Throttle(QObject):
    """Calls what it is handed; of those that come too soon, only the newest, a little later."""

    def __init__(self, ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._seconds = ms / 1000
        self._last = 0.0
        self._waiting: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.flush)

    def run(self, call: Callable[[], object]) -> None:
        """Call now, or when it is time."""
        left = self._last + self._seconds - time.perf_counter()
        if left <= 0:
            self._waiting = call
            self.flush()
            return
        self._waiting = call
        if not self._timer.isActive():
            self._timer.start(max(1, round(1000 * left)))

    def flush(self) -> None:
        """Call what waits, if anything does."""
        self._timer.stop()
        call, self._waiting = self._waiting, None
        if call is not None:
            self._last = time.perf_counter()
            call()

    def drop(self) -> None:
        """Forget what waits."""
        self._timer.stop()
        self._waiting = None
