"""Errors that no one caught, made heard: one line in the log, one sentence in the window."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from explorer.errors import ExplorerError

logger = logging.getLogger("explorer")
qt_logger = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class QtMessages:
    """Keeps what Qt says while it starts; ``pass_on`` sends that and what follows to the log."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._kept: list[tuple[int, str]] = []
        qInstallMessageHandler(self._keep)

    def pass_on(self) -> None:
        """From now on Qt speaks through the logger ``qt``."""
        qInstallMessageHandler(_log)
        for level, text in self._kept:
            qt_logger.log(level, "%s", text)

    def _keep(self, kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
        self.lines.append(text)
        self._kept.append((_level(kind, text), text))


class Faults(QObject):
    """Stands behind ``sys.excepthook`` and ``threading.excepthook`` while the program runs.

    ``told`` is emitted on the main thread: text, tone and details, as `Session.say` takes them.
    """

    told = Signal(str, str, str)
    _caught = Signal(str, str)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName("faults")
        self._before = (sys.excepthook, threading.excepthook)
        self._caught.connect(self._on_caught, Qt.ConnectionType.QueuedConnection)

    @classmethod
    def of(cls, app: QApplication) -> Faults:
        """The one that `create_application` made."""
        found = app.findChild(cls, "faults")
        assert isinstance(found, Faults)
        return found

    def install(self) -> None:
        """Take over from Python's own hooks."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(None)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        logger.error("%s", _sentence(error))
        logger.debug("%s", details)
        self._caught.emit(_sentence(error), details)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)

    def _on_caught(self, text: str, details: str) -> None:
        self.told.emit(text, "bad", details)


def _sentence(error: BaseException) -> str:
    if isinstance(error, ExplorerError):
        return str(error)
    said = " ".join(str(error).split())
    return f"The program made a mistake ({type(error).__name__}: {said}): please report it"


def _log(kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    qt_logger.log(_level(kind, text), "%s", text)


def _level(kind: QtMsgType, text: str) -> int:
    if text.startswith("This plugin does not support"):  # offscreen: there is nothing to raise
        return logging.DEBUG
    return _LEVELS.get(kind, logging.WARNING)
