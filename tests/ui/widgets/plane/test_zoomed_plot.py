"""explorer.ui.widgets.plane.zoomed_plot: one view in one size is drawn in one way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF

from explorer.ui.themes import theme
from explorer.ui.widgets.plane.zoomed_plot import ZoomedPlot

FAR = (1234.5, 1234.6, 1234.5, 1234.6)  # along the axes are long numbers
NEAR = (-1.0, 1.0, -1.0, 1.0)


@pytest.fixture
def plot(qtbot: Any, qapp: Any) -> ZoomedPlot:
    theme.apply(qapp, "light")
    made = ZoomedPlot()
    qtbot.addWidget(made)
    made.resize(500, 400)
    made._move_points(np.array([[-2, -2], [2000, 2000]], np.float32), "points")
    made.apply_theme()
    made.show()
    qtbot.waitExposed(made)
    return made


def drawn(plot: ZoomedPlot, qapp: Any) -> tuple[QPoint, QPoint, float]:
    """Where two points are, and the room of the numbers, once nothing changes any more."""
    for _ in range(4):
        plot.grab()
        qapp.processEvents()
    x, y, width, height = plot._box.viewRect().getRect()
    ends = plot.pixel_at((x, y)), plot.pixel_at((x + width, y + height))
    return *ends, plot.getAxis("left").width()


def test_a_view_that_one_comes_back_to_is_drawn_as_it_was(plot: ZoomedPlot, qapp: Any) -> None:
    plot.show_view(NEAR)
    near = drawn(plot, qapp)
    plot.show_view(FAR)
    far = drawn(plot, qapp)
    assert far[2] > near[2], "longer numbers have more room"
    for view, was in ((NEAR, near), (FAR, far), (NEAR, near)):
        plot.show_view(view)
        assert drawn(plot, qapp) == was
    plot.zoom(2.0, QPointF(250, 200))
    plot.show_view(NEAR)
    assert drawn(plot, qapp) == near


def test_fit_gives_the_room_of_long_numbers_back(plot: ZoomedPlot, qapp: Any) -> None:
    plot._move_points(np.array([[-2, -2], [2, 2]], np.float32), "others")
    fitted = drawn(plot, qapp)
    plot.show_view((0.50001, 0.50002, 0.50001, 0.50002))
    assert drawn(plot, qapp)[2] > fitted[2]
    plot.fit()
    assert drawn(plot, qapp) == fitted
