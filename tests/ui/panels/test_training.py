from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QSlider, QSpinBox

from explorer import compute
from explorer.compute import Choice
from explorer.ui import theme
from explorer.ui.panels.training import TrainingPanel, clock, spoken
from explorer.ui.widgets.loss_plot import LossPlot
from explorer.ui.widgets.timeline import TimelineBar

CHOICES = (
    Choice("vae", "the classic", ("continuous-bernoulli", "bernoulli")),
    Choice("ae", "no prior", ("gaussian",)),
)


@pytest.fixture
def panel(qtbot, state, jobs, asked, light, monkeypatch):
    monkeypatch.setattr(compute, "choices", lambda request, task: CHOICES)
    made = TrainingPanel(state, jobs, asked)
    qtbot.addWidget(made)
    made.resize(930, 190)
    made.show()
    return made


def button(panel, name: str) -> QPushButton:
    return panel.findChild(QPushButton, name)


def enabled(panel) -> list[bool]:
    return [button(panel, n).isEnabled() for n in ("trainButton", "pauseButton", "stopButton")]


def test_all_names_are_there_before_anything_is_open(panel):
    assert enabled(panel) == [False, False, False]
    assert panel.findChild(LossPlot, "lossPlot") is not None
    assert not panel.findChild(QSlider, "timeline").isEnabled()
    assert panel.findChild(TimelineBar).text() == "no training yet"


def test_buttons_follow_the_training(panel, state, toy):
    state.update(dataset=toy.data)
    assert enabled(panel) == [True, False, False]
    state.update(training="running")
    assert enabled(panel) == [False, True, True]
    state.update(training="paused")
    assert enabled(panel) == [False, True, True]
    assert button(panel, "pauseButton").text() == "Go on"
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


def test_settings_are_given_to_the_session(panel, state, asked, qtbot):
    epochs, lr = panel.findChild(QSpinBox, "epochs"), panel.findChild(QLineEdit, "lr")
    qtbot.keyClick(epochs, Qt.Key.Key_Up)
    assert asked.last("configure").epochs == state.now.training_config.epochs + 1
    lr.selectAll()
    qtbot.keyClicks(lr, "3e-4")
    qtbot.keyClick(lr, Qt.Key.Key_Return)
    assert asked.last("configure").lr == 3e-4
    qtbot.keyClick(panel.findChild(QComboBox, "body"), Qt.Key.Key_Down)
    assert asked.last("configure").body == "conv"


def test_settings_from_elsewhere_are_shown_and_not_answered(panel, state, asked):
    training = dataclasses.replace(state.now.training_config, epochs=7, lr=0.5)
    model = dataclasses.replace(state.now.model_config, latent_dim=5)
    state.update(training_config=training, model_config=model)
    assert panel.findChild(QSpinBox, "epochs").value() == 7
    assert panel.findChild(QLineEdit, "lr").text() == "0.5"
    assert panel.findChild(QSpinBox, "latent_dim").value() == 5
    assert asked.calls == []


def test_presets_come_from_a_job_and_decide_the_likelihoods(panel, state, toy, asked, qtbot):
    presets, offered = (panel.findChild(QComboBox, n) for n in ("preset", "likelihood"))
    state.update(dataset=toy.data)
    qtbot.waitUntil(lambda: presets.count() == 2)
    assert [offered.itemText(i) for i in range(offered.count())] == [
        "default", "continuous bernoulli", "cross-entropy (not a likelihood)",
    ]  # fmt: skip
    qtbot.keyClick(presets, Qt.Key.Key_Down)
    assert asked.last("configure").preset == "ae"
    state.update(model_config=asked.last("configure"))
    assert [offered.itemData(i) for i in range(offered.count())] == ["", "gaussian"]


def test_the_rest_of_the_settings_is_behind_a_disclosure(panel, qtbot):
    device = panel.findChild(QComboBox, "device")
    assert not device.isVisible()
    qtbot.mouseClick(panel._more, Qt.MouseButton.LeftButton)
    assert device.isVisible()


def test_curves_are_drawn_and_said(panel, state, toy):
    history = toy.history(6)
    state.update(history=history, epoch=3.0, training="running")
    plot = panel.findChild(LossPlot)
    x, y = plot._train.getData()
    assert x.tolist() == [0.5, 1, 1.5, 2, 2.5, 3]
    assert y.tolist() == [-99, -98, -97, -96, -95, -94]
    assert plot._test.getData()[0].tolist() == [0.5, 1.5, 2.5]
    assert "train \u221294.0" in plot.legend_text() and "KL 5.0" in plot.legend_text()
    assert panel._status_text() == "1,234 samples/s, 1:01 left"


def test_the_time_line_goes_back_and_is_not_moved_by_itself(panel, state, toy, asked, qtbot):
    slider, bar = panel.findChild(QSlider, "timeline"), panel.findChild(TimelineBar)
    state.update(history=toy.history(6), epoch=3.0)
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
    state.update(history=toy.history(3), epoch=1.5)
    qtbot.mouseClick(bar.play, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not bar.play.isChecked())
    assert asked.calls == [("show_moment", (i,)) for i in range(3)]


def test_times_and_likelihoods_in_words():
    assert [clock(s) for s in (0, 41.4, 61, 3723)] == ["0:00", "0:41", "1:01", "1:02:03"]
    assert spoken("bernoulli", grey=True) == "cross-entropy (not a likelihood)"
    assert spoken("bernoulli", grey=False) == "bernoulli"


def test_another_theme_repaints(panel):
    before = panel.grab().toImage().pixelColor(2, 2)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    assert panel.grab().toImage().pixelColor(2, 2) != before
