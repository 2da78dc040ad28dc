"""Columns of a new table in the order that a model learned."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.data.steps.columns import lacking, matched, one_hot_name
from explorer.errors import DataError

ROWS = np.arange(12.0).reshape(3, 4)


@pytest.mark.parametrize(
    ("columns", "wanted", "index"),
    [
        ("abcd", "dca", [3, 2, 0]),
        ("abcd", "abcd", [0, 1, 2, 3]),
        (("a", "c=red", "c=blue", "b"), ("c=green", "a", "c=blue"), [-1, 0, 2]),
        (tuple(f"column {i}" for i in (1, 2, 3, 5)), tuple(f"column {i}" for i in (2, 3, 4, 5)),
         [0, 1, 2, 3]),  # without names the order tells
        (("column 1", "column 2", "a", "b"), ("a", "column 1", "b", "column 2"), [2, 0, 3, 1]),
        (tuple(f"column {i}" for i in (1, 2, 3, 4)), ("column 4", "column 1"), [3, 0]),
    ],
)  # fmt: skip
def test_columns_are_found_by_name(
    columns: tuple[str, ...], wanted: tuple[str, ...], index: list[int]
) -> None:
    found = matched(tuple(columns), tuple(wanted), "a.csv")
    assert found.index.tolist() == index
    there = np.where(found.index >= 0, ROWS[:, found.index], 0)  # another category is not this one
    np.testing.assert_array_equal(found.taken(ROWS), there)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("abx", "no column 'x' to read"),
        ("xyz", "no column 'x', 'y', 'z' to read"),
        ("uvwxyz", "no column 'u', 'v', 'w' and 3 more to read"),
        (("a", "size=big"), "no column 'size=big' to read"),
        (("a", "a=1"), "no column 'a=1' to read"),
    ],
)
def test_what_is_missing_is_named(wanted: tuple[str, ...], said: str) -> None:
    with pytest.raises(DataError, match=f"{said}.*give all that the model learned"):
        matched(("a", "b", "c=red", "d"), tuple(wanted), "a.csv")


def test_a_value_of_a_category_is_not_missing() -> None:
    columns = ("a", one_hot_name("c", "red"), one_hot_name("e", "x=y"))
    assert columns[1:] == ("c=red", "e=x=y")
    assert lacking(columns, ("c=blue", "e=z", "a", "b", "f=1")) == ["b", "f=1"]
