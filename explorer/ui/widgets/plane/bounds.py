"""How far a plane reaches: what its widgets are handed is brought within it, whatever it was.

Qt and pyqtgraph end the process where a view goes to places of 1e24 and beyond; a code that a
broken model gives may lie there, or be no number at all.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from explorer.ui.widgets.plane.frame import Point

FARTHEST = 1e9  # plane units: a coordinate beyond it cannot be told from its neighbours
ROOM = 20.0  # times the extent of the points that a view may show, from edge to edge
LEAST_EXTENT = 3.0  # plane units on either side of 0 that count as points in any case
DEEPEST = 1e-5  # of the largest coordinate, or of 1: as deep as float32 codes lie apart


class Limits(NamedTuple):
    """The square that a view stays in, and the plane units that it may show from edge to edge."""

    low: Point
    high: Point
    least: float
    most: float


def bounded(values: NDArray[np.floating] | Point) -> NDArray[np.floating]:
    """The same within the plane, out of sight where they are no numbers."""
    held: NDArray[np.floating] = np.clip(np.asarray(values), -FARTHEST, FARTHEST)
    lost = held != held  # no numbers
    if lost.any():
        held[lost] = FARTHEST
    return held


def bounded_point(at: Point | None) -> Point | None:
    """The same for one point, as plain numbers, or none."""
    if at is None:
        return None
    x, y = (min(max(float(v), -FARTHEST), FARTHEST) if v == v else FARTHEST for v in at)
    return (x, y)


def within(xy: NDArray[np.floating]) -> NDArray[np.floating]:
    """Those of the points (n, 2) that lie on the plane and not at its end."""
    x, y = (np.abs(xy) < FARTHEST).T
    seen = x & y
    return xy if seen.all() else xy[seen]  # nearly always all do, and a copy takes longer


def limits(xy: NDArray[np.floating]) -> Limits:
    """Where the view of points (n, 2) may go: where a click still means something."""
    points = within(xy)
    columns = points.T  # each by itself: along the points together numpy takes ten times as long
    low = np.array([column.min(initial=-LEAST_EXTENT) for column in columns], np.float64)
    high = np.array([column.max(initial=LEAST_EXTENT) for column in columns], np.float64)
    most = ROOM * float((high - low).max())
    (x, y), half = ((low + high) / 2).tolist(), most / 2
    least = DEEPEST * max(1.0, float(np.abs(points).max(initial=0.0)))
    return Limits((x - half, y - half), (x + half, y + half), least, most)
