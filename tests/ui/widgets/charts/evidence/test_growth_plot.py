"""Values by the number of codes: where points, bars, ceilings and limits stand."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF

from explorer.analysis.errors import Z
from explorer.compute.measuring.aggregate import Grown, Limit
from explorer.task import NO_TASK
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.evidence import growth_plot
from explorer.ui.widgets.charts.evidence.growth_plot import (
    BOTTOM,
    END,
    INSET,
    LEFT,
    RIGHT,
    TOP,
    GrowthPlot,
    Line,
)
from tests.ui import painted

WIDE, HIGH = 340, 240
KL = Line("KL", Grown(((10, 4.0, 0.5), (100, 2.0, 0.25), (1000, 1.0, 0.0)), Limit(0.5, (0.2, 0.9))))
TOLD = Line(
    "I", Grown(((10, 2.0, 0.0), (100, 3.0, 0.0), (1000, 3.5, 0.0)), Limit(None, (3.6, 4.8)))
)
LOG = Line("log n", Grown(tuple((n, math.log(n), 0.0) for n in (10, 100, 1000))), ceiling=True)
HIGHEST = 4.0 + Z * 0.5


@pytest.fixture
def plot(qtbot: Any) -> GrowthPlot:
    made = GrowthPlot("All codes, nats", "What it is")
    qtbot.addWidget(made)
    made.resize(WIDE, HIGH)
    made.show()
    made.show_lines([KL, TOLD, LOG])
    return made


def pixel(n: float, value: float, top: float = 1.08 * HIGHEST) -> tuple[float, float]:
    """A logarithmic axis from 10 to 1,000 with room beside it, and a plain one from 0."""
    wide, high = WIDE - LEFT - RIGHT - END - 2 * INSET, HIGH - TOP - BOTTOM
    across = (
        WIDE - RIGHT - END / 2 if n == math.inf else LEFT + INSET + math.log10(n / 10) / 2 * wide
    )
    return across, HIGH - BOTTOM - value / top * high


@pytest.mark.parametrize("name", ["light", "dark"])
def test_points_and_limits_stand_where_the_numbers_say(
    light: None, plot: GrowthPlot, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    tokens, seen = theme.tokens_of(plot), painted.pixels(plot)
    colours = [painted.rgb(c) for c in (tokens.accent, tokens.warn)]
    for line, colour in zip((KL, TOLD), colours, strict=True):
        for n, value, _ in line.grown.points:
            x, y = pixel(n, value)
            assert tuple(seen[int(y), int(x)]) == colour, (line.name, n)
    x, y = pixel(math.inf, 0.5)
    assert tuple(seen[int(y), int(x)]) == colours[0]
    assert tuple(seen[HIGH - 1, 1]) == painted.rgb(tokens.surface)


def test_a_bar_is_a_95_percent_interval(plot: GrowthPlot) -> None:
    ink = painted.of_colour(painted.pixels(plot), theme.tokens_of(plot).accent, near=80)
    for n, low, high in ((10, 4 - Z * 0.5, 4 + Z * 0.5), (math.inf, 0.2, 0.9)):
        x, above = pixel(n, high)
        below = pixel(n, low)[1]
        rows = np.flatnonzero(ink[TOP:, int(x) - 2 : int(x) + 3].any(axis=1)) + TOP
        assert rows.min() == pytest.approx(above, abs=1.5)
        assert rows.max() == pytest.approx(below, abs=1.5)


def test_a_limit_without_a_value_is_its_interval_alone(plot: GrowthPlot) -> None:
    ink = painted.of_colour(painted.pixels(plot), theme.tokens_of(plot).warn, near=80)
    x, above = pixel(math.inf, 4.8)
    below = pixel(math.inf, 3.6)[1]
    rows = np.flatnonzero(ink[TOP:, int(x) - 1 : int(x) + 2].any(axis=1)) + TOP
    assert (rows.min(), rows.max()) == (
        pytest.approx(above, abs=1.5),
        pytest.approx(below, abs=1.5),
    )
    assert ink[int(above) + 4, int(x) - 6 : int(x) + 7].sum() <= 2, "a line, no dot"
    plot.show_lines([Line("I", Grown(TOLD.grown.points, Limit(4.2, (3.6, 4.8))))])
    ink = painted.of_colour(painted.pixels(plot), theme.tokens_of(plot).accent, near=80)
    x, y = pixel(math.inf, 4.2, plot.top())
    assert ink[int(y), int(x) - 6 : int(x) + 7].sum() >= 5


def test_no_line_leads_to_the_limit(plot: GrowthPlot) -> None:
    ink = painted.of_colour(painted.pixels(plot), theme.tokens_of(plot).accent, near=80)
    between = int((pixel(1000, 0)[0] + pixel(math.inf, 0)[0]) / 2)
    assert not ink[TOP:, between].any()


def test_a_ceiling_ends_at_the_upper_edge_with_its_name(
    plot: GrowthPlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = dict(painted.written(monkeypatch, growth_plot, plot.grab))
    share = (1.08 * HIGHEST - math.log(100)) / math.log(10)  # of the way from 100 to 1,000
    leaves = pixel(100, 0)[0] + share * (pixel(1000, 0)[0] - pixel(100, 0)[0])
    assert said["log n"].left() == pytest.approx(leaves + 4, abs=0.5) and said["log n"].top() == TOP
    ink = painted.of_colour(painted.pixels(plot), theme.tokens_of(plot).quiet, near=90)
    assert ink[TOP : TOP + 3, int(leaves) - 3 : int(leaves) + 3].any()
    x, y = pixel(10, math.log(10))
    assert ink[int(y) - 2 : int(y) + 3, int(x) : int(x) + 3].any()


def test_a_ceiling_within_the_picture_has_its_name_above_its_end(
    plot: GrowthPlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    low = Line("most", Grown(tuple((n, 2.0, 0.0) for n in (10, 100, 1000))), ceiling=True)
    plot.show_lines([KL, low])
    box = dict(painted.written(monkeypatch, growth_plot, plot.grab))["most"]
    x, y = pixel(1000, 2.0)
    assert box.right() == pytest.approx(x) and box.top() == pytest.approx(y - 15)


def test_a_ceiling_that_begins_beyond_the_edge_is_named_there(
    plot: GrowthPlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = Line("far", Grown(((10, 99.0, 0.0), (100, 99.0, 0.0))), ceiling=True)
    plot.show_lines([KL, far])
    monkeypatch.setattr(GrowthPlot, "top", lambda _: 1.08 * HIGHEST)
    box = dict(painted.written(monkeypatch, growth_plot, plot.grab))["far"]
    assert box.top() == TOP and box.left() == pytest.approx(pixel(10, 0)[0] + 4)


def test_axes_and_legend_name_what_is_drawn(
    plot: GrowthPlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = dict(painted.written(monkeypatch, growth_plot, plot.grab))
    assert {"10", "100", "1,000", "\u221e", "0", "2", "4", "number of codes"} <= set(said)
    for n, text in ((10, "10"), (1000, "1,000"), (math.inf, "\u221e")):
        assert said[text].center().x() == pytest.approx(pixel(n, 0)[0])
    assert said["4"].center().y() == pytest.approx(pixel(10, 4.0)[1])
    named = dict(painted.written(monkeypatch, growth_plot, plot.grab))
    assert {"All codes, nats", "KL", "I"} <= set(named) and named["I"].left() > named["KL"].right()
    plot.show_lines([Line("holes", Grown(((10, 0.5, 0.0), (20, 0.25, 0.0))))])
    named = dict(painted.written(monkeypatch, growth_plot, plot.grab))
    assert "holes" not in named, "of one line the title says what it is"
    assert "\u221e" not in named


def test_numbers_below_that_would_touch_are_left_out_from_the_few(plot: GrowthPlot) -> None:
    many = tuple((10 * 2**k, 1.0, 0.0) for k in range(9))
    plot.show_lines([Line("a", Grown(many))])
    named = plot._named()
    assert named[-1] == 2560 and 1 < len(named) < 9 and named == sorted(named)
    places = [plot.across(n) for n in named]
    assert min(b - a for a, b in pairwise(places)) >= growth_plot.TICK


def test_shares_reach_from_none_to_all(
    qtbot: Any, light: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = GrowthPlot("Holes", "", share=True)
    qtbot.addWidget(made)
    made.resize(WIDE, HIGH)
    made.show_lines([Line("holes", Grown(((10, 0.5, 0.1), (1000, 0.25, 0.0))))])
    assert made.across(1000) == WIDE - RIGHT - INSET, "nothing is known of ever more"
    assert made.up(1.0) == TOP and made.up(0.0) == HIGH - BOTTOM
    assert {"0%", "100%"} <= set(dict(painted.written(monkeypatch, growth_plot, made.grab)))
    assert made.accessibleDescription() == "holes: 10: 50.0%, 1,000: 25.0%"


def test_the_pointer_hears_the_values_of_the_nearest_number(plot: GrowthPlot) -> None:
    def told(n: float) -> list[str]:
        return painted.tooltip(plot, QPointF(pixel(n, 0)[0] + 3, 100)).splitlines()

    assert told(100) == ["100 codes", "KL: 2.00 \u00b1 0.25", "I: 3.00 \u00b1 0.00",
                         "log n: 4.61", "What it is"]  # fmt: skip
    assert told(math.inf) == ["ever more codes", "KL: 0.50, 0.20 to 0.90", "I: 3.60 to 4.80",
                              "What it is"]  # fmt: skip
    plot.show_lines([])
    assert painted.tooltip(plot, QPoint(100, 100)) == "What it is"


def test_a_reader_hears_every_line(plot: GrowthPlot) -> None:
    assert plot.accessibleDescription() == (
        "KL: 10: 4.00, 100: 2.00, 1,000: 1.00, ever more codes: 0.50, 0.20 to 0.90; "
        "I: 10: 2.00, 100: 3.00, 1,000: 3.50, ever more codes: 3.60 to 4.80; "
        "log n: 10: 2.30, 100: 4.61, 1,000: 6.91"
    )


def test_a_row_a_point_leaves_and_ever_more_codes_are_inf(plot: GrowthPlot) -> None:
    thing = plot.thing()
    assert thing is not None and thing.table is not None and thing.drawing is not None
    columns = thing.table(NO_TASK)
    assert list(columns["quantity"]) == ["KL"] * 4 + ["I"] * 4 + ["log n"] * 3
    assert list(columns["codes"])[:4] == [10, 100, 1000, math.inf]
    assert columns["low"][0] == 4 - Z * 0.5 and list(columns["high"])[3] == 0.9
    assert math.isnan(list(columns["value"])[7]) and list(columns["value"])[8] == math.log(10)
    assert list(columns["low"])[8] == list(columns["high"])[8] == math.log(10)


def test_without_points_there_is_nothing(plot: GrowthPlot, monkeypatch: pytest.MonkeyPatch) -> None:
    plot.set_empty_text("Nothing yet")
    plot.show_lines([Line("KL", Grown(()))])
    assert plot.thing() is None and plot.accessibleDescription() == ""
    assert [t for t, _ in painted.written(monkeypatch, growth_plot, plot.grab)] == ["Nothing yet"]


def test_one_number_of_codes_is_a_picture_too(plot: GrowthPlot) -> None:
    plot.show_lines([Line("KL", Grown(((10, 0.0, 0.0),)))])
    plot.grab()
    assert painted.tooltip(plot, QPoint(WIDE - 9, 100)).startswith("10 codes")
    assert plot.across(10) == LEFT + INSET and plot.up(0.0) == HIGH - BOTTOM
