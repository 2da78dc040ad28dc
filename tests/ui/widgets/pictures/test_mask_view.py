"""Brushing on a picture: which pixels it marks, and that it marks none where it is not meant to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from explorer.ui.themes import theme
from explorer.ui.widgets.pictures.mask_view import MaskView
from tests.ui import painted

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
SIDE = 8


@pytest.fixture
def view(qtbot: Any) -> MaskView:
    made = MaskView()
    qtbot.addWidget(made)
    made.resize(80, 100)
    made.show()
    made.set_picture(np.full((SIDE, SIDE, 1), 255, np.uint8))
    made.set_known(np.ones((SIDE, SIDE), np.bool_))
    made.set_brush(True)
    return made


def centre(view: MaskView, row: int, column: int) -> QPoint:
    """The middle of a pixel of the picture."""
    room = view.picture_rect()
    step = room.width() / SIDE
    return QPointF(room.left() + (column + 0.5) * step, room.top() + (row + 0.5) * step).toPoint()


def press(view: MaskView, at: QPoint) -> None:
    """And let go: else the next test's pointer would drag."""
    QTest.mouseClick(view, LEFT, pos=at)


def marked(view: MaskView) -> list[tuple[int, int]]:
    assert view.known is not None
    return [(int(r), int(c)) for r, c in np.argwhere(~view.known)]


def test_every_pixel_is_found_under_its_middle_and_none_outside(view: MaskView) -> None:
    for row in range(SIDE):
        for column in range(SIDE):
            assert view.place_at(QPointF(centre(view, row, column))) == (row, column)
    room = view.picture_rect()
    assert view.place_at(room.topLeft() - QPointF(1, 1)) is None
    assert view.place_at(room.bottomRight()) in (None, (SIDE - 1, SIDE - 1))
    view.set_known(None)
    assert view.place_at(room.center()) is None


def test_a_press_marks_the_pixel_and_its_neighbours(view: MaskView, qtbot: Any) -> None:
    with qtbot.waitSignal(view.brushed):
        press(view, centre(view, 3, 5))
    assert marked(view) == [(r, c) for r in (2, 3, 4) for c in (4, 5, 6)]


def test_at_a_corner_only_what_is_there_is_marked(view: MaskView) -> None:
    press(view, centre(view, 0, 0))
    assert marked(view) == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_a_drag_goes_on_and_is_one_gesture(view: MaskView) -> None:
    heard: list[object] = []
    view.brushed.connect(lambda: heard.append(view.gesture.now))
    QTest.mousePress(view, LEFT, pos=centre(view, 1, 1))
    for column in (3, 6):
        QTest.mouseMove(view, centre(view, 1, column))
    QTest.mouseRelease(view, LEFT, pos=centre(view, 1, 6))
    assert marked(view) == [(r, c) for r in (0, 1, 2) for c in range(8)]
    assert len(heard) == 3 and len(set(map(id, heard))) == 1
    press(view, centre(view, 6, 1))
    assert heard[-1] is not heard[0]


def test_a_pointer_without_a_button_marks_nothing(view: MaskView) -> None:
    QTest.mouseMove(view, centre(view, 4, 4))
    QTest.mousePress(view, RIGHT, pos=centre(view, 4, 4))
    QTest.mouseRelease(view, RIGHT, pos=centre(view, 4, 4))
    assert marked(view) == []


def test_without_the_brush_nothing_is_marked_and_the_pointer_says_so(view: MaskView) -> None:
    assert view.cursor().shape() == Qt.CursorShape.CrossCursor
    view.set_brush(False)
    assert view.cursor().shape() == Qt.CursorShape.ArrowCursor
    QTest.mousePress(view, LEFT, pos=centre(view, 4, 4))
    QTest.mouseMove(view, centre(view, 5, 5))
    QTest.mouseRelease(view, LEFT, pos=centre(view, 5, 5))
    assert marked(view) == []


def test_marks_are_its_own_copy(view: MaskView) -> None:
    given = np.ones((SIDE, SIDE), np.bool_)
    view.set_known(given)
    before = view.known
    press(view, centre(view, 4, 4))
    assert given.all() and before is not None and before.all()


def test_a_large_picture_has_a_broader_brush(view: MaskView) -> None:
    view.set_picture(np.zeros((70, 70, 1), np.uint8))
    view.set_known(np.ones((70, 70), np.bool_))
    press(view, view.picture_rect().center().toPoint())
    assert len(marked(view)) == 11 * 11  # 70 / 14 to each side


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_veil_of_the_accent_lies_over_what_is_marked_only(
    light: None, view: MaskView, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    press(view, centre(view, 3, 3))
    seen, accent = painted.pixels(view), np.array(painted.rgb(theme.tokens_of(view).accent))
    veil = np.round(255 + (accent - 255) * 110 / 255)
    at, away = centre(view, 3, 3), centre(view, 6, 6)
    assert np.abs(seen[at.y(), at.x()] - veil).max() <= 2
    assert tuple(seen[away.y(), away.x()]) == (255, 255, 255)
    view.set_brush(False)
    assert tuple(painted.pixels(view)[at.y(), at.x()]) == (255, 255, 255)
