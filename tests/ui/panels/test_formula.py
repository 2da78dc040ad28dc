from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QToolButton

from explorer.app.commands import Context
from explorer.models import theory
from explorer.models.cards import cards
from explorer.models.presets import presets
from explorer.ui.panels.formula import FormulaPanel
from explorer.ui.widgets.formula.formula_view import EquationView, FormulaView
from explorer.ui.widgets.overlays.document_sheet import DocumentSheet


@pytest.fixture
def panel(qtbot, state, jobs, asked, light):
    made = FormulaPanel(state, asked)
    qtbot.addWidget(made)
    made.resize(345, 440)
    made.show()
    return made


def words(panel) -> str:
    shown = [label.text() for label in panel.findChildren(QLabel) if not label.isHidden()]
    return "\n".join(shown)


@pytest.mark.parametrize("name", list(presets))
def test_the_card_of_the_chosen_preset_is_shown(panel, state, name):
    state.update(model_config=dataclasses.replace(state.now.model_config, preset=name))
    assert cards[name].title in words(panel)
    assert all(note in words(panel) for note in cards[name].notes)
    tips = [part.tip for part in panel.findChild(FormulaView)._parts]
    assert len(tips) == len(cards[name].terms)
    assert all(t.tip in tip and t.source in tip
               for t, tip in zip(cards[name].terms, tips, strict=True))  # fmt: skip


def test_behind_another_panel_it_sets_no_formula_until_it_is_shown(panel, state, monkeypatch):
    panel.hide()
    before, set_ = words(panel), []
    show = FormulaView.show_parts
    monkeypatch.setattr(FormulaView, "show_parts", lambda *a: set_.append(a) or show(*a))
    for name in ("flow-vae", "vq-vae"):
        state.update(model_config=dataclasses.replace(state.now.model_config, preset=name))
    assert words(panel) == before and not set_
    panel.show()
    assert cards["vq-vae"].title in words(panel) and len(set_) == 1


def test_values_are_those_of_the_training_at_the_epoch_looked_at(panel, state, toy):
    view = panel.findChild(FormulaView)
    assert view.value_of("loss") == ""
    toy.show(state)
    state.update(**toy.trained(6), epoch=3.0)
    assert (view.value_of("reconstruction"), view.value_of("kl")) == ("89.0", "5.0")
    assert (view.value_of("beta"), view.value_of("loss")) == ("1", "96.0")
    state.update(epoch=1.0)
    assert view.value_of("reconstruction") == "93.0" and "Epoch 1.0" in words(panel)
    training = dataclasses.replace(state.now.training_config, beta=4.0, warm_up=2.0)
    state.update(training_config=training)
    assert view.value_of("beta") == "2"


def test_another_models_values_are_not_shown(panel, state, toy):
    toy.show(state)
    state.update(**toy.trained(3), epoch=1.5)
    state.update(model_config=dataclasses.replace(state.now.model_config, preset="flow-vae"))
    assert panel.findChild(FormulaView).value_of("kl") == ""


def test_the_likelihood_says_what_it_is(panel, state, toy):
    state.update(dataset=toy.data)
    state.update(model_config=dataclasses.replace(state.now.model_config, likelihood="bernoulli"))
    assert "cross-entropy, not a likelihood" in words(panel)


def test_free_bits_are_said_when_they_are_on(panel, state):
    before = len(panel.findChildren(EquationView))
    state.update(training_config=dataclasses.replace(state.now.training_config, free_bits=0.5))
    assert "Free bits are on" in words(panel)
    assert sum(not view.isHidden() for view in panel.findChildren(EquationView)) == before + 1


def test_the_loss_is_what_was_trained_on_not_a_sum_of_other_numbers(panel, state, toy):
    toy.show(state)
    state.update(**toy.trained(2), epoch=1.0)
    view = panel.findChild(FormulaView)
    assert view.value_of("loss") == "100.0"
    state.update(training_config=dataclasses.replace(state.now.training_config, free_bits=0.5))
    assert view.value_of("loss") == "100.0" and view.value_of("kl") == "5.0"


def test_the_plots_are_a_click_away_and_the_right_numbers(panel, qtbot):
    kl, sigma = (b for b in panel.findChildren(QToolButton) if b.text().startswith("Explore"))
    assert not panel.kl.isVisible()
    qtbot.mouseClick(kl, Qt.MouseButton.LeftButton)
    assert panel.kl.isVisible() and not panel.likelihood.isVisible()
    at = panel.kl.pixel_at(0, 1).toPoint()
    qtbot.mouseClick(panel.kl, Qt.MouseButton.LeftButton, pos=at)
    assert panel.kl.value < 0.01
    qtbot.mouseClick(sigma, Qt.MouseButton.LeftButton)
    assert panel.likelihood.isVisible()
    panel.grab()


@pytest.mark.parametrize("name", list(presets))
def test_the_card_leads_to_its_section_of_the_theory(panel, state, qtbot, name):
    state.update(model_config=dataclasses.replace(state.now.model_config, preset=name))
    button = panel.findChild(QAbstractButton, "theoryButton")
    section = theory.sections()[cards[name].theory]
    assert button.isVisible() and section.startswith(button.text().removeprefix("Theory: "))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    sheet = panel.findChild(DocumentSheet, "theorySheet")
    assert sheet.isVisible() and sheet.text.textCursor().block().text().endswith(section)
    sheet.shut()


def test_without_the_page_there_is_no_link(qtbot, state, jobs, asked, light, monkeypatch):
    monkeypatch.setattr(theory, "page", lambda: "")
    made = FormulaPanel(state, asked)
    qtbot.addWidget(made)
    made.show()
    assert not made.findChild(QAbstractButton, "theoryButton").isVisible()
    command = next(one for one in made.commands() if one.name == "theory")
    assert "not installed" in command.missing(Context(state, asked))
