"""Text becomes rows: separators, comments, the samples' axis."""

from __future__ import annotations

import pytest

from explorer.data.choices import EVENED, ChoiceRefused, Choices, ChoiceWanted
from explorer.data.tabular.cells import _is_short, _separator, cells_of
from explorer.data.tabular.numerals import Numerals
from explorer.errors import DataError
from explorer.task import NO_TASK, Task

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


def rows_of(data: bytes | str, **more: object) -> list[list[str]]:
    data = data.encode() if isinstance(data, str) else data
    cells = cells_of(data, "a.csv", **more)  # type: ignore[arg-type]
    return [row for _, row in cells.rows(NO_TASK)]


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\n"])
def test_nothing_but_blanks_is_refused(data: bytes) -> None:
    with pytest.raises(DataError, match="this file is empty"):
        cells_of(data, "a.csv")


SEPARATED = {
    "commas": ("a,b\n1,2\n", False, ","),
    "semicolons before commas": ("a;b\n1,5;2,5\n", False, ";"),
    "bars": ("a|b\n1|2\n", False, "|"),
    "tabs before all": ("a;b\tc;d\n1;2\t3;4\n", False, "\t"),
    "one column": ("a\n1\n", False, ","),
    "no tabs for a table of tabs": ("a,b\n1,2\n", True, ","),
    "uneven tabs, expected": ("a;b\t\n1;2\n", True, "\t"),
    "uneven tabs": ("a;b\t\n1;2\n", False, ";"),
    "uneven rows": ("a,b,c\n1,2\n1,2,3\n", False, ","),
    "uneven, and of another": ("a;b;c\n1;2\n1;2;3\n", False, ";"),
    "uneven spaces": ("a b c\n1 2\n1 2 3\n", False, ","),
    "a header one short": ("a;b\n1;2;3\n4;5;6\n", False, ";"),
    "a quote that does not end": ('a;"b\n1;2\n', False, ","),
}


@pytest.mark.parametrize("case", SEPARATED)
def test_the_separator(case: str) -> None:
    text, tabs, wanted = SEPARATED[case]
    assert _separator(text, "a.csv", tabs=tabs) == wanted


def test_the_first_fifty_rows_tell_the_separator() -> None:
    assert _separator("a;b\n" * 50 + "a,b;c\n", "", tabs=False) == ";"
    assert _separator("a;b\n" * 49 + "a;b;c\n", "", tabs=False) == ";"  # the first that is ragged
    assert _separator("a b\n" * 50 + "a\n", "", tabs=False) == " "
    assert _separator("a b\n" * 49 + "a\n", "", tabs=False) == ","


@pytest.mark.parametrize(
    ("widths", "short"),
    [([2, 3, 3], True), ([2, 3], False), ([2, 3, 4], False), ([3, 3, 3], False), ([2, 4, 4], False),
     ([4, 3, 3], False)],
)  # fmt: skip
def test_the_first_row_is_short_by_one_cell(widths: list[int], short: bool) -> None:
    assert _is_short(widths) == short


def test_a_short_row_of_numbers_gets_no_name() -> None:
    """It is a sample with a gap, or a mistake."""
    with pytest.raises(DataError, match="line 2 holds 3 values where the first holds 2"):
        rows_of("7,8\n1,0.5,2\n2,1.5,3\n")


def test_a_comment_is_a_header_if_it_is_as_wide_as_the_rows() -> None:
    """And if there is more than one column; of several the last is."""
    assert cells_of(b"# a,b\n1,2\n", "").header == ("a", "b")
    assert cells_of(b"# a,b,c\n1,2\n3,4\n", "").header is None
    assert cells_of(b"# a\n1\n2\n", "").header is None
    two = cells_of(b"# a,b\n# c,d\n1,2\n", "")
    assert two.header == ("c", "d") and two.said == ["1 line of comments is left out"]
    three = cells_of(b"#\n# x\n# y z w\n1,2\n", "")
    assert three.header is None and three.said == ["3 lines of comments are left out"]


def test_comments_alone_are_rows() -> None:
    assert rows_of("# a\n# b\n") == [["#", "a"], ["#", "b"]]


def test_a_comment_further_down_is_a_row() -> None:
    with pytest.raises(DataError, match="line 4 holds 1 values where the first holds 2"):
        rows_of("\na,b\n1,2\n# x\n")


