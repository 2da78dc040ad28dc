"""Accuracy over labels per class: where the dots are, what is left out, what is said."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QFontMetrics

from explorer.task import NO_TASK
from explorer.ui.themes import theme
from explorer.ui.widgets.charts import accuracy_plot, playground
from explorer.ui.widgets.charts.accuracy_plot import BOTTOM, LEFT, LEGEND, TOP, AccuracyPlot
from tests.ui import painted

CODES = ("codes", ((2, 0.5, 0.1), (20, 0.8, 0.05), (200, 1.0, 0.0)))
PIXELS = ("pixels", ((2, 0.25, 0.0), (20, 0.25, 0.0), (200, 0.25, 0.0)))
WIDE, HIGH = 460, 220


@pytest.fixture
def plot(qtbot: Any) -> AccuracyPlot:
    made = AccuracyPlot()
    qtbot.addWidget(made)
    made.resize(WIDE, HIGH)
    made.show()
    made.show_lines([CODES, PIXELS])
    return made


def pixel(count: int, accuracy: float, least: int = 2) -> tuple[float, float]:
    """Counts lie on a logarithmic axis, accuracy between 0 and 1 on a plain one."""
    wide, high = WIDE - LEFT - LEGEND, HIGH - TOP - BOTTOM
    share = 0.03 + 0.94 * math.log(count / least) / math.log(100)
    return LEFT + share * wide, HIGH - BOTTOM - accuracy * high


@pytest.mark.parametrize("name", ["light", "dark"])
def test_dots_stand_where_the_numbers_say_in_the_colour_of_their_line(
    light: None, plot: AccuracyPlot, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    tokens, seen = theme.tokens_of(plot), painted.pixels(plot)
    for i, (_, points) in enumerate((CODES, PIXELS)):
        for count, accuracy, _ in points:
            x, y = pixel(count, accuracy)
            colour = painted.rgb(theme.class_colour(i, tokens))
            assert tuple(seen[int(y), int(x)]) == colour, (i, count)
    assert tuple(seen[1, 1]) == painted.rgb(tokens.surface)


def test_equal_factors_of_labels_are_equally_far_apart() -> None:
    xs = [pixel(count, 0.0)[0] for count in (2, 20, 200)]
    assert xs[1] - xs[0] == pytest.approx(xs[2] - xs[1])


def test_a_bar_is_a_deviation_to_both_sides_and_stays_between_0_and_1(plot: AccuracyPlot) -> None:
    plot.show_lines([("codes", ((2, 0.5, 0.25), (200, 0.9, 0.4)))])
    colour = theme.class_colour(0, theme.tokens_of(plot))
    ink = painted.of_colour(painted.pixels(plot), colour, near=150)
    ink[: TOP - 4] = ink[HIGH - BOTTOM :] = False  # words
    x, high = pixel(2, 0.75)
    low = pixel(2, 0.25)[1]
    rows = np.flatnonzero(ink[:, int(x) - 1 : int(x) + 2].any(axis=1))
    assert (rows.min(), rows.max()) == (pytest.approx(high, abs=2), pytest.approx(low, abs=2))
    x = pixel(200, 1.0)[0]
    rows = np.flatnonzero(ink[:, int(x) - 1 : int(x) + 2].any(axis=1))
    assert rows.min() >= TOP - 1  # 1.3 is no accuracy


def test_each_line_has_its_name_and_the_axes_their_numbers(
    plot: AccuracyPlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = painted.written(monkeypatch, accuracy_plot, plot.grab)
    said = dict(seen)
    assert {"codes", "pixels", "2", "20", "200", "0%", "50%", "100%"} <= set(said)
    for count in (2, 20, 200):
        assert said[str(count)].center().x() == pytest.approx(pixel(count, 0)[0])
    for share in (0.0, 0.5, 1.0):
        assert said[f"{share:.0%}"].center().y() == pytest.approx(pixel(2, share)[1])
    assert said["pixels"].top() == said["codes"].top() + 16
    assert said["codes"].left() > WIDE - LEGEND


def test_the_longest_name_is_not_cut(plot: AccuracyPlot, monkeypatch: pytest.MonkeyPatch) -> None:
    longest = "raw features, neighbours"
    plot.show_lines([(longest, CODES[1])])
    box = dict(painted.written(monkeypatch, accuracy_plot, plot.grab))[longest]
    metrics = QFontMetrics(theme.font(theme.SMALL))
    assert metrics.horizontalAdvance(longest) < box.width() and box.right() <= WIDE


def test_the_legend_shows_a_piece_of_the_line_as_thick_as_the_line(plot: AccuracyPlot) -> None:
    plot.show_lines([("codes", ((2, 0.5, 0.0), (200, 0.5, 0.0)))])
    ink = painted.of_colour(painted.pixels(plot), theme.class_colour(0, theme.tokens_of(plot)), 60)
    line = ink[:, int(pixel(6, 0.5)[0])].sum()
    beside = WIDE - LEGEND + 14
    piece = ink[:, beside]
    assert piece.sum() == line and abs(int(np.flatnonzero(piece).mean()) - (TOP + 8)) <= 1
    assert ink[TOP : TOP + 16, WIDE - LEGEND :].any(axis=0).sum() == pytest.approx(16, abs=2)


def test_what_could_not_be_measured_is_left_out(plot: AccuracyPlot) -> None:
    plot.show_lines([("codes", ((1, math.nan, 0.1), (10, 0.8, math.inf), (100, 0.9, 0.0)))])
    assert plot.accessibleDescription() == "codes: 100: 90%"
    plot.grab()  # one point only: the axis has no length
    plot.show_lines([("codes", ((1, math.nan, 0.0),)), PIXELS])
    assert plot.accessibleDescription().endswith("pixels: 2: 25%, 20: 25%, 200: 25%")
    thing = plot.thing()
    assert thing is not None
    assert set(thing.table(NO_TASK)["features"]) == {"pixels"}  # type: ignore[misc]


def test_without_lines_it_says_why_and_nothing_leaves(
    plot: AccuracyPlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    plot.set_empty_text("Measure first")
    plot.show_lines([])
    assert [t for t, _ in painted.written(monkeypatch, accuracy_plot, plot.grab)] == [
        "Measure first"
    ]
    empty = painted.pixels(plot)
    plot.set_empty_text("")
    assert (painted.pixels(plot) != empty).any()
    assert plot.thing() is None and plot.accessibleDescription() == ""
    plot.show_lines([CODES])
    assert "Measure first" not in dict(painted.written(monkeypatch, playground, plot.grab))


def test_a_row_a_point_leaves(plot: AccuracyPlot) -> None:
    thing = plot.thing()
    assert thing is not None
    columns = thing.table(NO_TASK)  # type: ignore[misc]
    assert list(columns["labels per class"]) == [2, 20, 200] * 2
    assert list(columns["accuracy"]) == [0.5, 0.8, 1.0, 0.25, 0.25, 0.25]
    assert list(columns["deviation"])[:3] == [0.1, 0.05, 0.0]
