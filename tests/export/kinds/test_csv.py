"""explorer.export.kinds.csv: a table as a spreadsheet reads it."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from explorer.export.kinds.csv import Csv, as_text


def read(columns: dict[str, object]) -> list[list[str]]:
    out = io.BytesIO()
    Csv().write(columns, out)  # type: ignore[arg-type]
    assert not out.closed, "whoever opened it closes it"
    return list(csv.reader(io.StringIO(out.getvalue().decode("utf-8"), newline="")))


def test_columns_stand_under_their_names() -> None:
    rows = read({"i": np.array([1, 2]), "name": ["a", "b"], "x": [0.5, 2.0]})
    assert rows == [["i", "name", "x"], ["1", "a", "0.5"], ["2", "b", "2"]]


def test_what_is_not_known_is_empty() -> None:
    assert read({"x": [None, float("nan"), 0.0]})[1:] == [[""], [""], ["0"]]
    assert read({"x": np.array([np.nan, 1.0])})[1:] == [[""], ["1"]]


def test_a_number_has_the_digits_of_single_precision() -> None:
    values = np.array([1 / 3, 1e-20, 123456.789, np.inf], np.float32)
    cells = [row[0] for row in read({"x": values})[1:]]
    np.testing.assert_array_equal(np.array(cells, np.float32), values)
    assert max(map(len, cells)) <= 14


@pytest.mark.parametrize("text", ["a,b", 'say "x"', "two\nlines", "\u03c3\u00b2"])
def test_any_text_comes_back(text: str) -> None:
    assert read({"t": [text]}) == [["t"], [text]]


def test_a_clipboard_has_plain_ends_of_lines() -> None:
    assert as_text({"a": [1, 2], "b": ["x", "y"]}) == "a,b\n1,x\n2,y\n"


def test_a_table_without_rows_has_a_head() -> None:
    assert read({"a": [], "b": []}) == [["a", "b"]]
