"""The panel of the settings, and what becomes of one that is given to the session."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSpinBox

from explorer.app.session import Session
from explorer.ui.panels.settings import SettingsPanel
from explorer.ui.training_form import TrainingForm


@pytest.fixture
def panel(shown, state, session, light):
    return shown(SettingsPanel(state, session), 320, 600)


def test_the_form_fills_the_panel_and_what_is_given_is_the_state(panel, state, toy, qtbot):
    state.update(dataset=toy.data)
    form = panel.findChild(TrainingForm)
    assert form.isVisible() and form.width() > 300 and form.height() > 580
    epochs = panel.findChild(QSpinBox, "epochs")
    before = state.now.training_config.epochs
    qtbot.keyClick(epochs, Qt.Key.Key_Up)
    assert state.now.training_config.epochs == epochs.value() == before + 1
    qtbot.keyClick(panel.findChild(QComboBox, "preset"), Qt.Key.Key_End)
    assert state.now.model_config.preset == panel.findChild(QComboBox, "preset").currentData()
    assert state.undo() and state.undo()
    assert state.now.training_config.epochs == epochs.value() == before


def test_what_only_a_validation_part_can_judge_waits_for_one(panel, state, toy, qtbot):
    state.update(dataset=toy.data)
    names = ("patience", "stop_when_converged")
    stop = panel.findChild(TrainingForm).form
    assert not any(stop.control(name).isEnabled() for name in names)
    assert "validation part" in stop.control("patience").toolTip()
    share = stop.control("validation")
    share.selectAll()
    qtbot.keyClicks(share, "0.1")
    qtbot.keyClick(share, Qt.Key.Key_Return)
    assert state.now.training_config.validation == pytest.approx(0.1)
    assert all(stop.control(name).isEnabled() for name in names)
    qtbot.keyClick(stop.control("stop_when_converged"), Qt.Key.Key_Space)
    assert state.now.training_config.stop_when_converged


def test_a_preset_brings_its_training_and_takes_it_away(state, jobs, toy):
    session = Session(state, jobs)
    state.update(dataset=toy.data)
    session.choose_preset("iwae")
    assert state.now.training_config.draws == 5
    assert "draws 5" in state.now.message.text
    session.choose_preset("linear-ae")
    assert state.now.model_config.body == "linear" and state.now.training_config.draws == 1
    session.choose_preset("vae")
    assert state.now.model_config.body == "mlp"
    assert state.now.training_config.lr == 1e-3
    session.deleteLater()


def test_the_session_opens_the_data_again_binarised(state, jobs, qtbot):
    session = Session(state, jobs)
    session.open("digits")
    qtbot.waitUntil(lambda: state.now.codes is not None)
    model, n = state.now.model, len(state.now.dataset)
    session.binarise("fixed")
    qtbot.waitUntil(lambda: bool(state.now.dataset.preparation.binarisation == "fixed"))
    assert set(np.unique(state.now.dataset.x)) == {0, 1} and len(state.now.dataset) == n
    qtbot.waitUntil(lambda: bool(state.now.codes is not None and not jobs.busy))
    assert state.now.model is model
    before = state.now
    gate = threading.Event()
    jobs.run("gate", lambda _: gate.wait(), owner=session)  # what is cancelled waits behind it
    session.binarise("dynamic")
    jobs.cancel("open")
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert state.now.dataset is before.dataset and state.now.codes is before.codes
    jobs.close()
    session.deleteLater()
