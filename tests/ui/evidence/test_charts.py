"""The pictures of the evidence: what is shown when, and nothing of what was."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from explorer.ui.evidence.charts import EvidenceCharts
from tests.ui.evidence.test_bounds import ABOVE, measured

CURVE = [
    {"n": n, "kl_to_prior": 2.0 / n, "kl_to_prior_error": 0.1, "mutual_information": 1.0,
     "mutual_information_error": 0.2, "holes": 0.5, "holes_error": 0.01}
    for n in (8, 16)
]  # fmt: skip
TOGETHER = {
    "aggregate_curve": CURVE, "kl_to_prior_limit": 0.1, "kl_to_prior_limit_interval": [0.0, 0.2],
    "mutual_information_limit": None, "mutual_information_limit_interval": [1.0, 3.0],
}  # fmt: skip


@pytest.fixture
def charts(qtbot: Any, light: None) -> EvidenceCharts:
    made = EvidenceCharts()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.show_known(None)
    return made


def visible(charts: EvidenceCharts) -> list[str]:
    parts = (charts.bounds, charts.said, charts.nats, charts.holes, charts.bars)
    return [part.objectName() for part in parts if part.isVisible()]


def test_before_anything_is_measured_the_dimensions_stand_alone(charts: EvidenceCharts) -> None:
    assert visible(charts) == ["klBars"] and charts.bars.thing() is None
    charts.show_known(np.array([0.5, -0.1, 2.0, 0.005]))
    assert charts.bars._names == ("z3", "z1", "z4", "z2")
    assert charts.bars._values.tolist() == [2.0, 0.5, 0.005, 0.0]
    assert charts.bars._alive.tolist() == [True, True, False, False]


def test_what_was_measured_is_drawn(charts: EvidenceCharts) -> None:
    seen = measured(
        together=TOGETHER, kl_per_dim=np.array([1.0, 3.0]), active=np.array([False, True])
    )
    charts.show_measured(seen, ABOVE)
    assert visible(charts) == [
        "boundsChart", "boundsSaid", "aggregateCurve", "holesCurve", "klBars"
    ]  # fmt: skip
    assert charts.bounds._rows[-1].name == "upper bound" and "drew itself" in charts.said.text()
    lines = {line.name: line for line in charts.nats._lines}
    assert list(lines) == ["KL(q(z) \u2016 p(z))", "I(x; z)", "log n"]
    assert lines["log n"].ceiling and lines["log n"].grown.points == (
        (8, math.log(8), 0.0), (16, math.log(16), 0.0)
    )  # fmt: skip
    assert lines["I(x; z)"].grown.limit.interval == (1.0, 3.0)
    assert lines["KL(q(z) \u2016 p(z))"].grown.points[0] == (8, 0.25, 0.1)
    assert charts.holes.up(1.0) < charts.holes.up(0.5)
    assert charts.bars._names == ("z2", "z1") and charts.bars._alive.tolist() == [True, False]
    charts.show_known(None)
    assert visible(charts) == ["klBars"] and not charts.bounds._rows
    assert charts.nats.thing() is charts.holes.thing() is None


def test_in_part_there_are_no_curves_yet(charts: EvidenceCharts) -> None:
    charts.show_measured(measured(), None)
    assert visible(charts) == ["boundsChart", "boundsSaid", "klBars"]
    assert charts.bars._empty == "The KL has no terms per dimension here"
    charts.show_known(None)
    assert charts.bars._empty == ""


def test_without_log_p_there_are_no_bounds(charts: EvidenceCharts) -> None:
    book = measured(draws=None, importance=None, tenth=None, log_likelihood=None)
    charts.show_measured(book, None)
    assert visible(charts) == ["klBars"] and charts.bounds.thing() is None
