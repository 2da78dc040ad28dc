"""Text becomes rows: separators, comments, the samples' axis."""

from __future__ import annotations

import pytest

from explorer.data.choices import ChoiceRefused, Choices
from explorer.data.tabular.cells import cells_of
from explorer.errors import DataError
from explorer.task import NO_TASK

PREAMBLES = {
    "none": ("a,b\n1,2\n3,4\n", 0),
    "comments": ("# made by x\n#\na,b\n1,2\n3,4\n", 2),
    "a header in a comment": ("# made by x\n# a,b\n1,2\n3,4\n", 1),
    "excel": ("sep=,\na,b\n1,2\n3,4\n", 0),
    "spaces": ("a b\n 1  2 \n3 4\n", 0),
    "a header of savetxt": ("# a b\n1 2\n3 4\n", 0),
    "unequal spaces": ("  a   b\n  1   2\n 3     4\n", 0),
}


@pytest.mark.parametrize("case", PREAMBLES)
def test_the_same_cells(case: str) -> None:
    text, comments = PREAMBLES[case]
    cells = cells_of(text.encode(), "a.txt")
    assert cells.header == ("a", "b")
    assert [row for _, row in cells.rows(NO_TASK)] == [["1", "2"], ["3", "4"]]
    assert len(cells.said) == bool(comments)
    if comments:
        assert cells.said[0].startswith(f"{comments} line")


def test_lines_keep_their_numbers() -> None:
    cells = cells_of(b"# x\na,b\n1,2\n3\n", "a.csv")
    with pytest.raises(DataError, match="line 4 holds 1"):
        list(cells.rows(NO_TASK))


def test_samples_in_columns() -> None:
    cells = cells_of(b"gene,s1,s2,s3\nx,1,2,3\ny,4,5,6\n", "a.csv", choices=Choices(axis=1))
    assert cells.header == ("gene", "x", "y")
    rows = [row for _, row in cells.rows(NO_TASK)]
    assert rows == [["s1", "1", "4"], ["s2", "2", "5"], ["s3", "3", "6"]]
    with pytest.raises(ChoiceRefused, match="no axis 2"):
        cells_of(b"a,b\n1,2\n", "a.csv", choices=Choices(axis=2))


SHORT = {
    "R, commas": (b'"a","b"\n"1",0.5,2\n"2",1.5,3\n', ("", "a", "b")),
    "R, spaces": (b'"a" "b"\n"1" 0.5 2\n"2" 1.5 3\n', ("", "a", "b")),
    "separators at the ends": (b"a,b\n1,2,\n3,4,\n", ("a", "b", "")),
}


@pytest.mark.parametrize("case", SHORT)
def test_a_header_that_is_one_name_short(case: str) -> None:
    data, names = SHORT[case]
    cells = cells_of(data, "a.csv")
    assert cells.names == names
    assert [len(row) for _, row in cells.rows(NO_TASK)] == [3, 3]


def test_rows_of_unequal_lengths_need_a_choice() -> None:
    data = b"1,2,3\n1,2\n1,2,3,4\n"
    with pytest.raises(DataError, match="--lengths"):
        list(cells_of(data, "a.csv").rows(NO_TASK))
    cells = cells_of(data, "a.csv", choices=Choices(lengths="cut"))
    assert [row for _, row in cells.rows(NO_TASK)][1] == ["1", "2", "", ""]
