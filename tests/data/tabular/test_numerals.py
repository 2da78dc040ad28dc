"""Numbers as people write them, and dates."""

from __future__ import annotations

import math

import pytest

from explorer.data.tabular.numerals import _SPACES as SPACES
from explorer.data.tabular.numerals import Numerals, is_date, is_missing, numerals_of

WAYS = {
    "plain": (["1.5", "-2", "3e5", ".5"], ";", [1.5, -2.0, 3e5, 0.5]),
    "comma": (["1,5", "-2", "3,25e2"], ";", [1.5, -2.0, 325.0]),
    "quoted comma": (["0,123", "1,5"], ",", [0.123, 1.5]),
    "german": (["1.234,5", "1.234", "0,5"], ";", [1234.5, 1234.0, 0.5]),
    "german millions": (["1.234.567", "12"], ";", [1234567.0, 12.0]),
    "english": (["1,234.5", "12,345", "6.25"], ",", [1234.5, 12345.0, 6.25]),
    "english whole": (["1,234,567", "12"], ",", [1234567.0, 12.0]),
    "quoted thousands": (["1,234", "12,345"], ",", [1234.0, 12345.0]),
    "three decimals": (["1,234", "12,345"], ";", [1.234, 12.345]),
    "below one": (["0,123", "0,456"], ";", [0.123, 0.456]),
    "swiss": (["1'234.50", "12"], ";", [1234.5, 12.0]),
    "french": (["1 234,5", "1\u202f234\u202f567,25"], ";", [1234.5, 1234567.25]),
    "three decimals after a point": (["1.234", "0.5"], ",", [1.234, 0.5]),
    "dates and commas": (["01.02.2024", "1,5"], ";", [None, 1.5]),
}


@pytest.mark.parametrize("way", WAYS)
def test_numbers_in_the_way_of_the_file(way: str) -> None:
    cells, separator, values = WAYS[way]
    numerals = numerals_of(cells, separator)
    assert [numerals.number(cell) for cell in cells] == values
    assert numerals.plain is not bool(numerals.said)


def test_commas_and_points_that_contradict_each_other_change_nothing() -> None:
    assert numerals_of(["1,5", "2.5"], ";") == Numerals()


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-31", "2024/1/31", "31.01.2024", "31.1.24", "1/31/2024", "2024-01", "23:59",
        "2024-01-31T12:30:00Z", "2024-01-31 12:30:00.25", "2024-01-31T12:30:00+01:00",
        "31.01.2024 08:15", "31-Jan-2024", "Jan 31, 2024", "1/31/2024 1:05 PM", "08:15:30,5",
    ],
)  # fmt: skip
def test_dates(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize(
    "text", ["1.5", "20240131", "1.234.567", "a", "", "3-4", "10/20", "v1.2.3"]
)
def test_no_dates(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize("cell", ["", " ", "NA", "n/a", "NaN", "null", "None", "?", "-", "."])
def test_gaps(cell: str) -> None:
    for numerals in (Numerals(), Numerals(",", ".")):
        value = numerals.number(cell)
        assert value is not None and math.isnan(value)
        assert is_missing(cell) and not numerals.is_number(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1", True), (" 1.5 ", True), ("1_000", False), ("a", False), ("inf", True)],
)
def test_what_is_a_number(cell: str, number: bool) -> None:
    """Underscores are Python's, not people's."""
    assert Numerals().is_number(cell) == number and not is_missing(cell)
    assert (Numerals().number(cell) is not None) == number


@pytest.mark.parametrize(
    ("cells", "separator", "numerals", "said"),
    [
        (["1,234"], ";", Numerals(",", ""), "a decimal comma"),
        (["1,234"], ",", Numerals(".", ","), "commas between thousands"),
        (["1,234", "1.234"], ";", Numerals(), ""),
        (["1.234"], ";", Numerals(), ""),
        (["1.234", "0,5"], ";", Numerals(",", "."), "a decimal comma and points between thousands"),
        (["1,234", "0.5"], ";", Numerals(".", ","), "commas between thousands"),
        (["1 234", "0.5"], ";", Numerals(".", SPACES), "spaces or apostrophes between thousands"),
        (["1 234", "0,5"], ";", Numerals(",", SPACES),
         "a decimal comma and spaces or apostrophes between thousands"),
        (["1 234", "1,234"], ";", Numerals(",", SPACES),
         "a decimal comma and spaces or apostrophes between thousands"),
        (["1 234"], ";", Numerals(".", SPACES), "spaces or apostrophes between thousands"),
        (["1 234", "1,5", "2.5"], ";", Numerals(".", SPACES),
         "spaces or apostrophes between thousands"),
        (["abc", "", "x"], ";", Numerals(), ""),
        (["1,234,567", "1.5"], ";", Numerals(".", ","), "commas between thousands"),
        (["1.234.567", "1,234"], ";", Numerals(",", "."),
         "a decimal comma and points between thousands"),
    ],
)  # fmt: skip
def test_what_the_cells_tell(
    cells: list[str], separator: str, numerals: Numerals, said: str
) -> None:
    found = numerals_of(cells, separator)
    assert found == numerals and found.plain == (numerals == Numerals())
    assert found.said == ([f"numbers are read with {said}"] if said else [])
