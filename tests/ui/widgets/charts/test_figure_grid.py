"""Numbers with their names: where they stand, dashes for what is unknown, and how they leave."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from explorer.task import NO_TASK
from explorer.ui.widgets.charts.figure_grid import NONE, Figure, FigureGrid, signed

FIGURES = [Figure(f"f{i}", f"Figure {i}", f"Formula {i}") for i in range(5)]


@pytest.fixture
def grid(qtbot: Any) -> FigureGrid:
    made = FigureGrid(FIGURES, 2)
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show()
    QApplication.processEvents()
    return made


def value(grid: FigureGrid, key: str) -> QLabel:
    return grid.findChild(QLabel, f"figure-{key}")


def test_columns_are_filled_from_the_top_of_the_first(grid: FigureGrid) -> None:
    places = [value(grid, f"f{i}").pos() for i in range(5)]
    assert places[0].x() == places[1].x() == places[2].x() < places[3].x() == places[4].x()
    assert places[0].y() < places[1].y() < places[2].y()
    assert places[3].y() == places[0].y() and places[4].y() == places[1].y()


def test_a_value_stands_right_of_its_name_and_both_say_the_formula(grid: FigureGrid) -> None:
    for i in range(5):
        (name,) = [x for x in grid.findChildren(QLabel) if x.text() == f"Figure {i}"]
        number = value(grid, f"f{i}")
        assert name.geometry().right() < number.x() and name.y() == number.y()
        assert name.toolTip() == number.toolTip() == f"Formula {i}"
        assert number.accessibleName() == f"Figure {i}"


def test_what_is_not_known_is_a_dash(grid: FigureGrid) -> None:
    assert {grid.text(f"f{i}") for i in range(5)} == {NONE}
    grid.show_values({"f1": "2.5", "f2": "", "other": "9"})
    assert [grid.text(f"f{i}") for i in range(5)] == [NONE, "2.5", NONE, NONE, NONE]
    grid.show_values({"f0": "1"})
    assert grid.text("f1") == NONE


def test_a_row_a_figure_leaves_once_one_is_known(grid: FigureGrid) -> None:
    assert grid.thing() is None
    grid.show_values({"f1": "2.5"})
    thing = grid.thing()
    assert thing is not None
    columns = thing.table(NO_TASK)  # type: ignore[misc]
    assert list(columns["figure"]) == [f"Figure {i}" for i in range(5)]
    assert list(columns["value"]) == [NONE, "2.5", NONE, NONE, NONE]


def test_what_matters_is_larger(qtbot: Any, grid: FigureGrid) -> None:
    large = FigureGrid(FIGURES, 2, large=True)
    qtbot.addWidget(large)
    assert value(large, "f0").minimumWidth() > value(grid, "f0").minimumWidth()
    assert value(large, "f0").property("role") == "big"


@pytest.mark.parametrize(
    ("number", "error", "digits", "text"),
    [(None, None, 2, ""), (float("nan"), 1.0, 2, ""), (-1234.567, None, 2, "\u22121,234.57"),
     (1.0, 0.25, 1, "1.0 \u00b1 0.2"), (1.0, float("nan"), 2, "1.00"), (-0.5, 0.125, 3,
     "\u22120.500 \u00b1 0.125")],
)  # fmt: skip
def test_numbers_have_a_true_minus_and_their_error(
    number: float | None, error: float | None, digits: int, text: str
) -> None:
    assert signed(number, error, digits) == text
