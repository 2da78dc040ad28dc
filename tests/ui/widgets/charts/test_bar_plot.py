"""Bars with names: their heights, colours, axis, tooltips and what they say to a reader."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics

from explorer.task import NO_TASK
from explorer.ui.themes import theme
from explorer.ui.widgets.charts import bar_plot
from explorer.ui.widgets.charts.bar_plot import BOTTOM, LEFT, RIGHT, TOP, WIDEST, BarPlot
from tests.ui import painted

VALUES = np.array([2.0, 0.5, 0.0, 1.0])
NAMES = ("one", "two", "three", "four")
ALIVE = np.array([True, False, True, True])
WIDE, HIGH = 244, 140
ROOM = HIGH - TOP - BOTTOM


@pytest.fixture
def plot(qtbot: Any) -> BarPlot:
    made = BarPlot("KL in nats", "How much each dimension says")
    qtbot.addWidget(made)
    made.resize(WIDE, HIGH)
    made.show()
    made.show_bars(VALUES, NAMES, ALIVE)
    return made


def test_heights_are_in_proportion_and_slots_of_one_width(plot: BarPlot) -> None:
    boxes = [plot.bar(i) for i in range(4)]
    assert [b.height() for b in boxes] == pytest.approx([ROOM, ROOM / 4, 0, ROOM / 2])
    assert all(b.bottom() == pytest.approx(HIGH - BOTTOM) for b in boxes)
    slot = (WIDE - LEFT - RIGHT) / 4
    assert [b.center().x() for b in boxes] == pytest.approx(
        [LEFT + (i + 0.5) * slot for i in range(4)]
    )
    assert {b.width() for b in boxes} == {48.0}


def test_bars_get_no_wider_than_reads_well_and_many_lose_their_gaps(plot: BarPlot) -> None:
    plot.show_bars(np.ones(1), ("one",))
    assert plot.bar(0).width() == WIDEST
    plot.show_bars(np.ones(20), ("",) * 20)
    assert plot.bar(0).width() == pytest.approx(10 - 2)
    plot.show_bars(np.ones(100), ("",) * 100)
    assert plot.bar(0).right() == pytest.approx(plot.bar(1).left())


def test_a_value_below_zero_has_no_bar(plot: BarPlot) -> None:
    plot.show_bars(np.array([1.0, -3.0]), ("a", "b"))
    assert plot.bar(1).height() == 0.0


@pytest.mark.parametrize("name", ["light", "dark"])
def test_what_is_not_active_is_grey(light: None, plot: BarPlot, qapp: Any, name: str) -> None:
    theme.apply(qapp, name)
    tokens, seen = theme.tokens_of(plot), painted.pixels(plot)
    inside = [plot.bar(i).center().toPoint() for i in range(4)]
    assert tuple(seen[inside[0].y(), inside[0].x()]) == painted.rgb(tokens.accent)
    assert tuple(seen[inside[1].y(), inside[1].x()]) == painted.rgb(tokens.quiet)
    assert tuple(seen[inside[3].y(), inside[3].x()]) == painted.rgb(tokens.accent)
    assert tuple(seen[2, WIDE - 2]) == painted.rgb(tokens.surface)


def test_the_axis_counts_in_round_numbers_at_their_heights(
    plot: BarPlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = dict(painted.written(monkeypatch, bar_plot, plot.grab))
    assert {"KL in nats", "0", "1", "2", *NAMES} == set(said)
    bottom = HIGH - BOTTOM
    middles = [said[text].center().y() for text in ("0", "1", "2")]
    assert middles == pytest.approx([bottom, bottom - ROOM / 2, bottom - ROOM])
    assert all(said[n].center().x() == plot.bar(i).center().x() for i, n in enumerate(NAMES))


@pytest.mark.parametrize("count", [1, 4, 16, 64])
@pytest.mark.parametrize("width", [150, 244, 900])
def test_names_do_not_stand_over_each_other_nor_over_the_edge(
    plot: BarPlot, monkeypatch: pytest.MonkeyPatch, count: int, width: int
) -> None:
    plot.resize(width, HIGH)
    names = tuple(f"dimension {i + 1}" for i in range(count))
    plot.show_bars(np.ones(count), names)
    said = painted.written(monkeypatch, bar_plot, plot.grab)
    boxes = [(text, box) for text, box in said if text.startswith("dimension")]
    assert boxes[0][0] == "dimension 1"
    metrics = QFontMetrics(theme.font(theme.SMALL))
    wide = [metrics.horizontalAdvance(text) for text, _ in boxes]
    lefts = [box.center().x() - w / 2 for (_, box), w in zip(boxes, wide, strict=True)]
    rights = [box.center().x() + w / 2 for (_, box), w in zip(boxes, wide, strict=True)]
    assert all(b >= a for a, b in zip(rights, lefts[1:], strict=False))
    assert rights[-1] <= width
    numbers = np.array([int(text.split()[1]) for text, _ in boxes])
    assert len(set(np.diff(numbers))) <= 1  # every n-th


def test_a_line_is_the_ground(plot: BarPlot) -> None:
    hairline = painted.of_colour(painted.pixels(plot), theme.tokens_of(plot).hairline)
    assert hairline[HIGH - BOTTOM - 1 : HIGH - BOTTOM + 1, LEFT + 1 : WIDE - RIGHT - 1].any(0).all()


def test_the_tooltip_names_the_bar_and_beside_the_bars_only_the_axis(plot: BarPlot) -> None:
    at = plot.bar(1).center().toPoint()
    assert painted.tooltip(plot, at) == "two: 0.5, not active\nHow much each dimension says"
    assert painted.tooltip(plot, QPoint(at.x(), 2)).startswith("two")
    for x in (5, WIDE - 1):
        assert painted.tooltip(plot, QPoint(x, 50)) == "How much each dimension says"
    plot.show_bars(np.zeros(0), ())
    assert painted.tooltip(plot, at) == "How much each dimension says"


def test_a_reader_hears_every_bar(plot: BarPlot) -> None:
    assert plot.accessibleName() == "KL in nats"
    assert plot.accessibleDescription() == "one: 2; two: 0.5, not active; three: 0; four: 1"


def test_without_bars_it_says_why(plot: BarPlot, monkeypatch: pytest.MonkeyPatch) -> None:
    plot.set_empty_text("Train a model first")
    plot.show_bars(np.zeros(0), ())
    said = painted.written(monkeypatch, bar_plot, plot.grab)
    assert [text for text, _ in said] == ["Train a model first"]
    assert plot.thing() is None


def test_a_row_a_bar_leaves(plot: BarPlot) -> None:
    thing = plot.thing()
    assert thing is not None
    columns = thing.table(NO_TASK)  # type: ignore[misc]
    assert list(columns) == ["name", "KL in nats", "active"]
    assert list(columns["KL in nats"]) == VALUES.tolist()
    assert list(columns["active"]) == ALIVE.tolist()


def test_bars_are_alive_unless_said_otherwise(plot: BarPlot) -> None:
    plot.show_bars(VALUES, NAMES)
    assert "not active" not in plot.accessibleDescription()


def test_a_bar_says_its_value_where_it_has_room(
    plot: BarPlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = np.array([5.06, 4.738, 0.5, 0.0])
    plot.show_bars(values, NAMES)
    assert "5.06" not in dict(painted.written(monkeypatch, bar_plot, plot.grab))
    plot.resize(WIDE, 500)
    said = dict(painted.written(monkeypatch, bar_plot, plot.grab))
    assert {"5.06", "4.74"} <= set(said) and "0.5" not in said
    assert plot.bar(1).contains(said["4.74"])
    plot.resize(WIDE - 100, 500)  # narrow bars
    assert "5.06" not in dict(painted.written(monkeypatch, bar_plot, plot.grab))


def test_a_high_axis_has_more_numbers(plot: BarPlot, monkeypatch: pytest.MonkeyPatch) -> None:
    plot.resize(WIDE, 700)
    said = dict(painted.written(monkeypatch, bar_plot, plot.grab))
    assert {"0.0", "0.5", "1.0", "1.5", "2.0"} <= set(said)
