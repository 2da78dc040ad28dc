"""The Gaussian log-likelihood to play with: mouse, keys, and that its numbers are the formula's."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from explorer.analysis.formulas import best_log_likelihood
from explorer.ui.themes import theme
from explorer.ui.widgets.charts import playground
from explorer.ui.widgets.formula import likelihood_play
from explorer.ui.widgets.formula.likelihood_play import BOTTOM, LEFT, RIGHT, TOP, LikelihoodPlay
from tests.ui import painted

BUTTON = Qt.MouseButton.LeftButton
FLOOR = math.exp(-6)


@pytest.fixture
def play(qtbot: Any) -> LikelihoodPlay:
    made = LikelihoodPlay()
    qtbot.addWidget(made)
    made.resize(340, 160)
    made.show()
    return made


def test_the_axis_is_logarithmic_from_the_floor_to_2(play: LikelihoodPlay) -> None:
    assert play.pixel_at(FLOOR, -4).toTuple() == pytest.approx((LEFT, 160 - BOTTOM))
    assert play.pixel_at(2, 6).toTuple() == pytest.approx((340 - RIGHT, TOP))
    steps = [play.pixel_at(s, 0).x() for s in (0.01, 0.1, 1)]
    assert steps[1] - steps[0] == pytest.approx(steps[2] - steps[1])


@pytest.mark.parametrize("error", [0.01, 0.1, 0.5, 1.9])
def test_a_click_chooses_the_error_below_the_pointer(play: LikelihoodPlay, error: float) -> None:
    heard: list[float] = []
    play.changed.connect(lambda: heard.append(play.error))
    QTest.mouseClick(play, BUTTON, pos=play.pixel_at(error, 3.0).toPoint())
    assert heard == [pytest.approx(error, rel=0.02)]
    # log N(x; m, sigma^2) at sigma = |e|: -1/2 - log e - 1/2 log 2 pi
    value = -0.5 - math.log(play.error) - 0.5 * math.log(2 * math.pi)
    assert play.value == pytest.approx(value) == float(best_log_likelihood(play.error))


def test_a_drag_beyond_the_ends_stays_at_them(play: LikelihoodPlay) -> None:
    QTest.mousePress(play, BUTTON, pos=QPoint(150, 80))
    QTest.mouseMove(play, QPoint(2, 80))
    assert play.error == pytest.approx(FLOOR)
    QTest.mouseMove(play, QPoint(339, 10))
    assert play.error == pytest.approx(2.0)
    QTest.mouseRelease(play, BUTTON, pos=QPoint(339, 10))
    QTest.mouseMove(play, QPoint(100, 80))
    assert play.error == pytest.approx(2.0)  # no button, no drag


@pytest.mark.parametrize(
    ("key", "factor"), [("Right", 1.05), ("Left", 1 / 1.05), ("Up", 1.05), ("Down", 1 / 1.05)]
)
def test_arrow_keys_change_it_by_a_share(play: LikelihoodPlay, key: str, factor: float) -> None:
    play.set_error(0.2)
    QTest.keyClick(play, getattr(Qt.Key, f"Key_{key}"))
    assert play.error == pytest.approx(0.2 * factor)
    play.set_error(0.2)
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(play, getattr(Qt.Key, f"Key_{key}"), shift)
    assert play.error == pytest.approx(0.2 * (1.5 if factor > 1 else 1 / 1.5))


@pytest.mark.parametrize(("given", "kept"), [(0.0, FLOOR), (-0.5, 0.5), (9.0, 2.0)])
def test_an_error_is_within_the_axis(play: LikelihoodPlay, given: float, kept: float) -> None:
    play.set_error(given)
    assert play.error == pytest.approx(kept)


def test_a_reader_hears_error_and_value(play: LikelihoodPlay) -> None:
    play.set_error(0.1)
    assert play.accessibleDescription() == "error 0.1, greatest log-likelihood 0.88 nats"


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("error", [0.05, 0.5])
def test_the_handle_stands_on_the_top_of_the_curve(
    light: None, play: LikelihoodPlay, qapp: Any, name: str, error: float
) -> None:
    theme.apply(qapp, name)
    play.clearFocus()
    play.set_error(error)
    tokens, seen = theme.tokens_of(play), painted.pixels(play)
    best = play.pixel_at(error, play.value).toPoint()
    assert tuple(seen[best.y(), best.x()]) == painted.rgb(tokens.surface)  # a ring
    ring = painted.of_colour(seen, tokens.accent, near=60)
    assert ring[best.y() - 1 : best.y() + 1, best.x() - 8 : best.x() - 3].any()
    assert not ring[TOP : best.y() - 9].any()  # nothing of the curve is higher
    play.activateWindow()
    play.setFocus()
    seen = painted.pixels(play)
    assert tuple(seen[best.y(), best.x()]) == painted.rgb(tokens.accent)  # filled: the keys move it


def test_the_curve_is_the_formula(play: LikelihoodPlay) -> None:
    play.set_error(0.05)
    ink = painted.of_colour(painted.pixels(play), theme.tokens_of(play).accent, near=90)
    for sigma in (0.03, 0.2, 0.6, 1.5):
        nats = -0.5 * (0.05**2 / sigma**2 + 2 * math.log(sigma) + math.log(2 * math.pi))
        at = play.pixel_at(sigma, nats).toPoint()
        assert ink[at.y() - 2 : at.y() + 3, at.x() - 1 : at.x() + 2].any(), sigma


def test_words_say_the_error_and_keep_off_the_handle(
    play: LikelihoodPlay, monkeypatch: pytest.MonkeyPatch
) -> None:
    for error, side in ((0.005, Qt.AlignmentFlag.AlignRight), (1.0, Qt.AlignmentFlag.AlignLeft)):
        play.set_error(error)
        said = painted.written(monkeypatch, likelihood_play, play.grab)
        assert {"\u03c3", "0.01", "0.1", "1", "\u22124", "4"} <= {t for t, _ in said}
        words = next(t for t, _ in said if t.startswith("error"))
        assert words == f"error {error:.3g}: best {play.value:.2f} nats".replace("-", "\u2212")
        best = play.pixel_at(error, play.value).x()
        assert (best < play.plot_rect().center().x()) == (side == Qt.AlignmentFlag.AlignRight)


@pytest.mark.parametrize("size", [(260, playground.HEIGHT), (340, 200), (700, playground.HIGHEST)])
def test_it_paints_at_every_size(play: LikelihoodPlay, size: tuple[int, int]) -> None:
    play.resize(*size)
    for error in np.geomspace(FLOOR, 2, 5):
        play.set_error(float(error))
        best = play.pixel_at(play.error, play.value)
        assert play.rect().contains(best.toPoint())
        assert painted.of_colour(painted.pixels(play), theme.tokens_of(play).accent, 60).any()
