from __future__ import annotations

import dataclasses
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QSlider,
)

from explorer.training.clock import Standing
from explorer.ui.panels.training import TrainingPanel
from explorer.ui.status import StatusArea
from explorer.ui.themes import theme
from explorer.ui.widgets.forms.timeline import TimelineBar
from explorer.ui.widgets.progress_area import ProgressArea


@pytest.fixture
def panel(qtbot, state, jobs, asked, light):
    made = TrainingPanel(state, asked)
    qtbot.addWidget(made)
    made.resize(930, 50)
    made.show()
    return made


def button(panel, name: str) -> QPushButton:
    return panel.findChild(QPushButton, name)


def enabled(panel) -> list[bool]:
    return [button(panel, n).isEnabled() for n in ("trainButton", "pauseButton", "stopButton")]


def test_all_names_are_there_before_anything_is_open(panel):
    assert enabled(panel) == [False, False, False]
    assert not panel.findChild(QSlider, "timeline").isEnabled()
    assert panel.findChild(TimelineBar).text() == "no training yet"


def test_a_training_that_starts_is_not_said_to_be_none(panel):
    bar = panel.findChild(TimelineBar)
    bar.show_status("starting")
    assert bar.text() == "" and bar._label.isHidden()
    bar.show_status("")
    assert bar.text() == "no training yet"


def test_buttons_follow_the_training(panel, state, toy):
    state.update(dataset=toy.data)
    assert enabled(panel) == [True, False, False]
    state.update(training="running")
    assert enabled(panel) == [False, True, True]
    state.update(training="paused")
    assert enabled(panel) == [False, True, True]
    assert button(panel, "pauseButton").text() == "Resume"
    state.update(training="stopping")
    assert enabled(panel) == [False, False, False]
    assert button(panel, "stopButton").text() == "Stopping"


def test_buttons_ask_the_session(panel, state, toy, asked, qtbot):
    state.update(dataset=toy.data)
    qtbot.mouseClick(button(panel, "trainButton"), Qt.MouseButton.LeftButton)
    state.update(training="running")
    qtbot.mouseClick(button(panel, "pauseButton"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(button(panel, "stopButton"), Qt.Key.Key_Space)
    assert [name for name, _ in asked.calls] == ["train", "pause", "stop"]


def test_the_training_has_one_clock(panel, state, jobs, session, toy, qtbot):
    """Whatever the moments lag behind, all places say the same; scrubbed, the moment's own."""
    area = StatusArea(state, jobs, session)
    qtbot.addWidget(area)
    bar, progress = panel.findChild(TimelineBar), area.findChild(ProgressArea)
    gate = threading.Event()
    jobs.run("train", lambda _: gate.wait(), owner=session, lane="train")
    toy.show(state)
    state.update(**toy.trained(6), epoch=3.0, training="running")
    state.update(standing=Standing(4.19, 10, 21.0, 1234.0))
    assert progress.text() == "epoch 4.1 of 10, 0:21 left"
    assert bar.text() == "epoch 4.1 of 10"
    assert panel._status_text() == "0:21 left, 1,234 samples/s"
    state.update(training="paused")
    assert progress.text() == "paused at epoch 4.1 of 10" and panel._status_text() == "paused"
    state.update(epoch=1.0)
    assert bar.text() == "epoch 1.0 of 10"
    state.update(training="running", epoch=3.0)
    state.update(standing=Standing(10.0, 10, 0.0, 1234.0, phase="measuring the test ELBO"))
    assert progress.text() == "measuring the test ELBO"
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    state.update(training="idle", standing=None)
    assert bar.text() == "epoch 3.0 of 10"


def test_the_time_line_goes_back_and_is_not_moved_by_itself(panel, state, toy, asked, qtbot):
    slider, bar = panel.findChild(QSlider, "timeline"), panel.findChild(TimelineBar)
    state.update(**toy.trained(6), epoch=3.0)
    assert (slider.value(), slider.maximum()) == (5, 5)
    assert bar.text() == "epoch 3.0 of 10"
    assert asked.calls == []
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert asked.calls == [("show_moment", (4,))]
    assert bar.text() == "epoch 2.5 of 10"
    state.update(epoch=1.0)
    assert slider.value() == 1 and asked.count("show_moment") == 1


def test_play_shows_every_moment_and_ends(panel, state, toy, asked, qtbot):
    bar = panel.findChild(TimelineBar)
    bar._timer.setInterval(1)
    state.update(**toy.trained(3), epoch=1.5)
    qtbot.mouseClick(bar.play, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not bar.play.isChecked())
    assert asked.calls == [("show_moment", (i,)) for i in range(3)]


def test_another_theme_repaints(light, panel):
    before = panel.grab().toImage().pixelColor(2, 2)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    assert panel.grab().toImage().pixelColor(2, 2) != before


def test_the_focus_stays_with_the_buttons_while_they_change(panel, state, toy, qtbot):
    toy.show(state)
    train, stop = button(panel, "trainButton"), button(panel, "stopButton")
    panel.activateWindow()
    train.setFocus()
    qtbot.waitUntil(train.hasFocus)
    state.update(training="running")
    assert stop.hasFocus()
    button(panel, "pauseButton").setFocus()
    state.update(training="paused")
    assert button(panel, "pauseButton").hasFocus()
    state.update(training="stopping")
    assert not button(panel, "settingsButton").hasFocus()
    state.update(training="idle")
    assert train.hasFocus()


def test_a_focus_elsewhere_stays_there(panel, state, toy, qtbot):
    toy.show(state)
    panel.activateWindow()
    button(panel, "settingsButton").setFocus()
    qtbot.waitUntil(button(panel, "settingsButton").hasFocus)
    for training in ("running", "stopping", "idle"):
        state.update(training=training)
        assert button(panel, "settingsButton").hasFocus()


def test_the_line_says_what_is_trained(panel, state):
    model = dataclasses.replace(state.now.model_config, preset="iwae", latent_dim=3)
    training = dataclasses.replace(state.now.training_config, epochs=7)
    state.update(model_config=model, training_config=training)
    assert panel._summary.text() == "iwae, z = 3, 7 epochs"
    panel.resize(panel.minimumSizeHint().width(), 50)
    assert panel._summary.text() in ("iwae, z = 3", "")


def test_settings_lead_to_the_workspace_that_has_them(panel, state, qtbot):
    qtbot.mouseClick(button(panel, "settingsButton"), Qt.MouseButton.LeftButton)
    assert state.now.workspace == "train"
    assert not button(panel, "settingsButton").isVisible()


def test_what_cannot_be_pressed_for_long_takes_no_room(panel, state, toy):
    toy.show(state)
    names = ("trainButton", "pauseButton", "stopButton")
    for training, seen in (("idle", [True, False, False]), ("running", [False, True, True])):
        state.update(training=training)
        assert [button(panel, n).isVisible() for n in names] == seen
