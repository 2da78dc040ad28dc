"""Finds what a test left behind: log errors, threads, running timers, top-level widgets."""

from __future__ import annotations

import gc
import itertools
import logging
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

PATIENCE = 120.0  # seconds for what is sure to come: the machine may have other things to do
SELDOM = 100  # tests from one look at all objects to the next
_tests = itertools.count()
_QT_OWN = ("QTipLabel", "QComboBoxPrivateContainer", "QMacToolBar", "QDesktopScreenWidget")


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"logged {record.levelname} {record.name}: {record.getMessage()}")


def collect() -> None:
    """Cycles, here and not in the thread that happens to allocate; a window that goes undoes it."""
    gc.disable()
    gc.collect(2 if next(_tests) % SELDOM == 0 else 1)


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collect log records of level ERROR and above."""
    collector = _Collector()
    logging.getLogger().addHandler(collector)
    try:
        yield collector.lines
    finally:
        logging.getLogger().removeHandler(collector)


@contextmanager
def watching() -> Iterator[list[str]]:
    """On leaving, the list says what outlives the block."""
    leaks: list[str] = []
    threads, widgets = set(threading.enumerate()), _top_level_ids()
    with _recording("QThread") as qthreads, _recording("QTimer") as timers:
        yield leaks
    _settle()
    leaks += [f"thread {t.name} still runs" for t in _left_threads(threads)]
    leaks += [f"QThread {t.objectName()!r} still runs" for t in _running(qthreads)]
    leaks += [f"a QTimer of {t.parent()!r} still runs" for t in _ticking(timers)]
    leaks += _left_widgets(widgets)
    _let_go()


def _let_go() -> None:
    """Of the mouse: a double click of QTest leaves the button down, in all moves that follow."""
    widgets, test = sys.modules.get("PySide6.QtWidgets"), sys.modules.get("PySide6.QtTest")
    if widgets is None or test is None or widgets.QApplication.instance() is None:
        return
    held = widgets.QApplication.mouseButtons()
    for button in type(held):
        if button.value and button in held:
            test.QTest.mouseRelease(widgets.QWidget(), button)


@contextmanager
def _recording(name: str) -> Iterator[list[weakref.ref[Any]]]:
    """Remember each object of a QtCore class whose ``start`` is called from Python."""
    started: list[weakref.ref[Any]] = []
    core = sys.modules.get("PySide6.QtCore")
    if core is None:
        yield started
        return
    kind = getattr(core, name)
    original: Callable[..., None] = kind.start

    def start(self: Any, *args: Any) -> None:
        if not any(ref() is self for ref in started):
            started.append(weakref.ref(self))
        original(self, *args)

    kind.start = start
    try:
        yield started
    finally:
        kind.start = original


def _alive(refs: list[weakref.ref[Any]]) -> list[Any]:
    import shiboken6

    objects = [ref() for ref in refs]
    return [o for o in objects if o is not None and shiboken6.isValid(o)]


def _running(refs: list[weakref.ref[Any]]) -> list[Any]:
    left = [t for t in _alive(refs) if not t.wait(int(PATIENCE * 1000))] if refs else []
    for thread in left:
        thread.requestInterruption()
    return left


def _ticking(refs: list[weakref.ref[Any]]) -> list[Any]:
    left = [t for t in _alive(refs) if t.isActive() and not t.isSingleShot()] if refs else []
    for timer in left:
        timer.stop()
    return left


def _left_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    until = time.monotonic() + PATIENCE
    left = [t for t in threading.enumerate() if t not in before and not _is_foreign(t)]
    for thread in left:
        thread.join(max(0.0, until - time.monotonic()))
    return [t for t in left if t.is_alive()]


def _is_foreign(thread: threading.Thread) -> bool:
    """A thread that Python did not start, such as a QThread, leaves this shadow for ever."""
    return isinstance(thread, threading._DummyThread)


def _application() -> Any:
    widgets = sys.modules.get("PySide6.QtWidgets")
    return None if widgets is None else widgets.QApplication.instance()


def _top_level_ids() -> set[int]:
    app = _application()
    return set() if app is None else {_address(w) for w in app.topLevelWidgets()}


def _address(widget: Any) -> int:
    """Of the widget itself: what Python holds of one that Qt owns is made anew for each look."""
    import shiboken6

    return int(shiboken6.getCppPointer(widget)[0])


def _settle() -> None:
    app = _application()
    if app is not None:
        from PySide6.QtCore import QEvent

        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _left_widgets(before: set[int]) -> list[str]:
    app = _application()
    if app is None or not _strangers(app, before):
        return []
    gc.collect()  # a widget in a reference cycle without a parent is garbage, not a leak
    _settle()
    left = _strangers(app, before)
    for widget in left:
        widget.close()
        widget.deleteLater()
    return [f"top-level {type(w).__name__} {w.objectName()!r} was left" for w in left]


def _strangers(app: Any, before: set[int]) -> list[Any]:
    found = [w for w in app.topLevelWidgets() if _address(w) not in before]
    return [w for w in found if w.metaObject().className() not in _QT_OWN and not _menu(w)]


def _menu(widget: Any) -> bool:
    """A closed menu is nobody's window: pyqtgraph makes one for each plot, without a parent."""
    return bool(widget.isHidden() and widget.inherits("QMenu"))
