"""The codebook's dock is there for a model that has one, and away for all others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDockWidget, QWidget

from explorer.data.dataset import Preparation
from explorer.models import autoencoder
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.ui import synthetic_input
from explorer.ui.window import MainWindow

FORM = Preparation(8, 8)
PLAIN = ModelSnapshot("plain", ModelConfig(), FORM, {})
CONFIG = ModelConfig(preset="vq-vae", hidden=16, latent_dim=4, options={"codes": 8.0})
WEIGHTS = autoencoder.weights_of(autoencoder.build(CONFIG, FORM, seed=0))
QUANTISED = ModelSnapshot("vq", CONFIG, FORM, WEIGHTS)


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    made = _shown(qtbot, tmp_path)
    yield made
    made.close()


def _shown(qtbot: Any, folder: Path) -> MainWindow:
    made = MainWindow(folder)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.state.update(workspace="measure")
    return made


def _dock(window: MainWindow) -> QDockWidget:
    return synthetic_input.find(window, QDockWidget, "codesDock")


def _is_offered(window: MainWindow) -> bool:
    shown, action = not _dock(window).isHidden(), _dock(window).toggleViewAction()
    assert action.isEnabled() or "codebook" in action.toolTip()
    assert action.isEnabled() or not shown
    return action.isEnabled()


def test_it_comes_and_goes_with_the_model_and_leaves_the_front_alone(window: MainWindow) -> None:
    front = synthetic_input.find(window, QWidget, "measureButton")
    assert not _is_offered(window)
    window.state.update(model=QUANTISED)
    assert _is_offered(window) and not _dock(window).isHidden()
    assert not front.visibleRegion().isEmpty()
    window.state.update(model=PLAIN)
    assert not _is_offered(window)
    window.reset_layout()
    assert _dock(window).isHidden()


def test_who_closed_it_does_not_see_it_again(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    window.state.update(model=QUANTISED)
    _dock(window).close()
    window.state.update(model=PLAIN)
    window.state.update(model=QUANTISED)
    assert _is_offered(window) and _dock(window).isHidden()
    window.close()
    again = _shown(qtbot, tmp_path)
    again.state.update(model=QUANTISED)
    assert _dock(again).isHidden()
    _dock(again).toggleViewAction().trigger()
    again.state.update(model=PLAIN)
    again.state.update(model=QUANTISED)
    assert not _dock(again).isHidden()
    again.close()


def test_a_window_closed_without_a_codebook_shows_it_to_the_next_model_that_has_one(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    window.close()
    again = _shown(qtbot, tmp_path)
    assert not _is_offered(again)
    again.state.update(model=QUANTISED)
    assert not _dock(again).isHidden()
    again.close()
