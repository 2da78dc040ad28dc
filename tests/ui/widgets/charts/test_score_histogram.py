"""Counts between round edges, and marks at round values."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetrics

from explorer.ui.themes import theme
from explorer.ui.widgets.charts.score_histogram import ScoreHistogram, round_edges
from explorer.ui.widgets.charts.ticks import round_ticks

RANGES = st.tuples(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))


def is_round(step: float) -> bool:
    """Whether a step is 1, 2 or 5 times a power of ten."""
    mantissa = step / 10.0 ** math.floor(math.log10(step) + 1e-9)
    return any(math.isclose(mantissa, m, rel_tol=1e-6) for m in (1, 2, 5))


@given(RANGES, st.integers(2, 12))
def test_marks_are_at_whole_multiples_of_a_round_step(span, most):
    low, high = span[0], span[0] + span[1]
    ticks = [v for v, _ in round_ticks(low, high, most)]
    assert len(ticks) <= most + 1
    slack = 1e-6 * (high - low)
    assert all(low - slack <= v <= high + slack for v in ticks)
    if len(ticks) > 1:
        step = ticks[1] - ticks[0]
        if step > 1e-8 * abs(low):  # else their difference is rounding
            assert is_round(step)


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (-38.7, 61.2, ["\u221220", "0", "20", "40", "60"]),
        (0.0, 0.31, ["0.0", "0.1", "0.2", "0.3"]),
        (0.0, 5600.0, ["0", "1,000", "2,000", "3,000", "4,000", "5,000"]),
        (2.0, 2.0, []),
        (math.nan, 1.0, []),
    ],
)
def test_marks_say_no_more_digits_than_they_need(low, high, texts):
    assert [text for _, text in round_ticks(low, high, 6)] == texts


@pytest.mark.parametrize("scores", [np.array([3.2]), np.linspace(-38.71, 61.2, 99), np.zeros(5)])
def test_edges_are_round_and_hold_every_score(scores):
    edges = round_edges(scores)
    assert edges[0] <= scores.min() and scores.max() <= edges[-1]
    assert is_round(edges[1] - edges[0])
    assert np.histogram(scores, edges)[0].sum() == len(scores)


@pytest.fixture
def bars(qtbot, qapp):
    theme.apply(qapp, "light")
    made = ScoreHistogram()
    qtbot.addWidget(made)
    made.resize(340, 160)
    made.show()
    return made


def test_normal_and_odd_have_a_colour_and_a_word_each(bars):
    bars.show_scores(np.array([0.0, 1.0, 5.0, 5.1, np.inf]), np.array([0, 0, 1, 1, 1], bool))
    assert bars.legend() == ["normal: 2", "odd: 2"]
    tokens = theme.tokens_of(bars)
    assert bars.colours() == [theme.class_colour(0, tokens), theme.class_colour(1, tokens)]
    assert bars._counts.sum(axis=1).tolist() == [2, 2]
    picture = bars.grab().toImage()
    for series, colour in enumerate(bars.colours()):
        i = int(bars._counts[series].argmax())
        at = bars.bar(series, i).center().toPoint() * picture.devicePixelRatio()
        assert picture.pixelColor(at).name() == colour.name()
    assert "1 normal" in bars.text_of(0)


def test_without_a_normal_class_there_is_one_colour(bars):
    bars.show_scores(np.arange(10.0), None)
    assert len(bars.colours()) == 1 and bars._counts.sum() == 10
    bars.show_scores(np.zeros(0), None)
    assert bars.bins == 0
    bars.grab()


@pytest.mark.parametrize("width", [180, 240, 300, 500])
def test_the_title_never_lies_under_the_legend(bars, width):
    bars.show_scores(np.array([0.0, 1.0, 5.0]), np.array([0, 1, 1], bool))
    bars.resize(width, 160)
    room = QFontMetrics(theme.font(theme.SMALL)).horizontalAdvance
    legend = sum(room(text) for text in bars.legend())
    assert bars.title() == "" or room(bars.title()) + legend < width
    bars.resize(900, 160)
    assert bars.title() == "Samples by score"
    bars.resize(100, 160)
    assert bars.title() == ""
