"""A first row of words or numbers: names, or a sample."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from explorer.data.choices import ChoiceRefused
from explorer.data.tabular.naming import (
    _apart,
    _counts,
    _even,
    _mostly_words,
    _ordered,
    header_of,
    require_column,
)
from explorer.data.tabular.numerals import Numerals
from explorer.errors import DataError

RANDOM = np.random.default_rng(0)
REALS = RANDOM.normal(size=(40, 12)).round(3)
CURVES = np.cumsum(REALS, axis=1).round(3)
COUNTS = RANDOM.integers(0, 17, (40, 12))
SHADES = (np.cumsum(RANDOM.random(12) + 0.4) + 350).round(2)


def cells(rows: Sequence[Sequence[object]]) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in rows]


def named(first: Sequence[object], below: np.ndarray, chosen: bool | None = None) -> bool:
    rows = cells([first, *below.tolist()])
    return header_of(rows, Numerals(), chosen, "a.csv")[0] is not None


NAMES = {
    "words": (list("abcdefghijkl"), REALS),
    "wavelengths": (range(400, 520, 10), CURVES),
    "uneven wavelengths": (SHADES, CURVES),
    "falling wave numbers": (SHADES[::-1], CURVES),
    "years": (range(2001, 2013), REALS),
    "numbers of columns": (range(12), REALS),
    "numbers of columns over counts": (range(12), COUNTS),
    "few numbers of columns": (range(3), REALS[:, :3]),
    "a word before years": (["country", *range(2001, 2012)], REALS),
    "an empty corner": (["", *range(11)], REALS),
    "an empty corner before two": (["", 0, 1], REALS[:, :3]),
    "counts before words": (["150", "4", "setosa", "versicolor", "virginica"], REALS[:, :5]),
}
SAMPLES = {
    "reals": (REALS[0], REALS[1:]),
    "counts": (COUNTS[0], COUNTS[1:]),
    "rising rows": (np.arange(12) / 7, np.sort(REALS, axis=1)),
    "ramps": (np.arange(12), np.arange(12) * np.arange(1, 30)[:, None]),
    "small whole numbers": ([1, 2, 3], np.array([[4, 5, 6], [-70, 8, 9], [1, 1, 2]])),
    "one word": ([1.5, "oops", 2.5, 0.5], REALS[:, :4]),
}


@pytest.mark.parametrize("case", NAMES)
def test_names(case: str) -> None:
    assert named(*NAMES[case])
    assert not named(*NAMES[case], chosen=False)


@pytest.mark.parametrize("case", SAMPLES)
def test_samples(case: str) -> None:
    assert not named(*SAMPLES[case])


def test_the_user_knows_better() -> None:
    assert named(*SAMPLES["reals"], chosen=True)


def test_numbers_as_names_are_said() -> None:
    said = header_of(cells([range(12), *REALS.tolist()]), Numerals(), None, "a.csv")[1]
    assert len(said) == 1 and "--no-header" in said[0]
    assert not header_of(cells([list("abcdefghijkl"), *REALS.tolist()]), Numerals(), None, "")[1]


def test_one_name_twice_is_refused() -> None:
    with pytest.raises(DataError, match=r"two columns are called '1\.5'"):
        header_of([["1.5", "1.5"], ["2", "3"]], Numerals(), True, "a.csv")


@pytest.mark.parametrize(
    ("word", "place"),
    [("b", 1), ("B", 1), ("2", 2), ("column 2", 1), ("1", 0), ("3", 2), ("Column 4", 3)],
)
def test_columns_by_name_and_number(word: str, place: int) -> None:
    assert require_column(word, ("a", "b", "2", "d"), "drop", "a.csv") == place


@pytest.mark.parametrize("word", ["x", "0", "5", "column", "-1", ""])
def test_a_column_that_is_not_there_names_those_that_are(word: str) -> None:
    with pytest.raises(ChoiceRefused, match="choose from a, b") as refused:
        require_column(word, ("a", "b"), "label", "a.csv")
    assert refused.value.choice == "label"


TABLES = {
    "words above words": ("name town", "a b", "c d", True),
    "a word that is below, too": ("a b", "a c", "d e", False),
    "a word that is below, above numbers": ("a b", "a 1", "c 2", True),
    "one word twice": ("a a", "b c", "d e", False),
    "dates and nothing": ("2020-01-01 NA", "3 4", "5 6", False),
    "dates above words": ("2020-01-01 2021-01-01", "a b", "c d", False),
    "two numbers": ("0 1", "0.5 1.5", "2.5 0.1", False),
    "two numbers and a word": ("country 2001 2002", "3 0.5 1.5", "4 2.5 0.1", True),
    "one number and a word": ("country 2001", "x 0.5", "y 2.5", False),
    "one row below": ("400 410 420 430 440", "0.1 0.2 0.1 0.3 0.2", None, False),
    "two rows below": ("400 410 420 430 440", "0.1 0.2 0.1 0.3 0.2", "1 2 1 3 4", True),
    "one number twice": ("400 410 410 430 440", "0.1 0.2 0.1 0.3 0.2", "1 2 1 3 4", False),
    "five in no order": ("500 400 450 600 700", "0.1 0.2 0.1 0.3 0.2", "1 2 1 3 4", False),
    "five in order": ("400 410 425 600 707", "0.1 0.2 0.1 0.3 0.2", "1 2 1 3 4", True),
    "four in order": ("400 410 425 600", "0.1 0.2 0.1 0.3", "1 2 1 3", False),
    "four years above decimals": ("2001 2002 2003 2004", "0.1 2 0.1 0.3", "1 3 1 3", False),
    "four years above more": ("2001 2002 2003 2004", "0.1 0.2 0.1 0.3", "1.1 2.5 1.2 3", True),
}


@pytest.mark.parametrize("case", TABLES)
def test_small_tables(case: str) -> None:
    *rows, wanted = TABLES[case]
    table = [row.split() for row in rows if row is not None]
    names, _ = header_of(table, Numerals(), None, "a.csv")
    assert names == (tuple(table[0]) if wanted else None)


@pytest.mark.parametrize("ordered", [1, 2])
def test_a_row_among_many_in_order_is_a_sample(ordered: int) -> None:
    """One in twenty may be so by chance."""
    below = [[3, 1, 2, 5, 4]] * (20 - ordered) + [[1, 2, 3, 4, 5]] * ordered
    assert named([400, 410, 425, 600, 707], np.array(below)) == (ordered == 1)


@pytest.mark.parametrize(
    ("row", "wanted"),
    [((0, 1, 2), True), ((1, 2, 3), True), ((2, 3, 4), False), ((3, 4, 5), False),
     ((1500, 1501), False), ((1501, 1502), True), ((2199, 2200), True), ((2200, 2201), False),
     ((3003, 3004), False), ((0.5, 1.5), False), ((1.0, 2.5, 4.0), False), ((0, 1, 3), False)],
)  # fmt: skip
def test_counts_are_from_0_or_1_or_of_years(row: tuple[float, ...], wanted: bool) -> None:
    assert _counts(np.array(row, float)) == wanted


@pytest.mark.parametrize(
    ("row", "wanted"),
    [((4,), True), ((0, 1, 2.002), True), ((0, 1, 2.003), False), ((0, -1, -2), True),
     ((0, -1, -2.003), False), ((3, 3, 3), True), ((0, 1, 5), False)],
)  # fmt: skip
def test_even_steps_differ_by_a_thousandth(row: tuple[float, ...], wanted: bool) -> None:
    assert _even(np.array(row, float)) == wanted


def test_in_order_is_always_up_or_always_down() -> None:
    rows = np.array([[1, 2, 3], [3, 2, 1], [1, 1, 2], [2, 1, 1], [1, 3, 2], [np.inf, np.inf, 1]])
    assert _ordered(rows).tolist() == [True, True, False, False, False, False]


def test_names_lie_apart_where_more_than_four_of_five_are_outside() -> None:
    """One at the edge is inside; a column without values has none inside."""
    table = np.array([[0.0, 0, 0, 0, 0], [1, 1, 1, 1, 1]])
    assert _apart(np.array([-1.0, 2, 3, 4, 5]), table)
    assert not _apart(np.array([0.0, 2, 3, 4, 5]), table)
    assert not _apart(np.array([2.0, 2, 3, 4, 1]), table)
    assert _apart(np.array([0.5]), np.array([[np.nan]]))


@pytest.mark.parametrize(
    ("names", "below", "wanted"),
    [("a b 1 2", ["1 2 3 4"], True), ("a 1 2", ["1 2 3"], False), ("a 1", ["x 3"], False),
     ("a 1", ["NA 3"], False), ("a 1", ["NA 3", "2 4"], True), ("a 1", ["x 3", "2 4"], False),
     ("NA 2020-01-01 a 3", ["1 2 3 4"], False), ("1 2", ["1 2"], False)],
)  # fmt: skip
def test_most_names_of_numbers_are_words(names: str, below: list[str], wanted: bool) -> None:
    rows = [row.split() for row in below]
    assert _mostly_words(tuple(names.split()), rows, Numerals()) == wanted


def test_a_name_goes_before_its_like_and_before_a_number() -> None:
    names = ("B", "b", "1")
    assert [require_column(n, names, "drop", "") for n in ("B", "b", "1")] == [0, 1, 2]


@pytest.mark.parametrize(("n", "more"), [(8, ""), (9, " and 1 more"), (1010, " and 1,002 more")])
def test_eight_names_are_told(n: int, more: str) -> None:
    with pytest.raises(ChoiceRefused) as refused:
        require_column("x", tuple(f"c{i}" for i in range(n)), "label", "a.csv")
    shown = f"choose from c0, c1, c2, c3, c4, c5, c6, c7{more}, or give a number from 1 to {n:,}"
    assert shown in str(refused.value)
