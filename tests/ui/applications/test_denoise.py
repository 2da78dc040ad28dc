"""Noise that is added to the selected sample: the slider, its words, and what is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QSlider

from explorer.app.background.jobs import Jobs
from explorer.app.state import State
from explorer.compute.applications.restoring import Restore
from explorer.models.noises import in_order, noises
from explorer.ui.applications.denoise import Denoise
from tests.ui.conftest import Asked, Toy, choose


@pytest.fixture
def page(
    shown: Callable[..., Any], state: State, asked: Asked, toy: Toy, restored: list[Restore]
) -> Denoise:
    made: Denoise = shown(Denoise(state, asked), 600, 300)  # type: ignore[arg-type]
    toy.show(state)
    made.set_current(True)
    state.update(selection=np.array([4]))
    return made


@pytest.fixture
def slider(page: Denoise) -> QSlider:
    found: QSlider = page.findChild(QSlider, "noiseSlider")
    return found


def test_as_much_noise_is_added_as_the_slider_says(
    page: Denoise, slider: QSlider, state: State, restored: list[Restore], jobs: Jobs, qtbot: Any
) -> None:
    qtbot.waitUntil(lambda: bool(restored))
    assert (restored[0].sample, restored[0].noise, restored[0].known) == (4, 0.5, None)
    qtbot.waitUntil(lambda: not jobs.busy)
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert (state.now.noise, page._name.text()) == (0.0, "Noise, \u03c3 = 0.00")
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert (state.now.noise, page._name.text()) == (0.01, "Noise, \u03c3 = 0.01")
    qtbot.waitUntil(lambda: restored[-1].noise == 0.01)
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert state.now.noise == 1.0


def test_the_slider_follows_the_state_and_does_not_answer(
    page: Denoise, slider: QSlider, state: State
) -> None:
    state.update(noise=0.255)  # between two of its steps
    assert slider.value() == 26 and state.now.noise == 0.255


def test_each_key_is_a_step_of_undo(slider: QSlider, state: State) -> None:
    before = state.now.noise
    for _ in range(2):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    assert state.undo() and state.now.noise == pytest.approx(before + 0.01)
    assert state.undo() and state.now.noise == before and slider.value() == 50


def test_the_noise_that_is_chosen_is_added_and_says_what_its_number_is(
    page: Denoise, slider: QSlider, state: State, restored: list[Restore], jobs: Jobs, qtbot: Any
) -> None:
    box = page.controls.findChild(QComboBox, "noiseKind")
    assert [box.itemText(i) for i in range(box.count())] == [noises[n].title for n in in_order()]
    qtbot.waitUntil(lambda: bool(restored))
    assert (box.currentData(), restored[0].noise_kind) == ("gaussian", "gaussian")
    qtbot.waitUntil(lambda: not jobs.busy)
    for name in reversed(in_order()):
        choose(page.controls, "noiseKind", name)
        qtbot.waitUntil(lambda name=name: restored[-1].noise_kind == name and not jobs.busy)
        kind = noises[name]
        assert state.now.noise_kind == name
        assert page._name.text() == f"Noise, {kind.symbol} = 0.50"
        assert slider.toolTip() == f"How much: {kind.amount}"
        assert box.toolTip() == f"Which noise is added. {kind.tip}"
    assert state.undo() and state.now.noise_kind == "salt-and-pepper"
    assert box.currentData() == "salt-and-pepper"


def test_its_pictures_have_their_own_names(page: Denoise, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: bool(page.original._caption))
    assert page.views["damaged"]._caption == ("Noisy", "MSE 0.7500")
    assert page.views["restored"].objectName() == "restoredDenoiseView"
