"""explorer.ui.plane.tools: one tool is in the hand, and only that one is told of gestures."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import SIGNAL, QPoint, Qt
from PySide6.QtTest import QTest

from explorer.ui.plane.tools import tools
from explorer.ui.widgets.legend.hover_card import HoverCard

tools.discover("explorer.ui.plane.tools")


@pytest.mark.parametrize("name", ["pan", "probe", "lasso", "path"])
def test_only_the_tool_in_the_hand_hears(plane_area: Any, state: Any, name: str) -> None:
    plane = plane_area.plane
    state.update(tool=name)
    assert [n for n, tool in plane.tools.items() if tool.active] == [name]
    heard = plane.receivers(SIGNAL("dragged(double,double)"))
    assert heard == (0 if name == "pan" else 1)
    state.update(tool="pan")
    assert plane.receivers(SIGNAL("dragged(double,double)")) == 0


def test_the_pointer_is_followed_only_when_that_is_asked_for(plane_area: Any, state: Any) -> None:
    signal = SIGNAL("pointer_moved(PyObject)")
    assert plane_area.plane.receivers(signal) == 0
    state.update(follow=True)
    assert plane_area.plane.receivers(signal) == 1
    state.update(follow=False)
    assert plane_area.plane.receivers(signal) == 0


def test_every_tool_says_what_it_is(plane_area: Any) -> None:
    assert {"pan", "probe", "lasso", "path"} <= set(plane_area.plane.tools)
    for tool in plane_area.plane.tools.values():
        assert tool.label and tool.icon and tool.key and tool.tip


@pytest.mark.parametrize("name", sorted(tools))
def test_ring_and_card_go_as_a_drag_begins_with_any_tool(
    plane_area: Any, state: Any, qtbot: Any, name: str
) -> None:
    plane, card = plane_area.plane, plane_area.findChild(HoverCard)
    state.update(tool=name)
    at = plane.pixel_at((1, 1))
    QTest.mouseMove(plane.viewport(), QPoint(5, 5))
    QTest.mouseMove(plane.viewport(), at)
    qtbot.waitUntil(card.isVisible)
    QTest.mousePress(plane.viewport(), Qt.MouseButton.LeftButton, pos=at)
    for step in (3, 30, 60):
        QTest.mouseMove(plane.viewport(), at - QPoint(step, 0))
        assert state.now.hover is None and plane._marks.hover_at is None and card.isHidden()
    QTest.mouseRelease(plane.viewport(), Qt.MouseButton.LeftButton, pos=at - QPoint(60, 0))
