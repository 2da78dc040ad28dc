"""explorer.ui.startup.faults: what nobody caught is logged and told, on the main thread."""

from __future__ import annotations

import logging
import sys
import threading

import pytest
from PySide6.QtCore import QThread

from explorer.errors import DataError
from explorer.ui.startup.faults import Faults, QtMessages

pytestmark = pytest.mark.expects_errors


@pytest.fixture
def faults(qapp):
    before = (sys.excepthook, threading.excepthook)
    made = Faults(qapp)
    made.install()
    yield made
    sys.excepthook, threading.excepthook = before
    made.deleteLater()


@pytest.fixture
def told(faults):
    heard = []
    faults.told.connect(lambda *said: heard.append((*said, QThread.currentThread())))
    return heard


def raised(error: BaseException) -> BaseException:
    try:
        raise error
    except BaseException as caught:  # noqa: BLE001 any will do
        return caught


def test_an_uncaught_error_is_one_line_in_the_log_and_one_sentence(faults, told, qtbot, caplog):
    error = raised(ValueError("two\nlines"))
    sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: len(told) == 1)
    text, tone, details, _ = told[0]
    assert "ValueError: two lines" in text
    assert tone == "bad"
    assert "Traceback" in details
    lines = [r.getMessage() for r in caplog.records if r.levelno == logging.ERROR]
    assert lines == [text]


def test_our_own_errors_speak_for_themselves(faults, told, qtbot):
    error = raised(DataError("the file is empty", where="a.npz"))
    sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert told[0][0] == "the file is empty (a.npz)"


def test_an_error_in_a_thread_is_told_on_the_main_thread(faults, told, qtbot):
    def work() -> None:
        raise KeyError("gone")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(told) == 1)
    assert "KeyError" in told[0][0]
    assert told[0][3] is QThread.currentThread()


def test_ctrl_c_is_left_to_python(qapp, monkeypatch):
    heard = []
    monkeypatch.setattr(sys, "excepthook", lambda *args: heard.append(args[0]))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    made = Faults(qapp)
    made.install()
    error = raised(KeyboardInterrupt())
    sys.excepthook(type(error), error, error.__traceback__)
    assert heard == [KeyboardInterrupt]
    made.deleteLater()


def test_remove_gives_the_hooks_back(qapp):
    before = (sys.excepthook, threading.excepthook)
    made = Faults(qapp)
    made.install()
    assert sys.excepthook != before[0]
    made.remove()
    assert (sys.excepthook, threading.excepthook) == before
    made.deleteLater()


@pytest.mark.no_qt_log
def test_qt_speaks_through_the_log(qapp, caplog):
    from PySide6.QtCore import qInstallMessageHandler, qWarning

    caplog.set_level(logging.DEBUG)
    messages = QtMessages()
    try:
        qWarning("early 100%")
        assert messages.lines == ["early 100%"]
        assert caplog.records == []
        messages.pass_on()
        qWarning("late")
        qWarning("This plugin does not support raise()")
    finally:
        qInstallMessageHandler(None)
    said = [(r.name, r.levelno, r.getMessage()) for r in caplog.records]
    assert said == [
        ("qt", logging.WARNING, "early 100%"),
        ("qt", logging.WARNING, "late"),
        ("qt", logging.DEBUG, "This plugin does not support raise()"),
    ]
