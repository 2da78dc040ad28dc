"""A plane of points that answers the pointer and keys. It knows nothing of models or state."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from explorer.ui.widgets.plane.pointed_plot import PointedPlot

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class ScatterPlane(PointedPlot):
    """Gestures; coordinates in and out are those of the plane.

    Left button: ``pressed``, ``dragged``, ``released``. Wheel and pinch zoom about the pointer,
    middle-drag, Space + drag or ``panning`` pans, a double click on empty ground fits.
    """

    pressed = Signal(float, float)
    dragged = Signal(float, float)
    released = Signal()
    point_clicked = Signal(int)
    pointer_moved = Signal(object)  # (a, b) | None
    nudged = Signal(float, float)
    menu_wanted = Signal(QPoint)  # on the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panning = False
        self._space = False
        self._press: QPointF | None = None
        self._grab: QPointF | None = None
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 140)
        self.apply_theme()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Left presses probe; the middle button, Space or the pan tool take hold of the plane."""
        left = event.button() == Qt.MouseButton.LeftButton
        self.gesture.begin()
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
            self.gesture.rest()
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
        self.gesture.turn()
        steps = (event.angleDelta().y() or event.angleDelta().x()) / 120
        self.zoom(1.2**steps, event.position())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Trackpad pinches arrive here."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.gesture.turn()
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
        self.gesture.key(repeats=event.isAutoRepeat())
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
        gesture = self._space or self.panning
        shape = Qt.CursorShape.OpenHandCursor if gesture else Qt.CursorShape.CrossCursor
        self.viewport().setCursor(shape)

    def _busy(self) -> bool:
        return self._press is not None or self._grab is not None
