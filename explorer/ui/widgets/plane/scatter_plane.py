"""A plane of points that answers the hand. It knows nothing of models, data or state."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from explorer.ui import theme
from explorer.ui.widgets.gesture import Gesture
from explorer.ui.widgets.plane.bounds import bounded, bounded_point, limits, within
from explorer.ui.widgets.plane.frame import Point, View
from explorer.ui.widgets.plane.mark_item import MarkItem
from explorer.ui.widgets.plane.pictured_plot import PicturedPlot
from explorer.ui.widgets.plane.point_item import PointItem

REACH = 14  # px around a point that count as "on it"
TEST_MS, DWELL_MS = 50, 125
SMALLEST = 0.01  # plane units that a fit shows: codes that have all collapsed are one dot
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class ScatterPlane(PicturedPlot):
    """Points, marks and gestures; coordinates in and out are those of the plane.

    Left button: ``pressed``, ``dragged``, ``released``. Wheel and pinch zoom about the pointer,
    middle-drag, Space + drag or ``panning`` pans, a double click on empty ground fits.
    """

    pressed = Signal(float, float)
    dragged = Signal(float, float)
    released = Signal()
    point_clicked = Signal(int)
    hovered = Signal(object)  # row | None
    dwelled = Signal(object)  # row | None
    pointer_moved = Signal(object)  # (a, b) | None
    nudged = Signal(float, float)
    view_changed = Signal(object)  # by the hand: what is seen, left, right, bottom, top; or None
    menu_wanted = Signal(QPoint)  # on the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panning = False
        self._space = False
        self.hand = Gesture()
        self._view: View | None = None  # that the hand chose
        self._fitted: View | None = None  # where all points were seen before it chose
        self._of: object = None  # what the points are of
        self._chosen: View | None = None  # seen in any room, until all points are
        self._xy = np.zeros((0, 2), np.float32)
        self._press: QPointF | None = None
        self._grab: QPointF | None = None
        self._pointer: QPointF | None = None
        self._over: int | None = None
        self._limits = limits(self._xy)
        self._points = PointItem(self._box)
        self._marks = MarkItem(self._box)
        self._tester = self._timer(TEST_MS, self._test_hover)
        self._dweller = self._timer(DWELL_MS, self._tell_dwell)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 140)
        self.dress()

    def _timer(self, ms: int, slot: object) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=ms)
        timer.timeout.connect(slot)
        return timer

    # -- what is shown ----------------------------------------------------------------------

    def set_points(
        self,
        xy: NDArray[np.float32] | None,
        colours: NDArray[np.uint8] | None = None,
        lut: NDArray[np.uint8] | None = None,
        of: object = None,
    ) -> None:
        """xy: (n, 2). colours: (n,) rows of lut: (k, 4) RGBA, k at most 127. None clears.

        of: the space and its axes. While it is the same, points that move within the view do not
        move the view; those of another are all seen, unless a hand has chosen a view of it.
        """
        self._xy = np.zeros((0, 2), np.float32) if xy is None else bounded(xy).astype(np.float32)
        self._limit()
        n = len(self._xy)
        colours = np.zeros(n, np.uint8) if colours is None else colours
        lut = np.array([[90, 120, 200, 255]], np.uint8) if lut is None else lut
        self._points.set_points(self._xy, colours, lut)
        self._tell_hover(None)
        self._test_soon()
        if n and self._view is None and (of != self._of or self._fits_badly()):
            self._fit()
        self._of = of

    def set_colours(self, lut: NDArray[np.uint8]) -> None:
        """Other colours, (k, 4) RGBA, for the same points."""
        self._points.set_lut(lut)

    def set_dimmed(self, mask: NDArray[np.bool_] | None) -> None:
        """Dim the points under ``mask``: (n,); never hide them."""
        self._points.set_dimmed(self._xy, mask)

    def set_points_look(self, visible: bool, opacity: float) -> None:
        """Hide, show or fade the points; they are there for the hand all the same."""
        self._points.setVisible(visible)
        self._points.setOpacity(opacity)

    def set_hover_point(self, at: Point | None) -> None:
        """Put the hover ring at a point of the plane."""
        self._marks.hover_at = bounded_point(at)
        self._marks.update()

    def set_selected_points(self, xy: NDArray[np.float32]) -> None:
        """Ring the points at xy: (m, 2); the first thousand."""
        self._marks.selected = bounded(xy)
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

    # -- the view ---------------------------------------------------------------------------

    def show_view(self, view: View | None) -> None:
        """Show what the hand chose to see; for None all points, as they were seen before."""
        if view == self._view:
            return
        self._leave()
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
        """By the hand's wish, show (nearly) all points; without points, -3..3."""
        self.hand.begin()
        self._show_all()

    def _show_all(self) -> None:
        self._view = None
        self._fit()
        self.view_changed.emit(None)

    def _fit(self) -> None:
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

    # -- the hand ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Left presses probe; the middle button, Space or the pan tool take hold of the plane."""
        left = event.button() == Qt.MouseButton.LeftButton
        self.hand.begin()
        if event.button() == Qt.MouseButton.MiddleButton or (
            left and (self._space or self.panning)
        ):
            self._grab = event.position()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif left:
            self._press = event.position()
            self.pressed.emit(*self.point_at(event.position()))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, pan, or look for a point under the pointer."""
        at = event.position()
        if self._grab is not None:
            self._pan(self._grab, at)
            self._grab = at
        point = self.point_at(at)
        self._pointer = at
        if self._busy():
            self._tell_hover(None)  # its ring and its card would stay behind
        else:
            self.hand.rest()
            self._test_soon()
        if self._press is not None:
            self.dragged.emit(*point)
        self.pointer_moved.emit(point)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a gesture; a press that did not move and is on a point clicks it."""
        self._grab = None
        self._show_pointer_shape()
        press, self._press = self._press, None
        self._test_soon()
        if press is not None:
            self.released.emit()
            still = (event.position() - press).manhattanLength() < 4
            row = self.nearest(event.position()) if still else None
            if row is not None:
                self.point_clicked.emit(row)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On empty ground: fit."""
        if event.button() == Qt.MouseButton.LeftButton and self.nearest(event.position()) is None:
            self._show_all()  # of one gesture with the first of the two clicks
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        self.hand.turn()
        steps = (event.angleDelta().y() or event.angleDelta().x()) / 120
        self.zoom(1.2**steps, event.position())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Trackpad pinches arrive here."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.hand.turn()
                self.zoom(1 + event.value(), event.position())
            return True
        return bool(super().viewportEvent(event))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask whoever owns the plane for a menu: where the pointer is, or by key at the cursor."""
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self._cursor_pixel())
        self.menu_wanted.emit(at)
        event.accept()

    def _cursor_pixel(self) -> QPoint:
        """Of the cursor, or of the middle where that is out of sight."""
        room = self.viewport().rect()
        at = room.center() if self.cursor_at is None else self.pixel_at(self.cursor_at)
        return at if room.contains(at) else room.center()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is looked for in a plane that is not there."""
        self._pointer = None
        self._tester.stop()
        super().hideEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under a pointer that has left."""
        self._pointer = None
        self._tester.stop()
        self._tell_hover(None)
        self.pointer_moved.emit(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows nudge by 1 % of the view (Shift: x10, Alt: / 10); Space takes hold."""
        arrow = _ARROWS.get(Qt.Key(event.key()))
        self.hand.key(repeats=event.isAutoRepeat())
        if arrow is not None:
            seen, modifiers = self._box.viewRect(), event.modifiers()
            step = 0.01 * (10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1)
            step *= 0.1 if modifiers & Qt.KeyboardModifier.AltModifier else 1
            self.nudged.emit(arrow[0] * step * seen.width(), arrow[1] * step * seen.height())
            event.accept()
        elif event.key() == Qt.Key.Key_Space:
            self._space = True
            self._show_pointer_shape()
            event.accept()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space lets go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._show_pointer_shape()
        event.ignore()

    def _show_pointer_shape(self) -> None:
        hand = self._space or self.panning
        shape = Qt.CursorShape.OpenHandCursor if hand else Qt.CursorShape.CrossCursor
        self.viewport().setCursor(shape)

    # -- what is under the pointer ----------------------------------------------------------

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
        """See what is under the pointer, unless the hand is busy with a drag."""
        if self._pointer is not None and not self._busy() and not self._tester.isActive():
            self._tester.start()

    def _busy(self) -> bool:
        return self._press is not None or self._grab is not None

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

    def dress(self) -> None:
        """The marks, too, follow the theme."""
        super().dress()
        if hasattr(self, "_marks"):
            tokens = theme.tokens_of(self)
            self._marks.set_colours(
                QColor(tokens.accent), QColor(tokens.text), QColor(tokens.surface)
            )
