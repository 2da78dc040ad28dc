"""A plot of points that one moves over: zoomed, dragged along, fitted, and kept within limits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Signal
from PySide6.QtWidgets import QWidget

from explorer.ui.widgets.gesture import Gesture
from explorer.ui.widgets.plane.bounds import limits, within
from explorer.ui.widgets.plane.frame import View
from explorer.ui.widgets.plane.pictured_plot import PicturedPlot

SMALLEST = 0.01  # plane units that a fit shows: codes that have all collapsed are one dot


class ZoomedPlot(PicturedPlot):
    """All points are seen until the user has chosen a view: that is told, and shown again."""

    view_changed = Signal(object)  # by the user: what is seen, left, right, bottom, top; or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gesture = Gesture()
        self._view: View | None = None  # that the user chose
        self._fitted: View | None = None  # where all points were seen before that
        self._of: object = None  # what the points are of
        self._chosen: View | None = None  # seen in any room, until all points are
        self._xy = np.zeros((0, 2), np.float32)
        self._limits = limits(self._xy)

    def _move_points(self, xy: NDArray[np.float32], of: object) -> None:
        """Other points (n, 2); those of another space are all seen, unless a view was chosen."""
        self._xy = xy
        self._limit()
        if len(xy) and self._view is None and (of != self._of or self._fits_badly()):
            self._fit()
        self._of = of

    def show_view(self, view: View | None) -> None:
        """Show what the user chose to see; for None all points, as they were seen before."""
        if view == self._view:
            return
        self._leave()
        self._room_for_numbers()
        self._view = view
        at = view or self._fitted
        if at is not None:
            self._chosen = at
            self._show_chosen()
        if view is None and (at is None or self._fits_badly()):
            self._fit()

    def _show_chosen(self) -> None:
        at = self._chosen
        if at is not None:
            self._box.setRange(xRange=at[:2], yRange=at[2:], padding=0, disableAutoRange=True)

    def _on_box_resized(self, *what: object) -> None:
        """What was chosen is seen in any room: longer numbers along an axis take some of it."""
        self._show_chosen()
        super()._on_box_resized(*what)

    def fit(self) -> None:
        """At the user's wish, show (nearly) all points; without points, -3..3."""
        self.gesture.begin()
        self._show_all()

    def _show_all(self) -> None:
        self._view = None
        self._fit()
        self.view_changed.emit(None)

    def _fit(self) -> None:
        self._room_for_numbers()
        low, high = self._extent()
        self._box.setRange(
            xRange=(low[0], high[0]), yRange=(low[1], high[1]), padding=0.06, disableAutoRange=True
        )
        self._chosen = None

    def _seen(self) -> View:
        x, y = self._box.viewRange()
        return (float(x[0]), float(x[1]), float(y[0]), float(y[1]))

    def _leave(self) -> None:
        """Another view is about to be shown: to all points one comes back as they were."""
        if self._view is None:
            self._fitted = self._seen()

    def _choose(self) -> None:
        self._view = self._chosen = self._seen()
        self._room_for_numbers()
        self.view_changed.emit(self._view)

    def _extent(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        seen = within(self._xy)
        if len(seen) < 2:
            return np.array([-3.0, -3.0]), np.array([3.0, 3.0])
        low, high = np.quantile(seen, [0.001, 0.999], axis=0)
        room = np.maximum(SMALLEST - (high - low), 0) / 2
        return low - room, high + room

    def _fits_badly(self) -> bool:
        low, high = self._extent()
        seen = self._box.viewRect()
        share = max((high[0] - low[0]) / seen.width(), (high[1] - low[1]) / seen.height())
        inside = (
            seen.left() <= low[0] and high[0] <= seen.right()
            and seen.top() <= low[1] and high[1] <= seen.bottom()
        )  # fmt: skip
        return not inside or share < 0.55

    def _limit(self) -> None:
        """The view stays where a click means something: about the points."""
        self._limits = at = limits(self._xy)
        self._box.setLimits(
            xMin=at.low[0], xMax=at.high[0], yMin=at.low[1], yMax=at.high[1],
            minXRange=at.least, minYRange=at.least, maxXRange=at.most, maxYRange=at.most,
        )  # fmt: skip

    def zoom(self, factor: float, about: QPointF | None = None) -> None:
        """Enlarge by ``factor`` about a pixel of the viewport, or the middle; up to a limit."""
        at = QPointF(self.viewport().rect().center()) if about is None else about
        seen = self._box.viewRect()
        factor = max(factor, max(seen.width(), seen.height()) / self._limits.most)
        factor = min(factor, min(seen.width(), seen.height()) / self._limits.least)
        self._leave()
        self._box.scaleBy((1 / factor, 1 / factor), center=self.point_at(at))
        self._choose()

    def _pan(self, start: QPointF, end: QPointF) -> None:
        a, b = self.point_at(start), self.point_at(end)
        self._leave()
        self._box.translateBy(x=a[0] - b[0], y=a[1] - b[1])
        self._choose()
