"""explorer.ui.widgets.charts.scree_plot: bars as high as their shares, and what they say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from explorer.ui.widgets.charts.scree_plot import BOTTOM, LEFT, MOST, RIGHT, TOP, ScreePlot

RATIO = np.array([0.5, 0.25, 0.125, 0.0])


@pytest.fixture
def plot(qtbot: Any) -> ScreePlot:
    made = ScreePlot()
    qtbot.addWidget(made)
    made.resize(LEFT + RIGHT + 80, TOP + BOTTOM + 100)
    made.set_ratio(RATIO)
    return made


@pytest.mark.parametrize(("i", "height"), [(0, 50), (1, 25), (2, 12.5), (3, 0)])
def test_a_bar_is_as_high_as_its_share_of_the_room(plot: ScreePlot, i: int, height: float) -> None:
    bar = plot.bar(i)
    assert bar.height() == pytest.approx(height) and bar.bottom() == pytest.approx(TOP + 100)
    assert bar.left() == pytest.approx(LEFT + 20 * i + 1) and bar.width() == pytest.approx(18)


def test_a_component_says_its_share_and_all_up_to_it(plot: ScreePlot) -> None:
    assert plot.text_of(0) == "PC1: 50.0% of the variance; up to here 50.0%"
    assert plot.text_of(2) == "PC3: 12.5% of the variance; up to here 87.5%"
    assert plot.accessibleDescription().split("; PC")[1].startswith("2: 25.0%")


@pytest.mark.parametrize(
    ("x", "i"),
    [
        (LEFT - 1, None),
        (LEFT, 0),
        (LEFT + 19, 0),
        (LEFT + 20, 1),
        (LEFT + 79, 3),
        (LEFT + 80, None),
    ],
)
def test_the_component_under_the_pointer(plot: ScreePlot, x: float, i: int | None) -> None:
    assert plot._component_at(x) == i


def test_no_more_components_than_there_is_room_for(plot: ScreePlot) -> None:
    plot.set_ratio(np.full(MOST + 5, 0.01))
    assert plot.accessibleDescription().count("PC") == MOST


def test_nothing_is_said_of_what_is_no_longer_shown(plot: ScreePlot) -> None:
    plot.set_ratio(None)
    assert plot.accessibleDescription() == "" and plot._component_at(LEFT + 5) is None
    assert not plot.grab().isNull()


def test_chosen_components_are_seen(plot: ScreePlot) -> None:
    before = plot.grab().toImage()
    plot.set_chosen((1, 2))
    after = plot.grab().toImage()
    at = plot.bar(1).center().toPoint()
    assert after.pixelColor(at) != before.pixelColor(at)
    first = plot.bar(0).center().toPoint()
    plot.set_chosen((0,))
    assert plot.grab().toImage().pixelColor(first) == after.pixelColor(at)
