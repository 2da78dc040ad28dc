"""explorer.data.tabular.unlearnable: columns that only tell samples apart, at each limit."""

from __future__ import annotations

import math

import pytest

from explorer.data.tabular.columns import Column
from explorer.data.tabular.unlearnable import parted
from tests.data.tabular.making import column, reals


def gone(one: Column, *, named: bool = True, others: int = 2) -> bool:
    """Whether it is left out beside real numbers."""
    rows = len(one.values)
    rest = reals(others, rows, first=one.place + 1)
    before = reals(one.place, rows)
    found = parted([*before, one, *rest], named=named)
    assert len(found.said) == len(found.aside) <= 1
    assert len(found.features) + len(found.aside) == 1 + len(rest) + len(before)
    return one in found.aside


COUNTING = [float(i) for i in range(20)]
LARGE = [10_000.0 + 7 * i for i in range(20)]


@pytest.mark.parametrize(
    ("values", "numbers"),
    [
        (COUNTING, True),
        (COUNTING[::-1], True),
        ([v + 5 for v in COUNTING], True),
        ([*COUNTING[:-1], 20.0], False),
        ([*COUNTING[:-1], 0.0], False),
        ([*COUNTING[:-1], math.nan], False),
        ([0.0, 1.0], True),
    ],
)
def test_row_numbers_have_no_hole(values: list[float], *, numbers: bool) -> None:
    assert gone(column("row", values)) == numbers
    assert gone(column("weight", values)) is False


@pytest.mark.parametrize("name", ["", "Unnamed: 0"])
def test_the_first_column_without_a_name_numbers_the_rows(name: str) -> None:
    assert gone(column(name, COUNTING)) and not gone(column(name, COUNTING, place=1))


@pytest.mark.parametrize(
    ("values", "numbers"),
    [(COUNTING, True), ([v + 1 for v in COUNTING], True), ([v + 2 for v in COUNTING], False)],
)
def test_without_names_they_count_from_0_or_1(values: list[float], *, numbers: bool) -> None:
    first = column("a", values)
    assert gone(first, named=False) == numbers
    assert not gone(column("a", values, place=1), named=False)
    assert not gone(column("a", values[::-1]), named=False)


@pytest.mark.parametrize(("rows", "numbers"), [(7, False), (8, True)])
def test_few_rows_count_by_chance(rows: int, *, numbers: bool) -> None:
    assert gone(column("a", COUNTING[:rows]), named=False) == numbers


@pytest.mark.parametrize("name", ["id", "userId", "order key", "sample_uuid"])
def test_a_name_of_names_is_left_out_where_most_differ(name: str) -> None:
    assert gone(column(name, LARGE))
    assert gone(column(name, [f"s{i}" for i in range(20)], place=1))
    for different, out in ((10, False), (11, True)):
        assert gone(column(name, [3.0 * (i % different) for i in range(20)])) == out
    assert not gone(column(name, [v + 0.5 for v in COUNTING]))


def test_more_than_categories_are_names_though_they_come_again() -> None:
    for different, out in ((50, False), (51, True)):
        assert gone(column("id", [3.0 * (i % different) for i in range(200)])) == out


@pytest.mark.parametrize(("texts", "out"), [(["a", "b"], False), (["a", "b", "c"], True)])
def test_a_first_column_of_different_texts_names_the_rows(texts: list[str], *, out: bool) -> None:
    assert gone(column("fruit", texts)) == out
    assert not gone(column("fruit", texts, place=1))
    assert not gone(column("fruit", [*texts, "a"]))


@pytest.mark.parametrize(
    ("values", "out"),
    [
        (LARGE, True),
        ([v - 1 for v in LARGE], False),
        (LARGE[:16], True),
        (LARGE[:15], False),
        ([10_000.0 + i % 9 for i in range(20)], False),
    ],
)
def test_without_names_large_first_numbers_are_names(values: list[float], *, out: bool) -> None:
    assert gone(column("a", values), named=False) == out
    assert not gone(column("a", values, place=1), named=False)


@pytest.mark.parametrize(
    ("texts", "out"),
    [
        (["train", "test"] * 4, True),
        (["Training", "PublicTest"] * 4, True),
        (["train", "other"] * 4, False),
        (["train"] * 8, False),
    ],
)
def test_a_side_of_a_split_needs_both(texts: list[str], *, out: bool) -> None:
    assert gone(column("part", texts, place=1)) == out


@pytest.mark.parametrize(
    ("name", "values", "out"),
    [
        ("date", [20240131.0, 20240201.0], True),
        ("date", [19000101.0, 21001231.0], True),
        ("date", [19000100.0, 21001231.0], False),
        ("date", [19000101.0, 21001232.0], False),
        ("created", [8e8, 4.2e9], True),
        ("created", [7.9e8, 4.2e9], False),
        ("Timestamp", [8e11, 4.2e12], True),
        ("mass", [20240131.0, 20240201.0], False),
        ("date", [20240131.5, 20240201.0], False),
    ],
)
def test_numbers_that_are_dates_need_a_name_that_says_so(
    name: str, values: list[float], *, out: bool
) -> None:
    assert gone(column(name, values, place=1)) == out
    assert not gone(column(name, values, place=1), named=False)


def test_texts_that_are_dates_are_no_names() -> None:
    found = parted(
        [column("id", ["2024-01-31", "2024-02-01", "2024-02-02"]), *reals(2)], named=True
    )
    assert found.said == ["the column 'id' holds dates and is left out"]


def test_an_empty_column_goes_and_one_column_stays() -> None:
    assert gone(column("a", [math.nan] * 20))
    one = column("row", COUNTING)
    assert parted([one], named=True).features == [one]
    two = [column("row", COUNTING), column("weight id", [3 * v for v in COUNTING], 1)]
    assert parted(two, named=True).features == [two[1]]  # and not none, though both tell


def test_what_goes_is_said_with_how_to_keep_it() -> None:
    rest = reals(2, 20, first=3)
    two = [column("id", COUNTING), column("row", COUNTING, 1)]
    both = parted([*two, *rest], named=True).said[0]
    assert both.startswith("the columns 'id', 'row' number the rows and are left out")
    assert both.endswith("; --drop none keeps them")
    one = parted([two[0], *rest], named=True).said[0]
    assert "numbers the rows and is left out; --drop none keeps it" in one
    texts = parted([column("name", ["a", "b", "c"]), *reals(2, 3, first=1)], named=True).said[0]
    assert "--drop" not in texts
    bare = parted([column("", COUNTING), *rest], named=False).said
    assert bare == ["the column of row numbers is left out"]
