"""The grid of codes: a cell a position, picked by mouse and arrow keys."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from explorer.task import NO_TASK
from explorer.ui.themes import theme
from explorer.ui.widgets.pictures import code_grid
from explorer.ui.widgets.pictures.code_grid import GAP, HEIGHT, LEAST, WIDTH, CodeGrid
from tests.ui import painted

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def grid(qtbot: Any) -> CodeGrid:
    made = CodeGrid()
    qtbot.addWidget(made)
    made.set_index(np.array([7, 1, 4, 0, 12]))
    made.resize(made.sizeHint())
    made.show()
    return made


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (4, 2), (5, 3), (9, 3), (64, 8)])
def test_a_grid_is_about_square(grid: CodeGrid, count: int, columns: int) -> None:
    grid.set_index(np.arange(count))
    assert grid.columns == columns and grid.rows == -(-count // columns)
    grid.resize(grid.minimumSizeHint())
    last = grid.cell(count - 1)
    assert last.right() <= grid.width() + 1e-6
    assert last.bottom() <= grid.height() + 1e-6
    assert last.height() >= LEAST


def test_it_asks_for_room_for_its_cells(grid: CodeGrid) -> None:
    size, least = grid.sizeHint(), grid.minimumSizeHint()
    assert (size.width(), size.height()) == (3 * WIDTH + 2 * GAP, 2 * HEIGHT + GAP)
    assert (least.width(), least.height()) == (3 * WIDTH + 2 * GAP, 2 * LEAST + GAP)
    grid.resize(400, 400)
    assert grid.cell(0).height() == HEIGHT  # more room makes no higher cells
    grid.set_index(np.zeros(0, np.int64))
    assert grid.sizeHint().height() == HEIGHT
    grid.grab()


def test_a_click_picks_a_cell_and_between_cells_nothing(grid: CodeGrid) -> None:
    heard: list[int] = []
    grid.picked.connect(heard.append)
    between = grid.cell(0).topRight().toPoint()
    between.setX(between.x() + 1)
    QTest.mouseClick(grid, LEFT, pos=between)
    assert heard == []
    for position in (4, 0, 2):
        QTest.mouseClick(grid, LEFT, pos=grid.cell(position).center().toPoint())
    assert heard == [4, 0, 2]
    empty = grid.cell(5).center().toPoint()
    QTest.mouseClick(grid, LEFT, pos=empty)
    assert heard == [4, 0, 2]


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [(0, "Right", 1), (1, "Left", 0), (0, "Down", 3), (4, "Up", 1), (0, "Left", None),
     (0, "Up", None), (2, "Right", None), (2, "Down", None), (4, "Right", None), (3, "Left", None)],
)  # fmt: skip
def test_arrow_keys_go_to_the_neighbour_and_not_round_the_edge(
    grid: CodeGrid, start: int, key: str, end: int | None
) -> None:
    heard: list[int] = []
    grid.picked.connect(heard.append)
    grid.set_position(start)
    QTest.keyClick(grid, getattr(Qt.Key, f"Key_{key}"))
    assert heard == ([] if end is None else [end])


def test_other_keys_are_left_to_others(grid: CodeGrid, qtbot: Any) -> None:
    with qtbot.assertNotEmitted(grid.picked):
        QTest.keyClick(grid, Qt.Key.Key_A)


def test_a_reader_hears_the_position_and_its_code(grid: CodeGrid) -> None:
    assert grid.accessibleDescription() == "position 1 of 5 holds code 7"
    grid.set_position(4)
    assert grid.accessibleDescription() == "position 5 of 5 holds code 12"
    grid.set_index(np.array([3]))  # fewer than before: nothing is said of one that is not there
    grid.grab()
    grid.set_position(0)
    assert grid.accessibleDescription() == "position 1 of 1 holds code 3"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_chosen_cell_is_framed_in_the_accent(
    light: None, grid: CodeGrid, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    grid.clearFocus()
    grid.set_position(1)
    tokens, seen = theme.tokens_of(grid), painted.pixels(grid)
    left, top, right, bottom = painted.box_of(painted.of_colour(seen, tokens.accent, near=2))
    cell = grid.cell(1)
    assert cell.left() <= left and right < cell.right() and top >= 0 and bottom < cell.bottom()
    other = grid.cell(3).toRect()
    assert painted.of_colour(seen, tokens.hairline, near=40)[other.bottom() - 1, other.center().x()]


def test_each_cell_says_its_code(grid: CodeGrid, monkeypatch: pytest.MonkeyPatch) -> None:
    said = painted.written(monkeypatch, code_grid, grid.grab)
    assert [text for text, _ in said] == ["7", "1", "4", "0", "12"]
    assert all(box.center() == grid.cell(i).center() for i, (_, box) in enumerate(said))


def test_a_row_a_position_leaves(grid: CodeGrid) -> None:
    thing = grid.thing()
    assert thing is not None
    columns = thing.table(NO_TASK)  # type: ignore[misc]
    assert list(columns["position"]) == [1, 2, 3, 4, 5]
    assert list(columns["code"]) == [7, 1, 4, 0, 12]
    grid.set_index(np.zeros(0, np.int64))
    assert grid.thing() is None
