from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from explorer.ui.widgets.layouts.even_grid import EvenGrid, columns_for

LEAST = 60


@pytest.fixture
def cells(qtbot: Any) -> list[QWidget]:
    made = [QWidget() for _ in range(5)]
    for widget in made:
        widget.setMinimumSize(LEAST, LEAST)
    return made


@pytest.fixture
def grid(qtbot: Any, cells: list[QWidget]) -> EvenGrid:
    made = EvenGrid(cells)
    qtbot.addWidget(made)
    cells[4].hide()
    made.resize(600, 600)
    made.show()
    QApplication.processEvents()
    return made


def _columns(cells: list[QWidget]) -> int:
    return len({widget.x() for widget in cells if widget.isVisible()})


@pytest.mark.parametrize(
    ("size", "columns"), [((800, 120), 4), ((400, 400), 2), ((120, 800), 1), ((500, 900), 2)]
)
def test_as_many_columns_as_leave_each_the_most_room(
    grid: EvenGrid, cells: list[QWidget], size: tuple[int, int], columns: int
) -> None:
    grid.resize(*size)
    QApplication.processEvents()
    assert _columns(cells) == columns
    sizes = {widget.size().toTuple() for widget in cells if widget.isVisible()}
    assert max(w for w, _ in sizes) - min(w for w, _ in sizes) <= 1
    assert max(h for _, h in sizes) - min(h for _, h in sizes) <= 1


def test_one_that_comes_or_goes_changes_the_rows(grid: EvenGrid, cells: list[QWidget]) -> None:
    for widget in cells[1:4]:
        widget.hide()
    QApplication.processEvents()
    assert cells[0].size() == grid.size()
    cells[4].show()
    QApplication.processEvents()
    assert cells[4].isVisible() and 2 * cells[4].height() < grid.height() + 1


def test_it_may_be_as_narrow_as_one_of_them(grid: EvenGrid) -> None:
    assert grid.minimumSizeHint() == QSize(LEAST, LEAST)


def test_nothing_has_one_column() -> None:
    assert columns_for(0, 100, 100, 8) == 1
