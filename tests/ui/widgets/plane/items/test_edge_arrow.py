"""explorer.ui.widgets.plane.items.edge_arrow: a cursor that is out of sight is pointed at."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QColor

from explorer.ui.themes import theme
from explorer.ui.widgets.plane.items.edge_arrow import SIDE, EdgeArrow
from explorer.ui.widgets.plane.scatter_plane import ScatterPlane


@pytest.fixture
def plane(qtbot: Any) -> ScatterPlane:
    made = ScatterPlane()
    qtbot.addWidget(made)
    made.resize(500, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.mark.parametrize(
    ("at", "side"),
    [((99, 0), "right"), ((-99, 0), "left"), ((0, 99), "top"), ((0, -99), "bottom"),
     ((float("nan"), 0), "right")],
)  # fmt: skip
def test_it_stands_at_the_edge_nearest_the_cursor(
    plane: ScatterPlane, at: tuple[float, float], side: str
) -> None:
    arrow = plane.findChild(EdgeArrow)
    plane.set_cursor((0.0, 0.0))
    assert arrow.isHidden()
    plane.set_cursor(at)
    frame, box = arrow.parentWidget().rect(), arrow.geometry()
    assert arrow.isVisible() and frame.contains(box)
    gaps = {"left": box.left(), "right": frame.right() - box.right(), "top": box.top(),
            "bottom": frame.bottom() - box.bottom()}  # fmt: skip
    assert gaps[side] <= 1 and min(gaps, key=gaps.__getitem__) == side
    middle = arrow.grab().toImage().pixelColor(SIDE // 2, SIDE // 2)
    assert middle == QColor(theme.tokens_of(plane).accent)


def test_it_goes_with_the_cursor_and_follows_the_view(plane: ScatterPlane) -> None:
    arrow = plane.findChild(EdgeArrow)
    plane.set_cursor((2.5, 0.0))
    assert arrow.isHidden()
    plane.zoom(4)
    assert arrow.isVisible()
    plane.zoom(1 / 4)
    assert arrow.isHidden()
    plane.set_cursor((99.0, 99.0))
    assert arrow.isVisible()
    plane.set_cursor_opacity(0.0)  # the layer is hidden
    assert arrow.isHidden()
    plane.set_cursor_opacity(1.0)
    assert arrow.isVisible()
    plane.set_cursor(None)
    assert arrow.isHidden()
