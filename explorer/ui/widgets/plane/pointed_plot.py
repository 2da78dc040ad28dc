"""A plot of points that knows which one the pointer is on, and which lie within a loop."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from explorer.ui.themes import theme
from explorer.ui.widgets.plane.bounds import bounded, bounded_point
from explorer.ui.widgets.plane.frame import Point
from explorer.ui.widgets.plane.items.mark_item import MarkItem
from explorer.ui.widgets.plane.items.point_item import PointItem
from explorer.ui.widgets.plane.zoomed_plot import ZoomedPlot

REACH = 14  # px around a point that count as "on it"
TEST_MS, DWELL_MS = 50, 125


class PointedPlot(ZoomedPlot):
    """Points and the marks over them; a pointer that rests on a point is told of."""

    hovered = Signal(object)  # row | None
    dwelled = Signal(object)  # row | None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pointer: QPointF | None = None
        self._over: int | None = None
        self._points = PointItem(self._box)
        self._marks = MarkItem(self._box)
        self._tester = self._timer(TEST_MS, self._test_hover)
        self._dweller = self._timer(DWELL_MS, self._tell_dwell)

    def _timer(self, ms: int, slot: object) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=ms)
        timer.timeout.connect(slot)
        return timer

    def set_points(
        self,
        xy: NDArray[np.float32] | None,
        colours: NDArray[np.uint8] | None = None,
        lut: NDArray[np.uint8] | None = None,
        of: object = None,
    ) -> None:
        """xy: (n, 2). colours: (n,) rows of lut: (k, 4) RGBA, k at most 127. None clears.

        of: the space and its axes. While it is the same, points that move within the view do not
        move the view; those of another are all seen, unless the user has chosen a view of it.
        """
        at = np.zeros((0, 2), np.float32) if xy is None else bounded(xy).astype(np.float32)
        colours = np.zeros(len(at), np.uint8) if colours is None else colours
        lut = np.array([[90, 120, 200, 255]], np.uint8) if lut is None else lut
        self._points.set_points(at, colours, lut)
        self._move_points(at, of)
        self._tell_hover(None)
        self._test_soon()

    def set_colours(self, lut: NDArray[np.uint8]) -> None:
        """Other colours, (k, 4) RGBA, for the same points."""
        self._points.set_lut(lut)

    def set_dimmed(self, mask: NDArray[np.bool_] | None) -> None:
        """Dim the points under ``mask``: (n,); never hide them."""
        self._points.set_dimmed(self._xy, mask)

    def set_points_appearance(self, visible: bool, opacity: float) -> None:
        """Hide, show or fade the points; they are there for the pointer all the same."""
        self._points.setVisible(visible)
        self._points.setOpacity(opacity)

    def set_outlined(self, outlined: bool) -> None:
        """Whether the points lie on pictures: then each has a rim in the colour of the ground."""
        self._points.set_outlined(outlined)

    def set_hover_point(self, at: Point | None) -> None:
        """Put the hover ring at a point of the plane."""
        self._marks.hover_at = bounded_point(at)
        self._marks.update()

    def set_loop(self, loop: Sequence[Point]) -> None:
        """Draw the loop of a lasso; an empty one goes away."""
        self._marks.loop = [at for at in map(bounded_point, loop) if at is not None]
        self._marks.update()

    def rows_inside(self, loop: Sequence[Point]) -> NDArray[np.int64]:
        """The rows of the points (m,) that lie within a loop, even-odd, to the pixel."""
        box = self._box.rect()
        width, height = max(round(box.width()), 1), max(round(box.height()), 1)
        mask = QImage(width, height, QImage.Format.Format_Grayscale8)
        mask.fill(0)
        painter = QPainter(mask)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("white"))
        inner = [at for at in map(bounded_point, loop) if at is not None]
        painter.drawPolygon(QPolygonF([self._marks.to_pixels(point) for point in inner]))
        painter.end()
        inside = np.frombuffer(mask.constBits(), np.uint8).reshape(height, -1)[:, :width] > 0
        seen = self._box.viewRect()
        x = (self._xy[:, 0] - seen.left()) * (width / seen.width())
        y = (seen.bottom() - self._xy[:, 1]) * (height / seen.height())
        visible = (x >= 0) & (x < width) & (y >= 0) & (y < height)
        rows = np.flatnonzero(visible)
        hit = inside[y[rows].astype(np.int64), x[rows].astype(np.int64)]
        chosen: NDArray[np.int64] = rows[hit]
        return chosen

    # -- what is under the pointer ----------------------------------------------------------

    def _busy(self) -> bool:
        """Whether a drag is going on, and nothing is looked for."""
        return False

    def nearest(self, pixel: QPointF) -> int | None:
        """The row of the point nearest to a pixel of the viewport, within reach."""
        if not len(self._xy):
            return None
        a, b = self.point_at(pixel)
        rect, seen = self._box.rect(), self._box.viewRect()
        dx = (self._xy[:, 0] - np.float32(a)) * np.float32(rect.width() / seen.width())
        dy = (self._xy[:, 1] - np.float32(b)) * np.float32(rect.height() / seen.height())
        squared = dx * dx + dy * dy
        row = int(np.argmin(squared))
        return row if squared[row] <= REACH**2 else None

    def _on_box_changed(self, *what: object) -> None:
        """Under a pointer that rests there is another point."""
        super()._on_box_changed(*what)
        if hasattr(self, "_tester"):
            self._test_soon()

    def _test_soon(self) -> None:
        """See what is under the pointer, unless the pointer is busy with a drag."""
        if self._pointer is not None and not self._busy() and not self._tester.isActive():
            self._tester.start()

    def _test_hover(self) -> None:
        if self._pointer is not None and not self._busy():
            self._tell_hover(self.nearest(self._pointer))

    def _tell_hover(self, row: int | None) -> None:
        if row == self._over:
            return
        self._over = row
        self.hovered.emit(row)
        if row is None:
            self._dweller.stop()
            self.dwelled.emit(None)
        else:
            self._dweller.start()

    def _tell_dwell(self) -> None:
        self.dwelled.emit(self._over)

    def apply_theme(self) -> None:
        """The marks, too, follow the theme."""
        super().apply_theme()
        if hasattr(self, "_marks"):
            tokens = theme.tokens_of(self)
            self._marks.set_colours(
                QColor(tokens.accent), QColor(tokens.text), QColor(tokens.surface)
            )
            self._points.set_ground(QColor(tokens.surface))
