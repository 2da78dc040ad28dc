"""A way over a plane: a line on a rim of the ground, so that it is seen over any points."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from explorer.ui.themes.theme import Tokens
from explorer.ui.widgets.plane.items.outline import Outline
from explorer.ui.widgets.plane.items.plane_group import PlaneGroup

WIDTH, RIM = 2.0, 4.5
HEIGHT = 10.0  # above points and ellipses, below the cursor


class WayItem(PlaneGroup):
    """Two of Qt's own path items in the coordinates of the plane."""

    def __init__(self, box: pg.ViewBox, parent: QObject) -> None:
        super().__init__(box, HEIGHT, parent)
        self.rim, self.line = QGraphicsPathItem(), QGraphicsPathItem()
        for item in (self.rim, self.line):
            self.add(item)

    def set_way(self, xy: NDArray[Any] | None) -> None:
        """Draw the polyline (k, 2), or nothing."""
        path = (Outline() if xy is None else Outline().line(xy)).path
        for item in (self.rim, self.line):
            item.setPath(path)

    def set_colours(self, tokens: Tokens) -> None:
        """Accent on the ground."""
        self.rim.setPen(pen(tokens.surface, RIM))
        self.line.setPen(pen(tokens.accent, WIDTH))


def pen(colour: str, width: float) -> QPen:
    """As wide at every zoom, round at ends and corners."""
    round_ = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    made = QPen(QColor(colour), width, Qt.PenStyle.SolidLine, *round_)
    made.setCosmetic(True)
    return made
