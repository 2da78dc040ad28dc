"""Signals as curves: where they run, their ranges and axes, gaps, long ones, tooltips, focus."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from explorer.data.dataset import Preparation
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.rows import signal_chart
from explorer.ui.widgets.charts.rows.series import Series, colour_of
from explorer.ui.widgets.charts.rows.signal_chart import FOOT, HEAD_LINE, SignalChart, ticks
from tests.ui import painted

ONE = Preparation(1, 41, 1, kind="signals", levels=1, centre=(5.0,) * 41, scale=(2.0,) * 41,
                  axis=tuple(400.0 + 5.0 * np.arange(41)))  # fmt: skip
TWO = Preparation(1, 20, 2, kind="signals", levels=1, names=("left", "right"))
RAMP = np.linspace(-2, 2, 41, dtype=np.float32)  # 1 to 9 in the data's units
FLAT = np.zeros(41, np.float32)  # 5


@pytest.fixture
def chart(qtbot: Any) -> SignalChart:
    made = SignalChart()
    qtbot.addWidget(made)
    made.resize(400, 220)
    made.show()
    made.show_rows(ONE, [Series("sample", "sample 7", RAMP)])
    return made


def top(chart: SignalChart) -> float:
    """Where the legend ends that has one line."""
    return HEAD_LINE + 4.0


def written(chart: SignalChart, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    return painted.written(monkeypatch, signal_chart, chart.grab)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_curve_runs_where_its_values_are(
    light: None, chart: SignalChart, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    tokens = theme.tokens_of(chart)
    ink = painted.of_colour(painted.pixels(chart), colour_of("sample", tokens), near=110)
    (box,) = chart._boxes(top(chart))
    for share in (0.1, 0.5, 0.9):  # from 1 to 9 in a range of 0 to 10
        x = round(box.left() + share * box.width())
        y = box.bottom() - (1 + 8 * share) / 10 * box.height()
        rows = np.flatnonzero(ink[int(box.top()) : int(box.bottom()), x]) + int(box.top())
        assert abs(rows.mean() - y) <= 1.5, share
    assert tuple(painted.pixels(chart)[215, 2]) == painted.rgb(tokens.surface)


def test_the_range_is_that_of_the_data_and_wider_where_a_curve_leaves_it(
    chart: SignalChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert chart._range(0) == pytest.approx((0, 10))  # 2.5 deviations about the mean
    chart.show_rows(ONE, [Series("z", "at z", FLAT), Series("sample", "a", RAMP * 4)])
    assert chart._range(0) == pytest.approx((-11, 21))
    said = {text for text, box in written(chart, monkeypatch) if box.left() == 0}
    assert said <= {"\u221210", "0", "10", "20"} and "20" in said


def test_numbers_stand_at_their_values_on_both_axes(
    chart: SignalChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = written(chart, monkeypatch)
    (box,) = chart._boxes(top(chart))
    up = {float(t): b for t, b in said if b.left() == 0 and t.isdigit()}
    assert {0.0, 10.0} <= set(up)
    for value, at in up.items():
        assert at.center().y() == pytest.approx(box.bottom() - value / 10 * box.height())
    across = {float(t): b for t, b in said if b.top() > box.bottom()}
    assert {400.0, 500.0} <= set(across) and all(400 <= v <= 600 for v in across)
    for value, at in across.items():
        want = box.left() + (value - 400) / 200 * box.width()
        assert at.center().x() == pytest.approx(want) or at.right() == chart.width()
        assert at.bottom() <= chart.height()


def test_an_axis_that_falls_runs_from_its_first_position_to_its_last(
    chart: SignalChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    falling = Preparation(1, 41, 1, kind="signals", levels=1,
                          axis=tuple(600.0 - 5.0 * np.arange(41)))  # fmt: skip
    chart.show_rows(falling, [Series("sample", "a", RAMP)])
    (box,) = chart._boxes(top(chart))
    said = {float(t): b for t, b in written(chart, monkeypatch) if b.top() > box.bottom()}
    assert said[600.0].center().x() < said[500.0].center().x()
    assert chart.words_at(box.left()).startswith("at 600\n")


def test_channels_stand_below_one_another_each_with_its_name(
    chart: SignalChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = np.stack([np.full(20, 1.0), np.full(20, -2.0)], 1).ravel().astype(np.float32)
    chart.show_rows(TWO, [Series("sample", "a", rows)])
    first, second = chart._boxes(top(chart))
    assert first.height() == second.height() and second.top() > first.bottom()
    assert second.bottom() == pytest.approx(chart.height() - FOOT)
    said = dict(written(chart, monkeypatch))
    assert first.contains(said["left"].center()) and second.contains(said["right"].center())
    ink = painted.of_colour(painted.pixels(chart), theme.tokens_of(chart).text, near=110)
    for box, value in ((first, 1.0), (second, -2.0)):
        low, high = chart._range(0 if box is first else 1)
        y = round(box.bottom() - (value - low) / (high - low) * box.height())
        assert ink[y - 1 : y + 2, round(box.center().x())].any()


def test_a_gap_is_left_open(chart: SignalChart) -> None:
    gap = RAMP.copy()
    gap[15:26] = np.nan
    chart.show_rows(ONE, [Series("sample", "a", gap)])
    ink = painted.of_colour(painted.pixels(chart), theme.tokens_of(chart).text, near=110)
    (box,) = chart._boxes(top(chart))
    inside = ink[int(box.top()) + 2 : int(box.bottom()) - 2]
    columns = [round(box.left() + share * box.width()) for share in (0.2, 0.5, 0.8)]
    assert [bool(inside[:, x].any()) for x in columns] == [True, False, True]


def test_the_first_curve_lies_on_top(chart: SignalChart) -> None:
    both = [Series("z", "at z", FLAT), Series("sample", "a", FLAT)]
    chart.show_rows(ONE, both)
    (box,) = chart._boxes(top(chart))
    at = QPoint(round(box.center().x()), round(box.center().y()))
    for order in (both, both[::-1]):
        chart.show_rows(ONE, order)
        seen = painted.pixels(chart)[at.y() - 1 : at.y() + 1, at.x()].astype(int)
        tokens = theme.tokens_of(chart)
        colours = [np.array(painted.rgb(colour_of(one.role, tokens))) for one in order]
        first, last = (np.abs(seen - colour).max(axis=1).min() for colour in colours)
        assert first < last


def test_the_legend_takes_as_many_lines_as_it_needs(
    chart: SignalChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [Series(role, f"a longer name of {role}", RAMP, "MSE 0.5")
            for role in ("sample", "model", "pca")]  # fmt: skip
    chart.show_rows(ONE, rows)
    said = [(t, b) for t, b in written(chart, monkeypatch) if "MSE" in t]
    assert len(said) == 3 and len({b.top() for _, b in said}) > 1
    lines: dict[float, list[Any]] = {}
    for text, box in said:
        lines.setdefault(box.top(), []).append((box.left(), text))
        assert box.right() <= chart.width()
    for line in lines.values():
        ends = [x + chart._metrics.horizontalAdvance(text) for x, text in line]
        assert all(b > a for a, (b, _) in zip(ends, line[1:], strict=False))
    chart.resize(1000, 220)
    assert len({b.top() for t, b in written(chart, monkeypatch) if "MSE" in t}) == 1


def test_the_tooltip_reads_all_curves_where_the_pointer_is(chart: SignalChart) -> None:
    chart.show_rows(ONE, [Series("sample", "sample 7", RAMP), Series("z", "at z", FLAT)])
    (box,) = chart._boxes(0.0)
    assert painted.tooltip(chart, QPoint(round(box.center().x()), 100)).splitlines() == [
        "at 500", "sample 7: 5.00", "at z: 5.0",
    ]  # fmt: skip
    assert chart.words_at(-50.0).startswith("at 400") and chart.words_at(999.0).startswith("at 600")


def test_nothing_is_said_where_there_is_nothing(qtbot: Any) -> None:
    empty = SignalChart()
    qtbot.addWidget(empty)
    empty.grab()
    assert empty.words_at(10.0) == "" == empty.table()


def test_a_table_has_positions_and_each_channel(chart: SignalChart) -> None:
    lines = chart.table().splitlines()
    assert lines[0] == "\tsample 7" and lines[1] == "400\t1" and lines[-1] == "600\t9"
    chart.show_rows(TWO, [Series("sample", "a", np.zeros(40, np.float32))])
    assert chart.table().splitlines()[0] == "\ta left\ta right"
    assert chart.accessibleDescription() == "a"


def test_the_keyboard_s_ring_comes_and_goes(chart: SignalChart) -> None:
    chart.clearFocus()
    accent = theme.tokens_of(chart).accent
    assert not painted.of_colour(painted.pixels(chart), accent)[:, 1].any()
    chart.activateWindow()
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    assert painted.of_colour(painted.pixels(chart), accent)[10:-10, 1].all()
    chart.clearFocus()
    assert not painted.of_colour(painted.pixels(chart), accent)[:, 1].any()


def test_there_is_at_least_one_tick() -> None:
    assert ticks(3.0, 3.0, 5) == [(3.0, "3")]
    assert ticks(-2.5, -2.5, 5) == [(-2.5, "\u22122.5")]
    assert [value for value, _ in ticks(0, 10, 2)] == [0, 5, 10]


@pytest.mark.parametrize("size", [(96, 96), (240, 160), (1200, 600)])
def test_curves_stay_within_their_boxes_at_every_size(
    chart: SignalChart, size: tuple[int, int]
) -> None:
    chart.resize(*size)
    rows = np.random.default_rng(0).normal(0, 9, 40).astype(np.float32)
    chart.show_rows(TWO, [Series("pca", "a", rows)])
    colour = colour_of("pca", theme.tokens_of(chart))
    ink = painted.of_colour(painted.pixels(chart), colour, near=30)
    boxes = chart._boxes(top(chart))
    ink[: HEAD_LINE + 4] = False  # the legend
    left, _, right, bottom = painted.box_of(ink)
    assert left >= boxes[0].left() - 2 and right <= boxes[0].right() + 2
    assert bottom <= boxes[-1].bottom() + 2
