"""A plot that items are painted on."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QRectF


@pytest.fixture
def plot(qtbot: Any) -> pg.PlotWidget:
    """200 x 200 px, white, from -5 to 5 both ways."""
    made = pg.PlotWidget(background="w")
    qtbot.addWidget(made)
    made.hideAxis("left")
    made.hideAxis("bottom")
    made.getPlotItem().layout.setContentsMargins(0, 0, 0, 0)
    made.setFrameStyle(0)
    made.resize(200, 200)
    made.getViewBox().setRange(QRectF(-5, -5, 10, 10), padding=0)
    with qtbot.waitExposed(made):
        made.show()
    return made
