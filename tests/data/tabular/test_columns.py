"""explorer.data.tabular.columns: what a column is, by what it holds."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from explorer.data.opening import open_dataset
from explorer.data.tabular.columns import Column
from explorer.errors import DataError
from tests.data.makers import sentence
from tests.data.tabular.making import column

GAP = math.nan


@pytest.mark.parametrize(
    ("values", "whole", "real"),
    [
        ([1, 2, 3], True, False),
        ([1, GAP, 3], True, False),
        ([1, 2.5], False, True),
        ([math.inf, 1], False, False),
        ([math.inf, 1.5], False, True),
        ([GAP, GAP], False, False),
        ([-1, 0], True, False),
    ],
)
def test_whole_and_real_numbers(values: list[float], *, whole: bool, real: bool) -> None:
    found = column("a", values)
    assert (found.is_whole, found.is_real) == (whole, real)


def test_texts_are_neither_and_a_cell_that_is_none_is_not_whole() -> None:
    texts = column("a", ["x", "y"])
    assert not texts.is_whole and not texts.is_real and not texts.is_empty
    assert not Column("a", np.array([1.0, 2.0, GAP]), bad=1).is_whole


@pytest.mark.parametrize(
    ("numbers", "bad", "is_text"), [(2, 1, False), (2, 2, False), (2, 3, True), (0, 1, True)]
)
def test_a_column_is_of_texts_where_most_cells_are(
    numbers: int, bad: int, *, is_text: bool
) -> None:
    values = np.array([1.0] * numbers + [GAP] * (bad + 3))  # and three gaps
    assert Column("a", values, bad=bad).is_text == is_text


def test_a_column_of_gaps_is_empty() -> None:
    assert column("a", [GAP, GAP]).is_empty
    assert not column("a", [GAP, 0]).is_empty
    assert not Column("a", np.array([GAP]), bad=1).is_empty


def test_what_is_different_and_there_leaves_gaps_out() -> None:
    numbers, texts = column("a", [3, GAP, 1, 3]), column("a", ["b", "", "a", "b", "NA"])
    assert numbers.different == (1, 3) and numbers.present == 3
    assert texts.different == ("a", "b") and texts.present == 3
    assert texts.labels().tolist() == ["b", "", "a", "b", "NA"]
    np.testing.assert_array_equal(numbers.labels(), [3, GAP, 1, 3])


@pytest.mark.parametrize(
    ("texts", "dates"),
    [
        (["2024-01-31", "2024-02-01"], True),
        (["2024-01-31", ""], True),
        (["2024-01-31", "soon"], False),
        (["", ""], False),
    ],
)
def test_dates_are_told_by_all_that_is_there(texts: list[str], *, dates: bool) -> None:
    assert column("a", texts).is_dates == dates


def test_a_column_without_a_name_is_called_by_its_number() -> None:
    assert column("", [1], place=3).title == "column 4" and column("a", [1], 3).title == "a"


def test_the_first_cell_that_is_no_number_is_named_with_its_line() -> None:
    column("a", [1, GAP]).require_numbers("here")
    wrong = Column("mass", np.array([1, GAP, GAP]), bad=2, first=(1234, "x" * 50))
    with pytest.raises(DataError, match=r"line 1,234 holds 'x{40}' in the column 'mass'") as caught:
        wrong.require_numbers("here")
    sentence(caught.value)


@pytest.mark.parametrize("at", [2, 4999, 5000, 5001, 5999])
def test_a_wrong_cell_far_down_is_told_by_the_line_of_the_file(at: int, tmp_path: Path) -> None:
    rows = [f"{i % 7}.5,{i % 5}.25" for i in range(6000)]
    rows[at] = "1.5,many"
    rows[-1] = "1.5,few" if at < 5999 else rows[-1]
    (tmp_path / "a.csv").write_text("\n".join(["a,b", *rows]))
    with pytest.raises(DataError, match=rf"line {at + 2:,} holds 'many' in the column 'b'"):
        open_dataset(tmp_path / "a.csv")


def test_every_row_of_a_long_table_has_its_number_and_its_text(tmp_path: Path) -> None:
    n = 5003
    rows = [f"{i}.25,{(i * 7) % 1000}.5,{'uvw'[i % 3]}" for i in range(n)]
    (tmp_path / "a.csv").write_text("\n".join(["a,b,label", *rows]))
    data = open_dataset(tmp_path / "a.csv")
    values = data.preparation.original(data.unit(slice(None)))
    np.testing.assert_allclose(values[:, 0], np.arange(n) + 0.25, rtol=1e-3, atol=0.5)
    assert data.labels is not None
    assert [data.classes[label] for label in data.labels[:4]] == ["u", "v", "w", "u"]
    assert data.classes[data.labels[-1]] == "uvw"[(n - 1) % 3]
