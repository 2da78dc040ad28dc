"""Bounds on one axis: where dots, bars and the band of the truth stand, and what is said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from explorer.analysis.errors import Z
from explorer.task import NO_TASK
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.evidence import bounds_chart
from explorer.ui.widgets.charts.evidence.bounds_chart import (
    BOTTOM,
    ROW,
    TOP,
    TRUTH,
    UPPER,
    Bound,
    BoundsChart,
)
from tests.ui import painted

ELBO = Bound("ELBO", 0.0, 0.0, "\u221212.00", "what was trained")
DRAWN = Bound("L of 500 draws", 2.0, 0.25, "\u221210.00", "drawn")
ABOVE = Bound("upper bound", 3.0, 0.25, "\u22129.00", "bounded", UPPER)
EXACT = Bound("exact", 2.5, 0.25, "\u22129.50", "integrated", TRUTH)
WIDE = 500


@pytest.fixture
def chart(qtbot: Any, light: None) -> BoundsChart:
    made = BoundsChart("Bounds", "nats above", "it is here")
    qtbot.addWidget(made)
    made.show()
    made.show_rows([ELBO, DRAWN, ABOVE])
    made.resize(WIDE, made.sizeHint().height())
    return made


@pytest.mark.parametrize("name", ["light", "dark"])
def test_dots_stand_where_the_numbers_say(chart: BoundsChart, qapp: Any, name: str) -> None:
    theme.apply(qapp, name)
    tokens, seen = theme.tokens_of(chart), painted.pixels(chart)
    room, (low, high) = chart.room(), chart.ends()
    for i, row in enumerate((ELBO, DRAWN, ABOVE)):
        x = room.left() + (row.at - low) / (high - low) * room.width()
        colour = tokens.warn if row.role == UPPER else tokens.accent
        y = TOP + ROW * i + ROW // 2
        assert tuple(seen[y, round(x)]) == painted.rgb(colour), row.name
    assert tuple(seen[-1, 1]) == painted.rgb(tokens.surface)


def test_the_axis_reaches_over_all_intervals(chart: BoundsChart) -> None:
    low, high = chart.ends()
    span = 3.0 + Z * 0.25
    assert (low, high) == (pytest.approx(-0.05 * span), pytest.approx(1.05 * span))
    chart.show_rows([ELBO, DRAWN])
    span = 2.0 + Z * 0.25
    assert chart.ends()[1] == pytest.approx(span + 0.2 * span), "room for what is not known"
    chart.show_rows([ELBO])
    low, high = chart.ends()
    assert high - low >= 0.01


def test_a_bar_is_a_95_percent_interval(chart: BoundsChart) -> None:
    ink = painted.of_colour(painted.pixels(chart), theme.tokens_of(chart).warn, near=70)
    row = ink[TOP + 2 * ROW : TOP + 3 * ROW, : int(chart.room().right())]
    columns = np.flatnonzero(row.any(axis=0))
    ends = [chart.across(3.0 + side * Z * 0.25) for side in (-1, 1)]
    assert (columns.min(), columns.max()) == tuple(pytest.approx(end, abs=1.5) for end in ends)


def test_the_truth_is_between_the_highest_lower_bound_and_the_upper_one(
    chart: BoundsChart,
) -> None:
    band = chart.band()
    assert band.left() == pytest.approx(chart.across(2.0) - 1)
    assert band.right() == pytest.approx(chart.across(3.0) + 1)
    assert (band.top(), band.height()) == (TOP, 3 * ROW)
    seen = painted.pixels(chart)
    x, y = int(band.center().x()), TOP + ROW // 2
    assert tuple(seen[y, x]) != painted.rgb(theme.tokens_of(chart).surface)
    assert tuple(seen[y, int(band.left()) - 12]) == painted.rgb(theme.tokens_of(chart).surface)


def test_without_an_upper_bound_it_is_open(chart: BoundsChart) -> None:
    chart.show_rows([ELBO, DRAWN])
    band = chart.band()
    assert band.left() == pytest.approx(chart.across(2.0) - 1)
    assert band.right() == pytest.approx(chart.room().right() + 1)


def test_what_is_exact_is_a_line(chart: BoundsChart) -> None:
    chart.show_rows([ELBO, DRAWN, EXACT])
    band = chart.band()
    assert band.width() == 2 and band.center().x() == pytest.approx(chart.across(2.5))


def test_an_upper_bound_below_a_lower_one_is_noise(chart: BoundsChart) -> None:
    chart.show_rows([ELBO, DRAWN, Bound("upper", 1.9, 0.2, "", role=UPPER)])
    assert chart.band().width() == 2 and chart.band().left() == chart.across(2.0) - 1
    chart.show_rows([])
    assert chart.band().isEmpty()


def test_names_stand_left_and_values_right(
    chart: BoundsChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = dict(painted.written(monkeypatch, bounds_chart, chart.grab))
    assert {"Bounds", "nats above", "it is here", "0", "2", "L of 500 draws"} <= set(said)
    room = chart.room()
    for i, row in enumerate((ELBO, DRAWN, ABOVE)):
        assert said[row.name].center().y() == said[row.said].center().y() == TOP + ROW * (i + 0.5)
        assert said[row.name].left() == 2 and said[row.said].right() == WIDE - 2
        assert said[row.said].left() == room.right()
    assert said["2"].center().x() == pytest.approx(chart.across(2.0))
    assert said["nats above"].center().x() == pytest.approx(room.center().x())
    assert said["nats above"].top() == room.bottom() + 16


def test_the_word_at_the_band_keeps_off_the_title_and_the_edge(
    chart: BoundsChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    for rows in ([EXACT, Bound("far", 90.0, 0.0, "")], [Bound("far", -90.0, 0.0, ""), EXACT]):
        chart.show_rows(rows)
        said = dict(painted.written(monkeypatch, bounds_chart, chart.grab))
        box = said["it is here"]
        assert box.right() <= WIDE and box.left() >= chart.fontMetrics().averageCharWidth() * 5


def test_it_is_as_high_as_its_rows(chart: BoundsChart) -> None:
    assert chart.sizeHint().height() == chart.minimumSizeHint().height() == TOP + 3 * ROW + BOTTOM
    chart.show_rows([ELBO])
    assert chart.sizeHint().height() == TOP + ROW + BOTTOM


def test_the_pointer_hears_how_a_row_is_found(chart: BoundsChart) -> None:
    for i, row in enumerate((ELBO, DRAWN, ABOVE)):
        said = painted.tooltip(chart, QPoint(200, TOP + ROW * i + 1))
        assert said == f"{row.name}: {row.said}\n{row.tip}"
    assert painted.tooltip(chart, QPoint(200, TOP + 3 * ROW + 4)) == ""


def test_a_row_a_bound_leaves(chart: BoundsChart) -> None:
    thing = chart.thing()
    assert thing is not None and thing.table is not None and thing.drawing is not None
    columns = thing.table(NO_TASK)
    assert list(columns["bound"]) == ["ELBO", "L of 500 draws", "upper bound"]
    assert list(columns["nats above"]) == [0.0, 2.0, 3.0]
    assert list(columns["standard error"]) == [0.0, 0.25, 0.25]
    assert list(columns["kind"]) == ["bound", "bound", "upper"]
    assert chart.accessibleDescription().startswith("ELBO: \u221212.00; L of 500 draws")
    chart.show_rows([])
    assert chart.thing() is None and chart.accessibleDescription() == ""
    chart.grab()
