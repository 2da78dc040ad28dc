from __future__ import annotations

import numpy as np
import pytest

from explorer.data.dataset import Preparation
from explorer.ui.widgets.charts.rows.difference_chart import (
    DifferenceChart,
    FeatureDifferences,
    SignalDifferences,
    about_zero,
)
from explorer.ui.widgets.charts.rows.series import Series

TABLE = Preparation(
    1, 3, kind="table", levels=1, centre=(10.0, 0.5, 0.5), scale=(2.0, 0.5, 0.5),
    names=("width (cm)", "colour=red", "colour=blue"),
)  # fmt: skip


@pytest.fixture
def chart(qtbot) -> DifferenceChart:
    made = DifferenceChart()
    qtbot.addWidget(made)
    made.resize(340, 160)
    made.show()
    return made


def series(*rows: list[float]) -> list[Series]:
    return [Series("model", "VAE", np.array(row, np.float32)) for row in rows]


def test_a_difference_is_told_in_the_units_of_the_file_without_the_mean(chart):
    chart.show_rows(TABLE, series([0.25, 1.0, -1.0]))
    told = chart.features.table().splitlines()
    assert told[1].split("\t") == ["width (cm)", "0.5"]
    assert told[2].split("\t") == ["colour: red", "0.50"]
    assert told[3].split("\t") == ["colour: blue", "\u22120.50"]


def test_the_axis_ends_where_the_largest_difference_of_all_fits(qtbot):
    chart = FeatureDifferences()
    qtbot.addWidget(chart)
    made = about_zero(TABLE)
    for rows, edge in (([[0.1, 0, 0]], 0.15), ([[0.1, 0, 0], [0, 0, -1.4]], 1.5),
                       ([[99.0, 0, 0]], 15.0), ([[np.nan, 0, 0.2]], 0.3)):  # fmt: skip
        chart.show_rows(made, series(*rows))
        assert chart.edge == edge
    assert chart.middle == "0"


def test_zero_lies_in_the_middle_of_a_signal(qtbot):
    chart = SignalDifferences()
    qtbot.addWidget(chart)
    made = about_zero(Preparation(1, 4, kind="signals", levels=1, centre=(5.0,) * 4,
                                  scale=(2.0,) * 4))  # fmt: skip
    chart.show_rows(made, series([0.5, -1.5, 0, 0], [1.0, 0, 0, 0]))
    assert chart._ranges == [(-3.0, 3.0)]
    chart.show_rows(made, series([0, 0, 0, 0]))
    assert chart._ranges == [(-1.0, 1.0)]


def test_nothing_to_compare_is_no_chart(chart):
    chart.show_rows(None, [])
    assert chart.series() == () and not chart.features.isVisible()
