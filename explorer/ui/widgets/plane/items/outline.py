"""A path in the coordinates of a plane, made of what may be broken numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform

from explorer.ui.widgets.plane.bounds import bounded
from explorer.ui.widgets.plane.frame import Point


class Outline:
    """Lines and ellipses; ``path`` is theirs. What is too far ends where the plane does."""

    def __init__(self) -> None:
        self.path = QPainterPath()

    def line(self, xy: NDArray[np.floating]) -> Outline:
        """Join points (k, 2)."""
        self.path.addPolygon(QPolygonF([QPointF(x, y) for x, y in bounded(xy).tolist()]))
        return self

    def ellipse(self, middle: Point, radii: Point, angle: float = 0.0) -> Outline:
        """angle: of the first radius, in degrees, counter-clockwise."""
        (x, y), (a, b) = bounded(np.array([middle, radii], np.float64)).tolist()
        if not angle:
            self.path.addEllipse(QPointF(x, y), a, b)
            return self
        one = QPainterPath()
        one.addEllipse(QPointF(0, 0), a, b)
        self.path.addPath(QTransform().translate(x, y).rotate(angle).map(one))
        return self