def test_a_quotation_mark_that_does_not_end_is_named() -> None:
    with pytest.raises(DataError, match=r"line 2 is no row of a table .*: check its quotation"):
        rows_of('1,2\n3,"4\n')


def test_the_flag_that_would_help_is_named_where_it_would() -> None:
    """Rows below names cannot be evened."""
    with pytest.raises(ChoiceWanted, match="or say --lengths pad or --lengths cut") as refused:
        rows_of("1,2,3\n1,2\n1,2,3\n")
    assert refused.value.ways == EVENED
    with pytest.raises(ChoiceWanted, match=r"as many values$") as refused:
        rows_of("a,b,c\n1,2,3\n1,2\n")
    assert refused.value.ways == ()


def test_uneven_rows_are_as_wide_as_the_widest_of_all() -> None:
    data = "1,2\n" * 60 + "1,2,3\n"
    assert {len(row) for row in rows_of(data, choices=Choices(lengths="pad"))} == {3}


def test_columns_without_names_are_numbered() -> None:
    plain = cells_of(b"1,2\n3,4\n", "")
    assert plain.names == ("column 1", "column 2") and not plain.has_words
    assert not cells_of(b"400,410,420,430,440\n" + b"1,2,1,3,4\n0,2,1,3,4\n" * 3, "").has_words
    named = cells_of(b"a,,b\n1,2,3\n", "")
    assert named.names == ("a", "", "b") and named.has_words


@pytest.mark.parametrize(("axis", "turned"), [(0, False), (-2, False), (1, True), (-1, True)])
def test_either_axis_may_be_the_samples(axis: int, turned: bool) -> None:
    rows = rows_of("1,2\n3,4\n5,6\n", choices=Choices(axis=axis))
    assert rows == ([["1", "3", "5"], ["2", "4", "6"]] if turned else [*map(str.split, _THREE)])


_THREE = ("1 2", "3 4", "5 6")


def test_unequal_rows_cannot_become_columns() -> None:
    with pytest.raises(DataError, match="unequally many values, so they cannot become columns"):
        rows_of("1,2\n3\n", choices=Choices(axis=1))
    for axis in (-3, 2, 3):
        with pytest.raises(ChoiceRefused, match=f"a table has no axis {axis} "):
            rows_of("1,2\n3,4\n", choices=Choices(axis=axis))


def test_a_decimal_comma_is_read_where_commas_do_not_separate() -> None:
    """Or where cells are quoted; plain numbers are not even looked at."""
    assert cells_of(b"a;b\n1,5;2,5\n3,5;4,25\n", "").numerals.number("1,5") == 1.5
    assert cells_of(b'a,b\n"1,5","2,5"\n"3,5","4,25"\n', "").numerals.number("1,5") == 1.5
    assert cells_of(b"a;b\n1 234 567;2\n3;4\n", "").numerals.number("1 234 567") == 1234567
    assert cells_of(b"a;b\n1.234.567;2\n3;4\n", "").numerals.number("1.234.567") == 1234567
    assert cells_of(b"a;b\n1.5;2\n3;4\n", "").numerals == Numerals()


def test_a_long_table_says_how_far_it_is() -> None:
    """And can be stopped: every ten thousand rows."""
    said: list[str] = []
    looks: list[int] = []

    class Listening(Task):
        def progress(self, share: float | None, text: str = "") -> None:
            said.append(text)

        def check(self) -> None:
            looks.append(1)

    cells = cells_of(b"a,b\n" + b"1,2\n" * 20_000, "")
    assert sum(1 for _ in cells.rows(Listening())) == 20_000
    assert said == ["reading 0 rows", "reading 10,000 rows", "reading 20,000 rows"]
    assert len(looks) == 3


@pytest.mark.parametrize(("row", "read"), [(15_000, True), (35_000, False)])
def test_how_numbers_are_written_is_told_by_many_rows_and_not_by_all(row: int, read: bool) -> None:
    """The only decimal comma in so many rows stands in one of them."""
    rows = [b"1;2"] * 40_000
    rows[row] = b"1,5;2"
    numerals = cells_of(b"a;b\n" + b"\n".join(rows), "").numerals
    assert (numerals.number("1,5") == 1.5) == read
