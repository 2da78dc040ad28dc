"""The bottom line: messages of the state, work under way, and what its Cancel stops."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from explorer.app.background.jobs import Jobs
from explorer.app.state import Message, State
from explorer.training.clock import Standing
from explorer.ui.menus.bound_button import COMMAND
from explorer.ui.status import TRAIN, StatusArea
from tests.ui.conftest import Asked


@pytest.fixture
def area(qtbot: Any, state: State, jobs: Jobs, asked: Asked) -> StatusArea:
    made = StatusArea(state, jobs, asked)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(900, 30)
    made.show()
    return made


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """What work waits for; opened at the end of the test."""
    made = threading.Event()
    yield made
    made.set()


def texts(area: StatusArea) -> str:
    return " | ".join(label.text() for label in area.findChildren(QLabel) if label.isVisible())


def cancel(area: StatusArea) -> QPushButton:
    (button,) = [b for b in area.findChildren(QPushButton) if b.text() == "Cancel"]
    return button


def work(area: StatusArea, jobs: Jobs, gate: threading.Event, key: str, lane: str) -> None:
    def wait(task: Any) -> None:
        while not gate.wait(0.005):
            task.check()

    jobs.run(key, wait, owner=area, lane=lane, does=f"do {key}")


def test_it_says_what_the_state_says_and_nothing_else(area: StatusArea, state: State) -> None:
    state.update(message=Message("Saved the model"))
    assert "Saved the model" in texts(area)
    state.update(message=None)
    assert "Saved" not in texts(area)


def test_work_under_way_is_told_and_can_be_cancelled(
    area: StatusArea, jobs: Jobs, gate: threading.Event, qtbot: Any
) -> None:
    assert not any(b.isVisible() for b in area.findChildren(QPushButton) if b.text() == "Cancel")
    work(area, jobs, gate, "measure", "compute")
    qtbot.waitUntil(lambda: cancel(area).isVisible())
    assert "measure" in texts(area).lower()
    QTest.mouseClick(cancel(area), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not jobs.busy)
    qtbot.waitUntil(lambda: not cancel(area).isVisible())


def test_a_training_alone_has_no_cancel_here_and_says_how_far_it_is(
    area: StatusArea, jobs: Jobs, state: State, gate: threading.Event, qtbot: Any
) -> None:
    work(area, jobs, gate, TRAIN, "train")
    state.update(training="running", standing=Standing(10.9, 60, 42.0, 1000.0))
    qtbot.waitUntil(lambda: "epoch 10.9 of 60, 0:42 left" in texts(area))
    assert not cancel(area).isVisible()
    state.update(training="paused")
    qtbot.waitUntil(lambda: "paused at epoch 10.9 of 60" in texts(area))


def test_cancel_spares_a_training(
    area: StatusArea, jobs: Jobs, state: State, asked: Asked, gate: threading.Event, qtbot: Any
) -> None:
    work(area, jobs, gate, TRAIN, "train")
    work(area, jobs, gate, "measure", "compute")
    state.update(training="running", standing=Standing(1.0, 60, 42.0, 1000.0))
    qtbot.waitUntil(lambda: cancel(area).isVisible())
    QTest.mouseClick(cancel(area), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [job.key for job in jobs.spoken] == [TRAIN])
    assert asked.count("stop") == 0
    area._progress.cancel_pressed.emit()  # as if it had been pressed a moment later
    assert asked.count("stop") == 1


def test_its_buttons_say_which_commands_they_do(area: StatusArea) -> None:
    close, cancel = area._messages.close_button, area._progress.cancel_button
    names = {command.name for command in area.commands()}
    assert {close.property(COMMAND), cancel.property(COMMAND)} == names
