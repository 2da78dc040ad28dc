"""The settings of the next training as a form: what is offered, shown, warned of and given."""

from __future__ import annotations

import dataclasses

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

from explorer.app import needs
from explorer.config import settings_of
from explorer.models.config import ModelConfig
from explorer.models.pieces.likelihoods import likelihood_pieces
from explorer.models.presets import presets
from explorer.training.config import TrainingConfig
from explorer.ui.training_form import BINARISATION, TrainingForm, grouped
from tests.ui.conftest import choose


@pytest.fixture
def form(shown, state, jobs, asked, light):
    return shown(TrainingForm(state, asked), 300, 600)


def test_settings_are_given_to_the_session(form, state, asked, qtbot):
    epochs, lr = form.findChild(QSpinBox, "epochs"), form.findChild(QLineEdit, "lr")
    qtbot.keyClick(epochs, Qt.Key.Key_Up)
    assert asked.last("configure").epochs == state.now.training_config.epochs + 1
    lr.selectAll()
    qtbot.keyClicks(lr, "3e-4")
    qtbot.keyClick(lr, Qt.Key.Key_Return)
    assert asked.last("configure").lr == 3e-4
    qtbot.keyClick(form.findChild(QComboBox, "body"), Qt.Key.Key_Down)
    assert asked.last("configure").body == "conv"


def test_settings_from_elsewhere_are_shown_and_not_answered(form, state, asked):
    training = dataclasses.replace(state.now.training_config, epochs=7, lr=0.5)
    model = dataclasses.replace(state.now.model_config, latent_dim=5)
    state.update(training_config=training, model_config=model)
    assert form.findChild(QSpinBox, "epochs").value() == 7
    assert form.findChild(QLineEdit, "lr").text() == "0.5"
    assert form.findChild(QSpinBox, "latent_dim").value() == 5
    assert asked.calls == []


def items(box: QComboBox) -> list[str]:
    return [str(box.itemData(i)) for i in range(box.count())]


def test_every_preset_is_offered_with_its_summary(form, state, toy, asked, qtbot):
    box = form.findChild(QComboBox, "preset")
    assert items(box) == list(presets)
    tips = [box.itemData(i, Qt.ItemDataRole.ToolTipRole) for i in range(box.count())]
    assert tips == [presets[name].summary for name in presets]
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert asked.last("choose_preset") == items(box)[items(box).index("vae") - 1]


@pytest.mark.parametrize("name", list(presets))
def test_a_preset_decides_what_is_offered(form, state, toy, name):
    preset = presets[name]
    toy.show(state)
    state.update(model_config=dataclasses.replace(state.now.model_config, preset=name, body=""))
    likelihoods = items(form.findChild(QComboBox, "likelihood"))
    assert likelihoods == ["", *preset.likelihoods_for("images")[1:]]
    bodies = items(form.findChild(QComboBox, "body"))
    assert set(preset.bodies_for("images")) <= set(bodies)
    settings = preset.settings(state.now.model_config)
    named = {name for group in form.options.values() for name in group._controls}
    assert named == {one.name for one in settings}
    for one in settings:
        control = form.options[one.group].control(one.name)
        assert control.isVisible() and control.accessibleName() == one.label
        assert control.toolTip() == one.help


@pytest.mark.parametrize(("kind", "bodies"), [("signals", ["mlp", "conv1d"]), ("table", ["mlp"])])
def test_a_kind_of_data_decides_too(form, state, toy, kind, bodies):
    rows = np.zeros((60, 1, 16, 1), np.float32)
    shape = dataclasses.replace(toy.data.preparation, height=1, width=16, levels=1, kind=kind)
    data = dataclasses.replace(toy.data, x=rows, preparation=shape)
    state.update(dataset=data)
    offered = items(form.findChild(QComboBox, "body"))
    assert set(bodies) <= set(offered) and "conv" not in offered
    likelihoods = form.findChild(QComboBox, "likelihood")
    assert not {"bernoulli", "continuous-bernoulli"} & set(items(likelihoods))
    assert not form.findChild(QComboBox, "binarisation").isEnabled()


def test_a_presets_own_numbers_are_set(form, state, asked, qtbot):
    config = dataclasses.replace(state.now.model_config, preset="vq-vae")
    state.update(model_config=config)
    codes = form.options["Network"].control("codes")
    assert isinstance(codes, QSpinBox) and codes.value() == 128
    qtbot.keyClick(codes, Qt.Key.Key_Up)
    assert asked.last("configure").options == {"codes": 129}
    assert "sigma" not in form.options["Objective"]._controls
    state.update(model_config=dataclasses.replace(config, likelihood="gaussian"))
    assert form.options["Objective"].control("sigma").isVisible()


