"""explorer.ui.widgets.layouts.side_by_side: columns where there is room, else rows."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QApplication, QWidget

from explorer.ui.themes import theme
from explorer.ui.widgets.layouts.side_by_side import SideBySide

FIRST, COLUMN, LEAST = 60, 100, 80


class Sized(QWidget):
    """As wide as it wants to be."""

    def sizeHint(self) -> QSize:
        return QSize(FIRST, 40)


def resized(made: SideBySide, width: int) -> None:
    made.resize(width, 300)
    settled(made)


def settled(made: SideBySide) -> None:
    QApplication.processEvents()
    made.layout().activate()


def parts(qtbot: Any) -> tuple[SideBySide, QWidget, QWidget, QWidget]:
    first, column, rest = Sized(), QWidget(), QWidget()
    made = SideBySide([first], column, rest, width=COLUMN, least=LEAST, narrowest=50)
    qtbot.addWidget(made)
    made.show()
    return made, first, column, rest


@pytest.mark.parametrize("hidden", [False, True])
def test_they_stand_beside_one_another_just_where_the_last_has_its_room(
    qtbot: Any, *, hidden: bool
) -> None:
    made, first, column, rest = parts(qtbot)
    first.setVisible(not hidden)
    enough = COLUMN + LEAST + (0 if hidden else FIRST + theme.INSIDE)
    for width, beside in ((enough, True), (enough - 1, False), (enough + 200, True)):
        resized(made, width)
        at = rest.mapTo(made, QPoint()) - column.mapTo(made, QPoint())
        assert (at.x() > 0, at.y() > 0) == (beside, not beside), width
        assert not beside or column.width() == COLUMN
        assert beside or column.width() == width


def test_what_appears_takes_its_room_once_it_is_arranged(qtbot: Any) -> None:
    made, first, column, rest = parts(qtbot)
    first.hide()
    resized(made, COLUMN + LEAST)
    assert rest.x() > column.x()
    first.show()
    made.arrange()
    settled(made)
    assert rest.x() == column.x()


def test_from_columns_one_can_get_back_to_rows(qtbot: Any) -> None:
    made, *_ = parts(qtbot)
    made.resize(600, 300)
    assert made.minimumSizeHint().width() == 50
