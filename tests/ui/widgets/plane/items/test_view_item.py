"""One picture of the view: made once for each view, and anew where it is of other things."""

from __future__ import annotations

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

from explorer.ui.widgets.plane.items.view_item import ViewItem
from tests.ui import painted


class Filled(ViewItem):
    """Of one colour, and counts."""

    colour, made = "red", 0

    def is_empty(self) -> bool:
        return not self.colour

    def put_together(self, size: tuple[int, int], seen: QRectF, ratio: float) -> QImage:
        self.made, self.last = self.made + 1, (size, seen, ratio)
        picture = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(QColor(self.colour))
        return picture


@pytest.fixture
def item(plot: pg.PlotWidget) -> Filled:
    return Filled(plot.getViewBox())


def test_a_picture_is_made_once_for_each_view(plot: pg.PlotWidget, item: Filled) -> None:
    for _ in range(3):
        assert (painted.pixels(plot.viewport())[5:195, 5:195] == (255, 0, 0)).all()
    assert item.made == 1 and item.last == ((200, 200), QRectF(-5, -5, 10, 10), 1.0)
    plot.getViewBox().setRange(QRectF(-4, -4, 8, 8), padding=0)
    painted.pixels(plot.viewport())
    assert item.made == 2 and item.last[1] == QRectF(-4, -4, 8, 8)
    plot.resize(120, 120)
    assert (painted.pixels(plot.viewport())[5:115, 5:115] == (255, 0, 0)).all()
    assert item.last[0] == (120, 120)


def test_it_is_made_anew_once_it_is_of_something_else(plot: pg.PlotWidget, item: Filled) -> None:
    painted.pixels(plot.viewport())
    item.colour = "blue"
    item.forget()
    assert tuple(painted.pixels(plot.viewport())[100, 100]) == (0, 0, 255)
    item.colour = ""
    item.forget()
    assert tuple(painted.pixels(plot.viewport())[100, 100]) == (255, 255, 255)
