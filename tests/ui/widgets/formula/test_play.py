"""The two plots to play with: the hand, the keys, and that their numbers are the formulas'."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import Qt

from explorer.analysis.formulas import best_log_likelihood, kl_to_standard
from explorer.ui.widgets.formula.kl_play import KlPlay
from explorer.ui.widgets.formula.likelihood_play import LikelihoodPlay

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def kl(qtbot):
    made = KlPlay()
    qtbot.addWidget(made)
    made.resize(340, made.height())
    made.show()
    return made


@pytest.fixture
def sigma(qtbot):
    made = LikelihoodPlay()
    qtbot.addWidget(made)
    made.resize(340, made.height())
    made.show()
    return made


def test_a_drag_in_the_map_moves_the_handle(kl, qtbot):
    heard = []
    kl.changed.connect(lambda: heard.append(kl.value))
    qtbot.mousePress(kl, LEFT, pos=kl.pixel_at(-1.0, 2.0).toPoint())
    qtbot.mouseMove(kl, kl.pixel_at(0.0, 1.0).toPoint())
    qtbot.mouseRelease(kl, LEFT, pos=kl.pixel_at(0.0, 1.0).toPoint())
    assert heard and heard[0] == pytest.approx(float(kl_to_standard(-1.0, 2.0)), abs=0.1)
    assert (kl.mu, kl.sigma) == (pytest.approx(0, abs=0.05), pytest.approx(1, abs=0.05))
    assert kl.value < 0.01


def test_the_map_has_ends(kl, qtbot):
    qtbot.mouseClick(kl, LEFT, pos=kl.rect().bottomLeft())
    assert (kl.mu, kl.sigma) == (-3.0, 0.05)


def test_arrow_keys_move_the_handle(kl, qtbot):
    kl.set_point(0.0, 1.0)
    qtbot.keyClick(kl, Qt.Key.Key_Right)
    qtbot.keyClick(kl, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert (kl.mu, kl.sigma) == (pytest.approx(0.05), pytest.approx(1.5))
    assert "KL" in kl.accessibleDescription()


def test_dragging_the_error_moves_the_best_sigma(sigma, qtbot):
    qtbot.mouseClick(sigma, LEFT, pos=sigma.pixel_at(0.1, 0.0).toPoint())
    assert sigma.error == pytest.approx(0.1, rel=0.05)
    assert sigma.value == float(best_log_likelihood(sigma.error))
    qtbot.keyClick(sigma, Qt.Key.Key_Left)
    assert sigma.error < 0.1
    sigma.set_error(0.0)
    assert sigma.error == pytest.approx(math.exp(-6))  # the floor


@pytest.mark.parametrize("width", [260, 340, 700])
def test_they_paint_at_every_size(kl, sigma, width):
    for play in (kl, sigma):
        play.resize(width, play.height())
        for point in ((-3.0, 0.05), (3.0, 2.5)):
            kl.set_point(*point)
            sigma.set_error(point[1])
            assert not play.grab().isNull()
