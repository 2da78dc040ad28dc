"""Pictures of a grid are picked and chosen by mouse and by keyboard alike."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from explorer.ui.widgets.pictures.picture_grid import PictureGrid


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_what_is_picked_is_chosen_by_enter_or_a_double_click(qtbot: Any, key: Qt.Key) -> None:
    grid = PictureGrid()
    qtbot.addWidget(grid)
    grid.resize(300, 200)
    grid.show_pictures(np.zeros((3, 8, 8, 1), np.uint8))
    picked: list[int] = []
    chosen: list[int] = []
    grid.picked.connect(picked.append)
    grid.chosen.connect(chosen.append)
    QTest.keyClick(grid, key)
    assert (picked, chosen) == ([], [])  # none is picked yet
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, key)
    assert (picked, chosen) == ([0, 1], [1])
    QTest.mouseDClick(grid, Qt.MouseButton.LeftButton, pos=grid.cell(2).center().toPoint())
    assert chosen == [1, 2]
