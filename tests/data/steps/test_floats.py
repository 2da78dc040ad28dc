"""explorer.data.steps.floats: what is missing or the same, said at each limit."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.data.steps.floats import ColumnStatistics, constant_columns, require_values
from explorer.errors import DataError
from tests.data.makers import sentence

NAMES = tuple("abcdefg")


def survey(present: list[int], same: tuple[int, ...] = ()) -> ColumnStatistics:
    """Of columns from 0 to 1, those that are the ``same`` at 0."""
    d = len(present)
    high = np.ones(d)
    high[list(same)] = 0.0
    return ColumnStatistics(np.zeros(d), high, np.zeros(d), np.array(present))


def test_nothing_missing_is_nothing_said() -> None:
    assert require_values(survey([10, 10]), 10, NAMES[:2], "here") == []


def test_gaps_are_counted_and_named() -> None:
    one = require_values(survey([9, 10]), 10, NAMES[:2], "here")
    assert one == ["1 missing value is filled with the mean: the column 'a' 1"]
    said = require_values(survey([8, 10, 7]), 10, NAMES[:3], "here")[0]
    assert said.startswith("5 missing values are filled with the mean: ")
    assert " 2" in said and " 3" in said and "'b'" not in said


@pytest.mark.parametrize(
    ("columns", "more"), [(4, ""), (5, "1 more column"), (7, "3 more columns")]
)
def test_four_columns_are_named_and_the_rest_counted(columns: int, more: str) -> None:
    said = require_values(survey([9] * columns), 10, NAMES[:columns], "here")[0]
    assert said.endswith(f" and {more}" if more else " 1")


@pytest.mark.parametrize(("present", "fits"), [(5, True), (4, False), (0, False)])
def test_a_column_of_which_more_than_half_is_missing_is_refused(
    present: int, *, fits: bool
) -> None:
    found = survey([10, present, 9])
    if fits:
        assert require_values(found, 10, NAMES[:3], "here")
        return
    with pytest.raises(DataError) as caught:
        require_values(found, 10, NAMES[:3], "here")
    sentence(caught.value)
    held = f"{present} values" if present else "no values"
    assert f"holds {held} in 10 rows" in str(caught.value)


def test_columns_that_say_nothing_are_named() -> None:
    assert constant_columns(survey([9] * 3), NAMES[:3]) == []
    assert constant_columns(survey([9] * 3, (1,)), NAMES[:3]) == [
        "the same value in all rows of 'b'"
    ]
    four = constant_columns(survey([9] * 7, (0, 1, 2, 3)), NAMES)
    assert four == ["the same value in all rows of 'a', 'b', 'c', 'd'"]
    six = constant_columns(survey([9] * 7, (0, 1, 2, 3, 4, 5)), NAMES)
    assert six == ["the same value in all rows of 'a', 'b', 'c', 'd' and 2 more"]


@pytest.mark.parametrize(
    ("same", "verb"), [((2,), "1 of 3 values is"), ((0, 2), "2 of 3 values are")]
)
def test_values_without_names_are_counted(same: tuple[int, ...], verb: str) -> None:
    assert constant_columns(survey([9] * 3, same), ()) == [f"{verb} the same in all samples"]
