from __future__ import annotations

import dataclasses
import threading

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QWidget,
)

from explorer.app.session import Session
from explorer.config import settings_of
from explorer.models.config import ModelConfig
from explorer.models.pieces.likelihoods import likelihood_pieces
from explorer.models.presets import presets
from explorer.training.config import TrainingConfig
from explorer.ui.panels.settings import SettingsPanel
from explorer.ui.training_form import grouped


@pytest.fixture
def panel(qtbot, state, jobs, asked, light):
    made = SettingsPanel(state, asked)
    qtbot.addWidget(made)
    made.resize(300, 600)
    made.show()
    return made


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


def items(box: QComboBox) -> list[str]:
    return [str(box.itemData(i)) for i in range(box.count())]


def test_every_preset_is_offered_with_its_summary(panel, state, toy, asked, qtbot):
    box = panel.findChild(QComboBox, "preset")
    assert items(box) == list(presets)
    tips = [box.itemData(i, Qt.ItemDataRole.ToolTipRole) for i in range(box.count())]
    assert tips == [presets[name].summary for name in presets]
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert asked.last("choose_preset") == items(box)[items(box).index("vae") - 1]


@pytest.mark.parametrize("name", list(presets))
def test_a_preset_decides_what_is_offered(panel, state, toy, name):
    preset = presets[name]
    toy.show(state)
    state.update(model_config=dataclasses.replace(state.now.model_config, preset=name, body=""))
    likelihoods = items(panel.findChild(QComboBox, "likelihood"))
    assert likelihoods == ["", *preset.likelihoods_for("images")[1:]]
    bodies = items(panel.findChild(QComboBox, "body"))
    assert set(preset.bodies_for("images")) <= set(bodies)
    settings = preset.settings(state.now.model_config)
    forms = panel.form.options.values()
    assert {name for form in forms for name in form._controls} == {one.name for one in settings}
    for one in settings:
        control = panel.form.options[one.group].control(one.name)
        assert control.isVisible() and control.accessibleName() == one.label
        assert control.toolTip() == one.help


@pytest.mark.parametrize(("kind", "bodies"), [("signals", ["mlp", "conv1d"]), ("table", ["mlp"])])
def test_a_kind_of_data_decides_too(panel, state, toy, kind, bodies):
    rows = np.zeros((60, 1, 16, 1), np.float32)
    shape = dataclasses.replace(toy.data.preparation, height=1, width=16, levels=1, kind=kind)
    data = dataclasses.replace(toy.data, x=rows, preparation=shape)
    state.update(dataset=data)
    offered = items(panel.findChild(QComboBox, "body"))
    assert set(bodies) <= set(offered) and "conv" not in offered
    likelihoods = panel.findChild(QComboBox, "likelihood")
    assert not {"bernoulli", "continuous-bernoulli"} & set(items(likelihoods))
    assert not panel.findChild(QComboBox, "binarisation").isEnabled()


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


def test_a_presets_own_numbers_are_set(panel, state, asked, qtbot):
    config = dataclasses.replace(state.now.model_config, preset="vq-vae")
    state.update(model_config=config)
    codes = panel.form.options["Network"].control("codes")
    assert isinstance(codes, QSpinBox) and codes.value() == 128
    qtbot.keyClick(codes, Qt.Key.Key_Up)
    assert asked.last("configure").options == {"codes": 129}
    assert "sigma" not in panel.form.options["Objective"]._controls
    state.update(model_config=dataclasses.replace(config, likelihood="gaussian"))
    assert panel.form.options["Objective"].control("sigma").isVisible()


@pytest.mark.parametrize(
    ("likelihood", "said"),
    [("gaussian-per-pixel", "Sigma may run to 0"), ("bernoulli", "cross-entropy, not a likelihood"),
     ("continuous-bernoulli", "drift outwards"), ("gaussian", "")],
)  # fmt: skip
def test_what_math_warns_of_is_said(panel, state, toy, likelihood, said):
    state.update(dataset=toy.data)
    config = dataclasses.replace(state.now.model_config, likelihood=likelihood)
    state.update(model_config=config)
    warning = panel.findChild(QLabel, "settingsWarning")
    assert warning.isVisible() == bool(said) and said in warning.text()


def test_binarised_data_makes_the_bernoulli_honest(panel, state, toy, asked, qtbot):
    state.update(dataset=toy.data)
    state.update(model_config=dataclasses.replace(state.now.model_config, likelihood="bernoulli"))
    box = panel.findChild(QComboBox, "binarisation")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert asked.last("binarise") == "fixed"
    shape = dataclasses.replace(toy.data.preparation, binarisation="dynamic")
    state.update(dataset=dataclasses.replace(toy.data, preparation=shape))
    assert box.currentData() == "dynamic"
    assert not panel.findChild(QLabel, "settingsWarning").isVisible()


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


def test_likelihoods_in_words():
    assert (
        likelihood_pieces["bernoulli"].short_for(binary=False) == "cross-entropy (not a likelihood)"
    )
    assert likelihood_pieces["bernoulli"].short_for(binary=True) == "bernoulli"


def test_every_setting_is_in_a_group_and_none_in_two():
    known = {s.name: s for s in (*settings_of(ModelConfig), *settings_of(TrainingConfig))}
    new = dataclasses.replace(known["beta"], name="new", group="")
    groups = grouped([*known.values(), new])
    assert list(groups) == ["Network", "Objective", "Optimiser", "Noise", "Machine"]
    assert all(one.group == group for group, some in groups.items() for one in some if one != new)
    names = [one.name for settings in groups.values() for one in settings]
    assert sorted(names) == sorted([*known, "new"]) and groups["Machine"][-1].name == "new"


@pytest.mark.parametrize("width", [280, 380])
def test_every_setting_is_seen_whole(panel, state, toy, width):
    toy.show(state)
    panel.resize(width, 400)
    QApplication.processEvents()
    area = panel.findChild(QScrollArea)
    for widget in panel.form.form.findChildren(QWidget):
        if widget.isVisible() and widget.parent() is panel.form.form:
            right = widget.mapTo(area.viewport(), widget.rect().topRight()).x()
            assert right <= area.viewport().width(), widget.objectName()
            assert widget.width() >= widget.minimumSizeHint().width(), widget.objectName()
