"""The strip below an axis: each picture stands below its value, and a press goes to it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.ui.themes import theme
from explorer.ui.widgets.pictures.axis_strip import CELL, HEIGHT, Axis, AxisStrip

LEFT = Qt.MouseButton.LeftButton
AXIS = Axis(-5.0, 5.0, 20.0, 620.0)
VALUES = np.arange(10) - 4.5


@pytest.fixture
def strip(qtbot: Any, qapp: Any) -> AxisStrip:
    theme.apply(qapp, "light")
    made = AxisStrip()
    qtbot.addWidget(made)
    made.resize(700, HEIGHT)
    made.show()
    made.set_axis(AXIS)
    made.set_pictures(VALUES, [np.full((8, 8, 1), 20 * i, np.uint8) for i in range(10)])
    return made


def test_a_picture_stands_below_its_value_on_any_axis(strip: AxisStrip) -> None:
    for axis in (AXIS, Axis(-2.5, 2.5, 20.0, 620.0), Axis(-50.0, 5.0, 20.0, 620.0)):
        strip.set_axis(axis)
        for i, value in enumerate(VALUES):
            assert strip.picture_rect(i).center().x() == pytest.approx(axis.pixel(value), abs=1)


def test_no_two_pictures_lie_over_each_other(strip: AxisStrip) -> None:
    rects = [strip.picture_rect(i) for i in range(10)]
    assert all(a.right() < b.left() for a, b in pairwise(rects))
    assert strip.picture_rect(0).height() <= HEIGHT


def test_there_are_as_many_cells_as_there_is_room_for() -> None:
    assert AXIS.cells == 600 // CELL and Axis(0, 1, 0, CELL / 2).cells == 1


def test_a_press_and_a_drag_go_to_the_value_under_them(strip: AxisStrip, qtbot: Any) -> None:
    told: list[tuple[object, float]] = []
    strip.dragged.connect(lambda gesture, value: told.append((gesture, value)))
    QTest.mousePress(strip, LEFT, pos=QPoint(320, 20))
    QTest.mouseMove(strip, QPoint(380, 20))
    QTest.mouseMove(strip, QPoint(699, 20))
    QTest.mouseRelease(strip, LEFT, pos=QPoint(699, 20))
    assert [value for _, value in told] == pytest.approx([0.0, 1.0, 5.0])
    assert len({id(gesture) for gesture, _ in told}) == 1  # one step of undo
    QTest.mouseClick(strip, LEFT, pos=QPoint(320, 20))
    assert told[-1][0] is not told[0][0]


def test_a_pointer_that_passes_is_told_of_until_it_leaves(strip: AxisStrip) -> None:
    told: list[object] = []
    strip.hovered.connect(told.append)
    QTest.mouseMove(strip, QPoint(320, 20))
    QApplication.sendEvent(strip, QEvent(QEvent.Type.Leave))
    assert told == [pytest.approx(0.0), None]


def test_without_pictures_or_without_an_axis_there_is_nothing_to_press(strip: AxisStrip) -> None:
    told: list[float] = []
    strip.dragged.connect(lambda _gesture, value: told.append(value))
    strip.set_pictures(np.zeros(0), ())
    QTest.mouseClick(strip, LEFT, pos=QPoint(320, 20))
    assert strip.thing() is None
    strip.set_axis(None)
    QTest.mouseClick(strip, LEFT, pos=QPoint(320, 20))
    assert told == [] and not strip.grab().isNull()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_cursor_is_a_line_at_its_value_in_the_accent(
    light: None, strip: AxisStrip, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    strip.set_cursor_value(2.0)
    seen = strip.grab().toImage()
    accent = theme.tokens_of(strip).accent.upper()
    columns = [x for x in range(700) if seen.pixelColor(x, 1).name().upper() == accent]
    assert columns and abs(np.mean(columns) - AXIS.pixel(2.0)) <= 1