@pytest.mark.parametrize(
    ("likelihood", "said"),
    [("gaussian-per-pixel", "Sigma may run to 0"), ("bernoulli", "cross-entropy, not a likelihood"),
     ("continuous-bernoulli", "drift outwards"), ("gaussian", "")],
)  # fmt: skip
def test_what_math_warns_of_is_said(form, state, toy, likelihood, said):
    state.update(dataset=toy.data)
    config = dataclasses.replace(state.now.model_config, likelihood=likelihood)
    state.update(model_config=config)
    warning = form.findChild(QLabel, "settingsWarning")
    assert warning.isVisible() == bool(said) and said in warning.text()


def test_binarised_data_makes_the_bernoulli_honest(form, state, toy, asked, qtbot):
    state.update(dataset=toy.data)
    state.update(model_config=dataclasses.replace(state.now.model_config, likelihood="bernoulli"))
    box = form.findChild(QComboBox, "binarisation")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert asked.last("binarise") == "fixed"
    shape = dataclasses.replace(toy.data.preparation, binarisation="dynamic")
    state.update(dataset=dataclasses.replace(toy.data, preparation=shape))
    assert box.currentData() == "dynamic"
    assert not form.findChild(QLabel, "settingsWarning").isVisible()


def controls(form) -> list[QWidget]:
    """Of all settings that are shown, those of the pieces too."""
    forms = (form.form, *form.options.values())
    return [one.control(name) for one in forms for name in one._controls]


def test_while_a_training_runs_nothing_can_be_set(form, state, toy):
    toy.show(state)
    judged = dataclasses.replace(state.now.training_config, validation=0.1)
    state.update(training_config=judged)
    assert all(one.isEnabled() for one in controls(form)) and len(controls(form)) > 15
    state.update(training="running")
    state.update(model_config=dataclasses.replace(state.now.model_config, preset="vq-vae"))
    assert not any(one.isEnabled() for one in controls(form))
    assert all(needs.IDLE in one.toolTip() for one in controls(form))
    state.update(training="idle")
    assert all(one.isEnabled() for one in controls(form))


@pytest.mark.parametrize("name", ["patience", "stop_when_converged"])
def test_without_a_validation_part_nothing_is_judged(form, state, toy, name):
    toy.show(state)
    box = form.form.control(name)
    assert not box.isEnabled() and "Only a validation part can judge it" in box.toolTip()
    judged = dataclasses.replace(state.now.training_config, validation=0.1)
    state.update(training_config=judged)
    assert box.isEnabled()


def test_binarisation_says_what_it_needs(form, state, toy):
    box = form.form.control("binarisation")
    assert not box.isEnabled() and needs.DATA in box.toolTip()
    state.update(dataset=toy.data)
    assert box.isEnabled() and box.currentData() == "none"
    assert items(box) == list(BINARISATION.choices)
    shape = dataclasses.replace(toy.data.preparation, kind="table", levels=1)
    x = np.zeros((60, 8, 8, 1), np.float32)
    state.update(dataset=dataclasses.replace(toy.data, x=x, preparation=shape))
    assert not box.isEnabled() and "Only pictures are binarised" in box.toolTip()


def test_the_default_likelihood_is_named_as_such_until_it_is_asked_for(form, state, toy):
    toy.show(state)
    box, config = form.findChild(QComboBox, "likelihood"), state.now.model_config
    first = likelihood_pieces["gaussian-learned"]

    def told() -> tuple[str, str, str]:
        return box.itemData(0), box.itemText(0), box.itemData(0, Qt.ItemDataRole.ToolTipRole)

    title = first.title_for(binary=False)
    assert told() == ("", first.short_for(binary=False), f"{title}: the default")
    state.update(model_config=dataclasses.replace(config, likelihood="bernoulli"))
    assert told()[0] == "" and box.currentData() == "bernoulli"
    state.update(model_config=dataclasses.replace(config, likelihood=first.name))
    assert told() == (first.name, first.short_for(binary=False), title)
    assert box.currentData() == first.name


