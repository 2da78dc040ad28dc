"""Ctrl-C and its like end Qt's event loop, which would otherwise not let Python hear of them."""

from __future__ import annotations

import signal
import socket
from types import FrameType, TracebackType
from typing import Any, Self

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Slot

# Ctrl-C, a polite end, and a terminal or a session that goes away (which Windows does not know)
NUMBERS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


class Interrupts(QObject):
    """While entered, `NUMBERS` make the event loop return ``code``.

    The signal wakes the loop through a socket, so nothing polls and an idle window sleeps.
    """

    def __init__(self, app: QCoreApplication, code: int) -> None:
        super().__init__(app)
        self.heard = False  # a signal before the loop runs has no loop to end
        self._app, self._code = app, code
        self._mine, self._pythons = socket.socketpair()
        self._mine.setblocking(False)
        self._pythons.setblocking(False)
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        self._wakeup = signal.set_wakeup_fd(self._pythons.fileno(), warn_on_full_buffer=False)
        for number in NUMBERS:
            self._before[number] = signal.signal(number, self._on_signal)
        kind = QSocketNotifier.Type.Read
        self._notifier = QSocketNotifier(self._mine.fileno(), kind, self)
        self._notifier.activated.connect(self._on_woken)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._notifier.setEnabled(False)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup)
        self._mine.close()
        self._pythons.close()
        self.deleteLater()

    @Slot()
    def _on_woken(self) -> None:
        """Python runs its signal handlers as soon as any Python code runs: this is enough."""
        self._mine.recv(64)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.heard = True
        self._app.exit(self._code)
