"""All codes as pictures: their order, what is picked by mouse and keys, rings, and what is said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.task import NO_TASK
from explorer.ui.themes import theme
from explorer.ui.widgets.pictures.code_palette import LINE, CodePalette
from tests.ui import painted

LEFT = Qt.MouseButton.LeftButton
WORDS = Qt.ItemDataRole.AccessibleTextRole
SHARES = np.array([0.1, 0.5, 0.0, 0.4])  # in the order 1, 3, 0, 2


def greys(count: int, shape: tuple[int, ...] = (8, 8, 1)) -> list[np.ndarray]:
    """Of each code its own grey."""
    return [np.full(shape, 40 + 50 * i, np.uint8) for i in range(count)]


@pytest.fixture
def palette(qtbot: Any) -> CodePalette:
    made = CodePalette()
    qtbot.addWidget(made)
    made.resize(216, 130)
    made.set_shares(SHARES)
    made.set_pictures(greys(4))
    made.show()
    QApplication.processEvents()
    return made


def middle(palette: CodePalette, row: int) -> QPoint:
    return palette.visualRect(palette.codes.index(row, 0)).center()


def picked(palette: CodePalette) -> list[int]:
    heard: list[int] = []
    palette.picked.connect(heard.append)
    return heard


def test_the_most_used_come_first_and_each_is_said(palette: CodePalette) -> None:
    said = [palette.codes.data(palette.codes.index(row, 0), WORDS) for row in range(4)]
    assert said == [
        "code 1, 50.0% of the samples' codes", "code 3, 40.0% of the samples' codes",
        "code 0, 10.0% of the samples' codes", "code 2, held by no sample",
    ]  # fmt: skip
    assert [palette.row_of(code) for code in range(5)] == [2, 0, 3, 1, None]
    assert palette.codes.rowCount() == 4
    assert palette.codes.rowCount(palette.codes.index(0, 0)) == 0


def test_a_click_picks_the_code_below_the_pointer(palette: CodePalette) -> None:
    heard = picked(palette)
    QTest.mouseClick(palette.viewport(), LEFT, pos=middle(palette, 1))
    assert heard[0] == 3 and set(heard) == {3}
    palette.set_held(3)
    heard.clear()
    QTest.mouseClick(palette.viewport(), LEFT, pos=middle(palette, 1))
    assert heard == []  # z holds it already


def test_arrow_keys_walk_in_the_order_of_use(palette: CodePalette) -> None:
    palette.set_held(1)
    heard = picked(palette)
    QTest.keyClick(palette, Qt.Key.Key_Right)
    palette.set_held(heard[-1])
    QTest.keyClick(palette, Qt.Key.Key_Right)
    assert heard == [3, 0]


def test_the_keyboard_that_arrives_picks_none(palette: CodePalette) -> None:
    heard = picked(palette)
    palette.activateWindow()
    palette.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    assert heard == []


def test_to_be_told_which_is_held_picks_none_and_brings_it_into_sight(
    palette: CodePalette,
) -> None:
    palette.set_shares(np.linspace(1, 0, 60) / 30)
    heard = picked(palette)
    palette.set_held(59)
    assert heard == [] and palette.currentIndex().row() == 59
    at = palette.visualRect(palette.codes.index(59, 0))
    assert palette.viewport().rect().contains(at.center())
    palette.set_held(None)
    assert palette.held is None


def test_the_held_one_stays_where_the_order_changes(palette: CodePalette) -> None:
    palette.set_held(3)
    palette.set_shares(SHARES[::-1].copy())  # in the order 2, 0, 3, 1
    assert palette.held == 3 and palette.currentIndex().row() == 2
    assert len(palette.codes.pictures) == 4


def test_other_shares_in_the_same_order_leave_the_view_where_it_is(palette: CodePalette) -> None:
    reset: list[bool] = []
    palette.codes.modelReset.connect(lambda: reset.append(True))
    palette.set_shares(np.array([0.2, 0.45, 0.0, 0.35]))
    assert not reset and palette.codes.data(palette.codes.index(2, 0), WORDS).startswith(
        "code 0, 20.0%"
    )


def test_pictures_of_another_book_are_not_shown(palette: CodePalette) -> None:
    palette.set_shares(np.full(9, 1 / 9))
    assert not palette.codes.pictures
    palette.set_pictures(greys(4))
    assert not palette.codes.pictures
    palette.grab()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_pictures_stand_by_use_the_unused_is_faint_the_held_is_ringed(
    light: None, palette: CodePalette, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    palette.set_held(3)
    tokens, seen = theme.tokens_of(palette), painted.pixels(palette.viewport())
    heights = [middle(palette, row) - QPoint(0, LINE // 2) for row in range(4)]
    values = [int(seen[at.y(), at.x(), 0]) for at in heights]
    ground = painted.rgb(tokens.surface)[0]
    assert values[:3] == [90, 190, 40]  # of codes 1, 3 and 0
    assert values[3] == pytest.approx(0.35 * 140 + 0.65 * ground, abs=2)
    left, top, right, bottom = painted.box_of(painted.of_colour(seen, tokens.accent, near=3))
    cell = palette.visualRect(palette.codes.index(1, 0))
    assert cell.left() - 2 <= left and right <= cell.right() + 2
    assert abs(right - left - (bottom - top)) <= 1 and bottom < cell.bottom() - LINE + 3


@pytest.mark.parametrize(
    ("shape", "size"),
    [((8, 8, 1), (40, 40)), ((28, 28, 1), (28, 28)), ((16, 16, 3), (32, 32)),
     ((64, 96, 3), (72, 48)), ((64, 64, 1), (64, 64))],
)  # fmt: skip
def test_pictures_are_enlarged_by_whole_factors_or_shrunk(
    palette: CodePalette, shape: tuple[int, ...], size: tuple[int, int]
) -> None:
    palette.set_pictures(greys(4, shape))
    assert palette.picture_size() == size
    grid = palette.gridSize()
    assert grid.width() >= size[0] and grid.height() >= size[1] + LINE
    palette.grab()


@pytest.mark.parametrize("width", [120, 216, 500])
def test_columns_share_the_width(palette: CodePalette, width: int) -> None:
    palette.resize(width, 130)
    room, cell = palette.viewport().width() - 1, palette.gridSize().width()
    columns = room // cell
    assert columns == max(1, room // 46) and room - columns * cell < columns
    tops = {palette.visualRect(palette.codes.index(row, 0)).top() for row in range(min(4, columns))}
    assert len(tops) == 1


def test_the_use_of_all_leaves(palette: CodePalette) -> None:
    thing = palette.thing()
    assert thing is not None
    columns = thing.table(NO_TASK)  # type: ignore[misc]
    assert list(columns["code"]) == [1, 3, 0, 2] and list(columns["share"]) == [0.5, 0.4, 0.1, 0.0]
    palette.set_shares(np.zeros(0))
    assert palette.thing() is None
