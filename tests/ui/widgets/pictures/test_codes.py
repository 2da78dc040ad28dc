"""The three leaf widgets of the codes panel."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt

from explorer.ui.widgets.charts.usage_bars import UsageBars
from explorer.ui.widgets.pictures.code_grid import CodeGrid
from explorer.ui.widgets.pictures.code_palette import CodePalette

SHARES = np.array([0.1, 0.5, 0.0, 0.4])


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (4, 2), (5, 3), (9, 3), (64, 8)])
def test_a_grid_is_about_square(qtbot, count, columns):
    grid = CodeGrid()
    qtbot.addWidget(grid)
    grid.set_index(np.arange(count))
    assert grid.columns == columns
    grid.resize(grid.minimumSizeHint())
    last = grid.cell(count - 1)
    assert last.right() <= grid.width() + 1e-6
    assert last.bottom() <= grid.height() + 1e-6
    assert last.height() >= 15


def test_a_click_between_cells_picks_nothing(qtbot):
    grid = CodeGrid()
    qtbot.addWidget(grid)
    grid.set_index(np.arange(4))
    grid.resize(grid.sizeHint())
    with qtbot.assertNotEmitted(grid.picked):
        between = grid.cell(0).topRight().toPoint()
        between.setX(between.x() + 1)
        qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=between)
    with qtbot.waitSignal(grid.picked) as heard:
        at = grid.cell(3).center().toPoint()
        qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=at)
    assert heard.args == [3]


def test_bars_are_sorted_and_the_unused_has_none(qtbot):
    bars = UsageBars()
    qtbot.addWidget(bars)
    bars.resize(200, 60)
    bars.set_shares(SHARES)
    assert bars.code_at(10) == 1
    assert bars.code_at(199) == 2
    assert bars.code_at(200) is None
    assert bars.bar(2).height() == 0
    assert bars.bar(1).height() == pytest.approx(5 * bars.bar(0).height())
    assert bars.accessibleDescription() == "3 of 4 codes are held by samples"
    for held in (None, 0, 2, 9):
        bars.set_held(held)
        bars.grab()


def test_bars_of_nothing(qtbot):
    bars = UsageBars()
    qtbot.addWidget(bars)
    bars.grab()
    bars.set_shares(np.zeros(4))
    bars.set_held(1)
    bars.grab()
    assert UsageBars.code_at(bars, -1) is None


def test_a_palette_speaks_and_keeps_its_place(qtbot):
    palette = CodePalette()
    qtbot.addWidget(palette)
    palette.resize(200, 120)
    palette.set_shares(SHARES)
    palette.set_pictures([np.full((8, 8, 1), i, np.uint8) for i in range(4)])
    palette.set_held(3)
    words = [
        palette.codes.data(palette.codes.index(row, 0), Qt.ItemDataRole.AccessibleTextRole)
        for row in range(4)
    ]
    assert words[0] == "code 1, 50.0% of the samples' codes"
    assert words[3] == "code 2, held by no sample"
    assert palette.currentIndex().row() == 1
    palette.set_shares(SHARES[::-1])
    assert palette.held == 3
    palette.grab()
    palette.set_shares(np.full(9, 1 / 9))  # another book
    assert not palette.codes.pictures
    palette.grab()


def test_wide_and_colour_pictures(qtbot):
    palette = CodePalette()
    qtbot.addWidget(palette)
    palette.resize(200, 120)
    palette.set_shares(SHARES)
    palette.set_pictures([np.zeros((64, 96, 3), np.uint8)] * 4)
    width, height = palette.picture_size()
    assert width <= 96 and height <= 64
    palette.grab()
