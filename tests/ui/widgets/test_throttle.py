from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from explorer.ui.widgets import throttle as module
from explorer.ui.widgets.throttle import Throttle


class Standing:
    """A clock that stands, so that all that is called for comes within one moment."""

    @staticmethod
    def perf_counter() -> float:
        return 1000.0


@pytest.fixture(autouse=True)
def _standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "time", Standing)


def test_the_first_call_comes_at_once_and_the_last_one_always(qtbot: QtBot) -> None:
    owner, calls = QObject(), []
    throttle = Throttle(40, owner)
    for i in range(5):
        throttle.run(lambda i=i: calls.append(i))
    assert calls == [0]
    qtbot.waitUntil(lambda: len(calls) == 2)
    assert calls == [0, 4]


def test_flush_does_not_wait_and_drop_forgets(qapp: object) -> None:
    owner, calls = QObject(), []
    throttle = Throttle(10_000, owner)
    throttle.run(lambda: calls.append("first"))
    throttle.run(lambda: calls.append("flushed"))
    throttle.flush()
    throttle.flush()
    throttle.run(lambda: calls.append("dropped"))
    throttle.drop()
    throttle.flush()
    assert calls == ["first", "flushed"]
