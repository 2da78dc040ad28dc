from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from explorer.task import Task
from explorer.ui.widgets.progress_area import ProgressArea


@dataclass
class Work:
    does: str
    text: str = ""
    fraction: float | None = None
    task: Task = field(default_factory=Task)


@pytest.fixture
def area(qtbot):
    made = ProgressArea()
    qtbot.addWidget(made)
    return made


def test_hidden_while_idle(area):
    assert not area.isVisible()
    assert area.findChild(QProgressBar, "progressBar") is not None
    assert area.findChild(QPushButton, "cancelButton") is not None


def test_it_shows_the_first_job_and_counts_the_others(area):
    area.show_jobs([Work("train", "epoch 3 of 20", 0.15), Work("pca")])
    assert area.isVisible() and area.text() == "epoch 3 of 20 (and 1 more)"
    bar = area.findChild(QProgressBar)
    assert bar.value() / bar.maximum() == pytest.approx(0.15)
    area.show_jobs([Work("open")])
    assert area.text() == "open" and bar.maximum() == 0
    area.show_jobs([])
    assert not area.isVisible()


def test_cancel_answers_at_once(area, qtbot):
    work = Work("train", "epoch 3 of 20", 0.15)
    area.show_jobs([work])
    button = area.findChild(QPushButton)
    with qtbot.waitSignal(area.cancel_pressed):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert area.text() == "stopping" and not button.isEnabled()
    work.task.cancel()
    area.show_jobs([work])
    assert area.text() == "stopping"
    area.show_jobs([Work("encode", "encoding", 0.5)])
    assert area.text() == "encoding" and button.isEnabled()


def test_nothing_is_painted_while_it_is_told(qtbot):
    class Neighbour(QWidget):
        paints = 0

        def paintEvent(self, event):
            self.paints += 1

    window = QWidget()
    qtbot.addWidget(window)
    area, beside = ProgressArea(window), Neighbour(window)
    beside.setGeometry(0, 60, 50, 50)
    window.show()
    area.show_jobs([Work("open", "reading", 0.1)])
    qtbot.waitUntil(lambda: beside.paints > 0)
    before = beside.paints
    beside.update()
    area.show_jobs([Work("open", "reading", 0.9)])
    area.show_jobs([Work("open")])
    assert beside.paints == before
    qtbot.waitUntil(lambda: beside.paints > before)
