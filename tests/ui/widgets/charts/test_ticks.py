"""explorer.ui.widgets.charts.ticks: marks at round places."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.ui.widgets.charts.ticks import round_step, round_ticks


@pytest.mark.parametrize(
    ("low", "high", "most", "step"),
    [
        (0, 10, 5, 2),
        (0, 10, 10, 1),
        (0, 10, 4, 5),
        (0, 10, 1, 10),
        (0, 10, 0, 10),
        (0, 11, 5, 5),
        (0, 1, 5, 0.2),
        (-0.03, 0.03, 6, 0.01),
        (0, 60_000, 5, 20_000),
        (5, 5.5, 5, 0.1),
    ],
)
def test_steps_are_one_two_or_five(low: float, high: float, most: int, step: float) -> None:
    assert round_step(low, high, most) == pytest.approx(step)


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (0, 10, ["0", "2", "4", "6", "8", "10"]),
        (0.1, 9.9, ["2", "4", "6", "8"]),
        (-1, 1, ["\u22121.0", "\u22120.5", "0.0", "0.5", "1.0"]),
        (0, 0.1, ["0.00", "0.02", "0.04", "0.06", "0.08", "0.10"]),
        (0, 5000, ["0", "1,000", "2,000", "3,000", "4,000", "5,000"]),
        (0.25, 0.75, ["0.3", "0.4", "0.5", "0.6", "0.7"]),
    ],
)
def test_marks_are_written_with_the_digits_of_their_step(
    low: float, high: float, texts: list[str]
) -> None:
    assert [text for _, text in round_ticks(low, high)] == texts


@pytest.mark.parametrize(("low", "high"), [(1, 1), (2, 1), (math.nan, 1), (0, math.inf)])
def test_where_there_is_no_width_there_is_no_mark(low: float, high: float) -> None:
    assert round_ticks(low, high) == []


@given(
    st.floats(-1e6, 1e6, allow_nan=False),
    st.floats(1e-3, 1e6),
    st.integers(min_value=1, max_value=12),
)
def test_marks_lie_within_the_limits_and_are_not_too_many(
    low: float, width: float, most: int
) -> None:
    high = low + width
    marks = [value for value, _ in round_ticks(low, high, most)]
    room = 1e-6 * max(abs(low), abs(high), width)
    assert len(marks) <= most + 1
    assert all(low - room <= value <= high + room for value in marks)
    assert marks == sorted(marks)