@pytest.mark.parametrize(
    ("levels", "binarisation", "kind", "binary"),
    [(255, "none", "images", False), (1, "none", "images", True), (255, "fixed", "images", True),
     (1, "none", "signals", False)],
)  # fmt: skip
def test_a_likelihood_is_called_what_it_is_for_the_data(
    form, state, toy, levels, binarisation, kind, binary
):
    made = dataclasses.replace(
        toy.data.preparation, levels=levels, binarisation=binarisation, kind=kind
    )
    x = toy.data.x if kind == "images" else toy.data.x.astype(np.float32)
    state.update(dataset=dataclasses.replace(toy.data, x=x, preparation=made))
    assert form._binary() == binary
    box = form.findChild(QComboBox, "likelihood")
    for i, name in enumerate(items(box)):
        piece = likelihood_pieces[name or presets["vae"].likelihoods_for(kind)[0]]
        assert box.itemText(i) == piece.short_for(binary=binary)


def test_what_is_given_changes_that_alone(form, state, asked):
    now = state.now
    choose(form, "body", "conv")
    assert asked.last("configure") == dataclasses.replace(now.model_config, body="conv")
    choose(form, "schedule", "cosine")
    assert asked.last("configure") == dataclasses.replace(now.training_config, schedule="cosine")
    options = {"codes": 5.0, "other": 1.0}
    state.update(
        model_config=dataclasses.replace(now.model_config, preset="vq-vae", options=options)
    )
    codes = form.options["Network"].control("codes")
    assert codes.value() == 5
    codes.setValue(6)
    assert asked.last("configure").options == {"codes": 6, "other": 1.0}
    assert asked.count("configure") == 3


@pytest.mark.parametrize("name", ["epochs", "latent_dim", "codes"])
def test_each_step_is_a_step_of_undo(shown, state, session, toy, qtbot, name):
    form = shown(TrainingForm(state, session), 300, 600)
    toy.show(state)
    state.update(model_config=dataclasses.replace(state.now.model_config, preset="vq-vae"))
    state.forget()
    before = state.now.model_config, state.now.training_config
    some = form.form if name != "codes" else form.options["Network"]
    for _ in range(2):
        qtbot.keyClick(some.control(name), Qt.Key.Key_Up)
    assert (state.now.model_config, state.now.training_config) != before
    assert state.undo() and (state.now.model_config, state.now.training_config) != before
    assert state.undo() and (state.now.model_config, state.now.training_config) == before


def test_a_group_without_settings_of_pieces_takes_no_room(form, state):
    config = dataclasses.replace(state.now.model_config, preset="vq-vae", likelihood="gaussian")
    state.update(model_config=config)
    assert {name for name, some in form.options.items() if some.isVisible()} == {
        name for name, some in form.options.items() if some._controls
    }
    assert not form.options["Machine"].isVisible() and form.options["Network"].isVisible()


def test_a_model_of_another_program_leaves_what_is_offered(form, state):
    before = items(form.findChild(QComboBox, "preset"))
    state.update(model_config=dataclasses.replace(state.now.model_config, preset="of tomorrow"))
    box = form.findChild(QComboBox, "preset")
    assert items(box) == [*before, "of tomorrow"] and box.currentData() == "of tomorrow"


def test_every_setting_is_in_a_group_and_none_in_two():
    known = {s.name: s for s in (*settings_of(ModelConfig), *settings_of(TrainingConfig))}
    new = dataclasses.replace(known["beta"], name="new", group="")
    groups = grouped([*known.values(), new])
    assert list(groups) == ["Network", "Objective", "Optimiser", "Noise", "Machine"]
    assert all(one.group == group for group, some in groups.items() for one in some if one != new)
    names = [one.name for settings in groups.values() for one in settings]
    assert sorted(names) == sorted([*known, "new"]) and groups["Machine"][-1].name == "new"


@pytest.mark.parametrize("width", [280, 380])
def test_every_setting_is_seen_whole(form, state, toy, width):
    toy.show(state)
    form.resize(width, 400)
    QApplication.processEvents()
    area = form.findChild(QScrollArea)
    for widget in form.form.findChildren(QWidget):
        if widget.isVisible() and widget.parent() is form.form:
            right = widget.mapTo(area.viewport(), widget.rect().topRight()).x()
            assert right <= area.viewport().width(), widget.objectName()
            assert widget.width() >= widget.minimumSizeHint().width(), widget.objectName()


def test_boxes_stand_below_one_another_in_all_groups(form, state, toy):
    """A label that is wider than the others' room would push its group's boxes aside."""
    toy.show(state)
    form.resize(320, 900)
    QApplication.processEvents()
    edges = {
        label.buddy().mapTo(form, label.buddy().rect().topLeft()).x()
        for label in form.findChildren(QLabel)
        if label.isVisible() and label.buddy() is not None
    }
    assert len(edges) == 1
