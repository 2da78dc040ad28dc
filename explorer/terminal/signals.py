"""What a signal does to a command: asked to end it ends well, asked again it ends at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

Handler = Callable[[int, FrameType | None], Any]

# Ctrl-C, kill, a terminal that was closed; the last is what Windows has for some of them.
ASKING = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)


@contextmanager
def interrupting() -> Iterator[None]:
    """Within, all of `ASKING` raise KeyboardInterrupt, as Ctrl-C does."""
    with _handled(signal.default_int_handler):
        yield


@contextmanager
def cancelling(cancel: Callable[[], None]) -> Iterator[None]:
    """Within, the first of `ASKING` calls ``cancel``; the second does what it did before."""

    def once(_number: int, _frame: FrameType | None) -> None:
        for number, handler in before.items():
            signal.signal(number, handler)
        cancel()

    with _handled(once) as before:
        yield


@contextmanager
def _handled(handler: Handler) -> Iterator[dict[int, Any]]:
    """Within, ``handler`` hears `ASKING`; the handlers before, which come back.

    What ``nohup`` had ignored stays ignored. Python hears signals in its main thread only.
    """
    before: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():
        for number in ASKING:
            now = signal.getsignal(number)
            ignored = now == signal.SIG_IGN and number != signal.SIGINT
            if now is not None and not ignored:
                before[number] = now
    try:
        for number in before:
            signal.signal(number, handler)
        yield before
    finally:
        for number, known in before.items():
            signal.signal(number, known)
