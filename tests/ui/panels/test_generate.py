from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QPushButton,
    QSpinBox,
)

from explorer.compute.analyses.sample import DrawSamples, Sampled
from explorer.errors import ModelError
from explorer.task import NO_TASK
from explorer.ui.panels.generate import GeneratePanel
from explorer.ui.widgets.pictures.picture_grid import PictureGrid
from tests.ui.conftest import choose

LEFT = Qt.MouseButton.LeftButton


def sampled(request: DrawSamples) -> Sampled:
    z = np.random.default_rng(request.seed).normal(size=(request.n, 2)).astype(np.float32)
    pictures = np.zeros((request.n, 8, 8, 1), np.uint8)
    count = 7 if request.sampler == "mixture" else None
    rows = np.zeros((request.n, 64), np.float32)
    return Sampled(request.sampler, request.seed, z, rows, pictures, count)


@pytest.fixture
def requests(answered) -> list[DrawSamples]:
    return answered(DrawSamples, sampled)


@pytest.fixture
def panel(shown, state, jobs, asked, light, requests):
    return shown(GeneratePanel(state, asked), 205, 500)


def draw(panel, qtbot) -> PictureGrid:
    grid, button = panel.findChild(PictureGrid), panel.findChild(QPushButton, "drawButton")
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: bool(grid.pictures() is not None))
    return grid


def test_nothing_is_drawn_before_it_is_asked_for(panel, state, toy, requests, qtbot):
    assert not panel.findChild(QPushButton, "drawButton").isEnabled()
    toy.show(state)
    assert panel.findChild(QPushButton, "drawButton").isEnabled() and not requests


def test_a_click_moves_z_to_the_code_of_a_picture(panel, state, toy, asked, qtbot):
    toy.show(state)
    grid = draw(panel, qtbot)
    qtbot.mouseClick(grid, LEFT, pos=grid.cell(3).center().toPoint())
    assert np.array_equal(asked.last("move"), panel._sampled.value.z[3])
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert np.array_equal(asked.last("move"), panel._sampled.value.z[4])


def test_draw_takes_the_next_seed_and_a_seed_can_be_had_again(panel, state, toy, requests, qtbot):
    toy.show(state)
    draw(panel, qtbot)
    qtbot.mouseClick(panel.findChild(QPushButton, "drawButton"), LEFT)
    qtbot.waitUntil(lambda: len(requests) == 2)
    panel.findChild(QSpinBox, "seed").setValue(0)
    qtbot.waitUntil(lambda: len(requests) == 3)
    assert [r.seed for r in requests] == [0, 1, 0]


def test_each_sampler_has_its_own_strength(panel, state, toy, requests, qtbot):
    toy.show(state)
    strength = panel.findChild(QDoubleSpinBox, "cut")
    temperature = panel.findChild(QDoubleSpinBox, "temperature")
    assert not strength.isVisible() and not temperature.isVisible()
    draw(panel, qtbot)
    choose(panel, "sampler", "truncated")
    assert strength.isVisible() and not temperature.isVisible()
    strength.setValue(0.5)
    qtbot.waitUntil(lambda: bool(requests[-1].cut == 0.5))
    assert requests[-1].sampler == "truncated" and requests[-1].temperature == 1.0


def test_around_a_sample_needs_one(panel, state, toy, requests, qtbot):
    toy.show(state)
    choose(panel, "sampler", "around")
    assert not panel.findChild(QPushButton, "drawButton").isEnabled()
    state.update(selection=np.array([7]))
    draw(panel, qtbot)
    assert (requests[-1].sampler, requests[-1].sample) == ("around", 7)
    state.update(selection=np.array([9]))
    qtbot.waitUntil(lambda: bool(requests[-1].sample == 9))


def test_the_number_of_components_is_said(panel, state, toy, qtbot):
    toy.show(state)
    choose(panel, "sampler", "mixture")
    draw(panel, qtbot)
    assert panel._said.text() == "mixture of 7 Gaussians, by least BIC"


def test_pixels_are_drawn_on_wish(panel, state, toy, requests, qtbot):
    toy.show(state)
    draw(panel, qtbot)
    box = panel.findChild(QCheckBox, "pixels")
    qtbot.mouseClick(box, LEFT, pos=QPoint(9, box.height() // 2))
    qtbot.waitUntil(lambda: bool(requests[-1].pixels))


def test_samples_leave_as_one_picture(panel, state, toy, asked, qtbot, tmp_path, monkeypatch):
    toy.show(state)
    draw(panel, qtbot)
    target = tmp_path / "samples.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    qtbot.mouseClick(panel.findChild(QPushButton, "exportSamplesButton"), LEFT)
    thing, placed = next(args for name, args in asked.calls if name == "export")
    assert thing.picture(NO_TASK).shape[:2] == (6 * 10 + 2, 10 * 10 + 2) and placed == target


def test_another_models_samples_go(panel, state, toy, qtbot):
    toy.show(state)
    grid = draw(panel, qtbot)
    state.update(model=dataclasses.replace(toy.model, id="other"))
    assert grid.pictures() is None


@pytest.mark.expects_errors
def test_a_model_without_a_prior_says_so(panel, state, jobs, toy, answered, qtbot):
    def refuse(_request):
        raise ModelError("a plain autoencoder has no prior to sample from", remedy="fit a mixture")

    answered(DrawSamples, refuse)
    said = []
    jobs.failed.connect(said.append)
    toy.show(state)
    qtbot.mouseClick(panel.findChild(QPushButton, "drawButton"), LEFT)
    qtbot.waitUntil(lambda: len(said) == 1)


def test_a_plain_autoencoder_offers_no_prior(panel, state, toy, requests, qtbot):
    toy.show(state)
    model = state.now.model
    config = dataclasses.replace(model.config, preset="ae")
    state.update(model=dataclasses.replace(model, config=config))
    box = panel.findChild(QComboBox, "sampler")
    prior = box.model().item(box.findData("prior"))
    assert not prior.isEnabled() and box.currentData() == "mixture"
    draw(panel, qtbot)
    assert requests[-1].sampler == "mixture"
    state.update(model=model)
    assert prior.isEnabled()
