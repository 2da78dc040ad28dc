"""While a training runs there is one Stop on the screen, and every way to stop does the same."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDockWidget, QPushButton

from explorer.app.state import State
from explorer.ui.window import MainWindow
from tests.fakes import toy_dataset


@pytest.fixture
def gates() -> list[threading.Event]:
    """What the work of a test waits for; opened at its end, however it ends."""
    return [threading.Event(), threading.Event()]


@pytest.fixture
def window(qtbot: Any, tmp_path: Path, gates: list[threading.Event]) -> Iterator[MainWindow]:
    made = MainWindow(tmp_path)
    made.show()
    made.state.update(dataset=toy_dataset())
    qtbot.waitUntil(lambda: not made.jobs.busy)
    yield made
    made.state.update(training="idle")
    for gate in gates:
        gate.set()
    made.close()
    made.deleteLater()


def stops(window: MainWindow) -> list[str]:
    """The buttons on the screen that would end something that runs."""
    seen = [b for b in window.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]
    return [b.text() for b in seen if b.text() in ("Stop", "Cancel")]


def training(window: MainWindow, gate: threading.Event, qtbot: Any) -> State:
    window.jobs.run("train", lambda _: gate.wait(), owner=window, lane="train")
    window.state.update(training="running")
    qtbot.waitUntil(lambda: bool(window.jobs.spoken))
    return window.state


def test_there_is_one_stop(window: MainWindow, gates: list[threading.Event], qtbot: Any) -> None:
    gate, dock = gates[0], window.findChild(QDockWidget, "trainingDock")
    assert stops(window) == []
    state = training(window, gate, qtbot)
    for how in ("running", "paused"):
        state.update(training=how)
        assert stops(window) == ["Stop"]
        dock.hide()
        qtbot.waitUntil(lambda: stops(window) == ["Stop"])  # the toolbar's
        dock.show()
        qtbot.waitUntil(lambda: stops(window) == ["Stop"])
    state.update(training="stopping")
    assert stops(window) == []
    gate.set()
    qtbot.waitUntil(lambda: not window.jobs.busy)
    state.update(training="idle")
    assert stops(window) == []


@pytest.mark.parametrize("way", ["stopButton", "cancelButton", "key"])
def test_every_way_stops_it(
    window: MainWindow, gates: list[threading.Event], qtbot: Any, way: str
) -> None:
    gate = gates[0]
    state = training(window, gate, qtbot)
    if way == "key":
        qtbot.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    else:
        window.findChild(QPushButton, way).click()
    assert state.now.training == "stopping"
    gate.set()
    qtbot.waitUntil(lambda: not window.jobs.busy)


def test_cancel_leaves_a_training_alone(
    window: MainWindow, gates: list[threading.Event], qtbot: Any
) -> None:
    gate, other = gates
    state = training(window, gate, qtbot)
    window.jobs.run("encode", lambda task: other.wait() and task.check(), owner=window)
    qtbot.waitUntil(lambda: bool(sorted(stops(window)) == ["Cancel", "Stop"]))
    qtbot.mouseClick(window.findChild(QPushButton, "cancelButton"), Qt.MouseButton.LeftButton)
    encode, train = window.jobs.task("encode"), window.jobs.task("train")
    assert encode is not None and encode.cancelled
    assert train is not None and not train.cancelled and state.now.training == "running"
    other.set()
    gate.set()
    qtbot.waitUntil(lambda: not window.jobs.busy)
