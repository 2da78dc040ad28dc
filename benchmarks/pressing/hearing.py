"""What must not be said: exceptions that nobody caught, warnings of Qt and Python, log records."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

OFFSCREEN = "This plugin does not support"  # there is nothing to raise there


class Ear(logging.Handler):
    """Keeps what it hears until it is asked."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """A log record, those of Qt's messages and of unseen errors among them."""
        said = record.getMessage()
        if record.exc_info:
            said += "\n" + "".join(traceback.format_exception(*record.exc_info))
        self._lines.append(f"{record.levelname} {record.name}: {said}")

    def caught(self, kind: Any, error: Any, trace: Any) -> None:
        """An exception that came to the top."""
        self._lines.append("".join(traceback.format_exception(kind, error, trace)))

    def heard(self) -> list[str]:
        """What came since the last time."""
        lines, self._lines = self._lines, []
        return [line for line in lines if OFFSCREEN not in line]


@contextmanager
def listening() -> Iterator[Ear]:
    """Hear the log, Python's warnings and its hooks for what nobody caught."""
    ear, before = Ear(), (sys.excepthook, threading.excepthook)
    logging.getLogger().addHandler(ear)
    sys.excepthook = ear.caught
    threading.excepthook = lambda args: ear.caught(
        args.exc_type, args.exc_value, args.exc_traceback
    )
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        logging.captureWarnings(capture=True)
        try:
            yield ear
        finally:
            logging.captureWarnings(capture=False)
            sys.excepthook, threading.excepthook = before
            logging.getLogger().removeHandler(ear)
