"""explorer.data.tabular.labelled: which column is guessed to be the label, at each limit."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from explorer.data.tabular.columns import Column
from explorer.data.tabular.labelled import LABELS, guessed_label, hint, sentence, too_many
from tests.data.tabular.making import column, reals

ROWS = 40


def classes(count: int, start: int = 0, step: int = 1, rows: int = ROWS) -> list[float]:
    """Whole numbers, each as often as the others."""
    return [float(start + step * (i % count)) for i in range(rows)]


def last(name: str, values: Sequence[float | str], real: int = 4) -> list[Column]:
    """That column behind real ones."""
    return [*reals(real), column(name, values, place=real)]


def guess(columns: list[Column], *, named: bool = True) -> str | None:
    found = guessed_label(columns, named=named)
    return None if found is None else found.title


@pytest.mark.parametrize("name", [*LABELS, "Species", "LABEL"])
def test_a_name_that_says_label_is_one_wherever_it_stands(name: str) -> None:
    columns = [column(name, classes(3)), *reals(3, first=1)]
    assert guess(columns) == name


def test_x_and_y_are_a_place_where_y_is_real() -> None:
    x, y = reals(2)
    x.name, y.name = "x", "y"
    assert guess([x, y]) is None
    assert guess([x, column("y", classes(2), 1)]) == "y"
    x.name = "width of x"
    assert guess([x, y]) == "y"


@pytest.mark.parametrize("name", ["diagnosis", "Outcome", "true_label", "isClass", "my.target"])
def test_a_likely_name_needs_classes(name: str) -> None:
    whole = [column("i", classes(20, 5, 3), 9), column("j", classes(20, 5, 3), 10)]
    assert guess([column(name, classes(4, 7, 2)), *whole]) == name
    assert guess([column(name, classes(1)), *whole]) is None
    assert guess([column(name, classes(20)), *whole]) == name
    assert guess([column(name, classes(21, rows=84)), *whole]) is None
    assert guess([reals(1)[0], *whole]) is None


def test_two_likely_names_are_none() -> None:
    two = [column("diagnosis", classes(2, 3, 4)), column("outcome", classes(2, 3, 4), 1)]
    assert guess([*two, column("i", classes(20, 5, 3), 2)]) is None


@pytest.mark.parametrize(("count", "taken"), [(1, False), (2, True), (20, True), (21, False)])
def test_texts_at_the_end_are_the_label_where_each_comes_twice(count: int, *, taken: bool) -> None:
    texts = [f"t{i % count}" for i in range(ROWS)]
    assert (guess(last("kind", texts)) == "kind") == taken


def test_texts_may_be_more_classes_than_numbers() -> None:
    for count, taken in ((50, True), (51, False)):
        columns = last("kind", [f"t{i % count}" for i in range(200)])
        assert (guess(columns) == "kind") == taken


@pytest.mark.parametrize(
    ("values", "taken"),
    [
        (classes(2), True),
        (classes(3, 1), True),
        (classes(10), True),
        (classes(11), False),  # fewer than four of each
        (classes(2, -1, 2), True),
        (classes(3, 3), True),  # grades, behind the others
        (classes(3, 0, 2), False),
    ],
)
def test_counted_numbers_behind_real_ones_are_the_label(
    values: list[float], *, taken: bool
) -> None:
    assert (guess(last("kind", values)) == "kind") == taken


@pytest.mark.parametrize("name", ["Age", "num_rooms", "totalCount", "price"])
def test_a_quantity_is_no_label(name: str) -> None:
    assert guess(last(name, classes(3))) is None


def test_under_names_another_whole_number_leaves_it_open() -> None:
    whole = column("i", classes(20, 5, 3))
    assert guess([whole, *last("kind", classes(3))]) is None


@pytest.mark.parametrize(("real", "taken"), [(1, False), (2, True)])
def test_two_real_ones_stand_before_a_label(real: int, *, taken: bool) -> None:
    for named in (True, False):
        assert (guess(last("kind", classes(3), real), named=named) is not None) == taken


def test_a_column_of_gaps_is_no_label() -> None:
    gaps = [float("nan")] * ROWS
    for named in (True, False):
        assert guess(last("kind", gaps), named=named) is None
        assert guess([column("kind", gaps), *reals(8, first=1)], named=named) is None


@pytest.mark.parametrize(("whole", "taken"), [(1, True), (9, False)])
def test_most_of_what_stands_before_a_label_is_real(whole: int, *, taken: bool) -> None:
    columns = [*[column("", classes(20, 5, 3), j) for j in range(whole)], *last("", classes(3))]
    assert (guess(columns, named=False) is not None) == taken


@pytest.mark.parametrize(("real", "taken"), [(7, False), (8, True)])
def test_without_names_a_label_may_lead_many(real: int, *, taken: bool) -> None:
    columns = [column("", classes(3)), *reals(real, first=1)]
    assert (guess(columns, named=False) == "column 1") == taken
    grades = [column("", classes(3, 3)), *reals(real, first=1)]
    assert guess(grades, named=False) is None


def test_a_series_may_be_of_any_classes() -> None:
    columns = [column("", classes(3, 5, 7)), *reals(24, first=1)]
    assert guess(columns, named=False) == "column 1"
    assert guess(columns[:-1], named=False) is None


def test_one_column_is_no_label() -> None:
    assert guess([column("label", classes(2))]) is None


@pytest.mark.parametrize(
    ("label", "sure"),
    [
        (column("Label", classes(2)), True),
        (column("kind", ["a", "b"]), True),
        (column("kind", classes(2)), False),
    ],
)
def test_what_the_name_does_not_tell_can_be_overruled(label: Column, *, sure: bool) -> None:
    said = sentence(label)
    assert repr(label.title) in said and ("--label none" in said) != sure


def test_a_hint_names_what_may_be_the_label() -> None:
    wide = [column("i", classes(20, 5, 3)), column("j", classes(20, 5, 3), 1)]
    kind = column("kind", classes(3), 2)
    assert hint([*wide, kind], named=True) == [
        "'kind' of 3 whole numbers may be the label; --label 'kind' takes it"
    ]
    assert hint([kind, *wide], named=True) == []
    assert hint([kind, *wide], named=False)
    assert hint([wide[0], kind, wide[1]], named=False) == []
    assert hint([*wide, column("age", classes(3), 2)], named=True) == []
    assert hint([wide[0], kind], named=True) == []
    rare = column("kind", [0.0] * 37 + [1.0, 2.0, 2.0], 2)
    assert hint([*wide, rare], named=True) == []


@pytest.mark.parametrize(
    ("values", "many"),
    [
        (classes(21, rows=83), True),
        (classes(21, rows=84), False),
        (classes(20, rows=40), False),
        ([i + 0.5 for i in range(40)], False),
    ],
)
def test_whole_numbers_that_differ_too_often(values: list[float], *, many: bool) -> None:
    assert too_many(column("a", values)) == many


def wide(count: int = 20, rows: int = ROWS) -> list[Column]:
    """Two columns of more different whole numbers."""
    return [column(name, classes(count, 5, 3, rows), j) for j, name in enumerate("ij")]


@pytest.mark.parametrize(
    ("values", "named_so"),
    [
        (classes(10), True),
        (classes(11), False),  # fewer than four of each
        (classes(4, rows=20), True),
        (classes(4, rows=19), False),  # too few samples to tell
        (classes(3, 3), False),  # neither from 0 nor from 1
        (classes(3, 0, 2), False),
        (classes(2, -1, 2), True),
        ([0.0] * 24 + [1.0] * 13 + [2.0] * 4, True),
        ([0.0] * 25 + [1.0] * 13 + [2.0] * 3, False),  # hardly any of the last
        ([0.0] * 21 + [1.0] * 12 + [2.0] * 3, False),  # four times as many are the mean
        (["a", "b"] * 20, False),
        ([0.5, 1.5] * 20, False),
    ],
)
def test_what_may_be_the_label(values: list[float | str], *, named_so: bool) -> None:
    last_one = column("kind", values, 2)
    assert bool(hint([*wide(rows=len(values)), last_one], named=True)) == named_so


@pytest.mark.parametrize(
    ("wider", "narrow", "hinted"), [(2, 1, True), (1, 1, False), (2, 2, False)]
)
def test_most_columns_beside_it_differ_more(wider: int, narrow: int, *, hinted: bool) -> None:
    """Texts are not counted, real ones are wider by themselves."""
    beside = [*(wide() * 2)[:wider], *[column("n", classes(3, 7, 2), 3)] * narrow]
    columns = [
        *beside,
        column("t", [f"t{i}" for i in range(ROWS)], 4),
        column("kind", classes(3), 5),
    ]
    assert bool(hint(columns, named=True)) == hinted
    few = [*reals(wider), *[column("n", classes(3, 7, 2), 3)] * narrow, column("k", classes(3), 9)]
    assert bool(hint(few, named=True)) == hinted


def test_real_numbers_are_no_classes_however_few() -> None:
    columns = [column("diagnosis", [0.5, 1.5] * 20), *wide()]
    assert guess(columns) is None
    assert guess(last("kind", [0.5, 1.5] * 20)) is None


def test_two_of_three_samples_may_be_classes() -> None:
    """Half of the samples, but two at least."""
    assert guess([*reals(2), column("kind", ["a", "b", "a"], 2)], named=True) == "kind"
    assert guess([*reals(2), column("kind", ["a", "b", "c"], 2)], named=True) is None


def test_grades_are_counted_behind_the_others_only() -> None:
    before = [column("kind", classes(3, 3), 0), *reals(8, first=1)]
    assert guess(before, named=False) is None
    assert guess(last("", classes(3, 3)), named=False) is not None
    moved = [*reals(2, first=1), column("", classes(3, 3), 0)]  # moved from the front
    assert guess(moved, named=False) is None
