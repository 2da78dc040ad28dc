"""A first row of words or numbers: names, or a sample."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from explorer.data.choices import ChoiceRefused
from explorer.data.tabular.naming import header_of, require_column
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
