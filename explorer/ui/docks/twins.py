"""Two planes side by side are of one size, and stand at one height."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QMainWindow

from explorer.ui.on_screen import is_on_screen
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.plane.view import PlaneView

SIZED = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show)


class Twins(QObject):
    """Gives the latent plane and the plane of a dock equal shares, until the user moves them.

    What stands beside the planes (a legend, margins) may be of another width on either side. A
    plane behind another panel's tab is left alone until it is seen: Qt keeps it beyond the window,
    and gives it no new size, so that no share of the window would ever be the right one.
    """

    def __init__(self, window: QMainWindow, plane_area: PlaneArea) -> None:
        super().__init__(window)
        self._window, self._plane_area = window, plane_area
        self._dock: QDockWidget | None = None
        self._plane: PlaneView | None = None
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.even)
        plane_area.plane.installEventFilter(self)

    def pair(self, dock: QDockWidget | None) -> None:
        """With the plane in ``dock``; None: the latent plane stands alone, without a head."""
        if self._plane is not None:
            self._plane.removeEventFilter(self)
            self._set_foot(0)
        if self._dock is not None:
            self._dock.visibilityChanged.disconnect(self._on_dock_visibility_changed)
        self._dock = dock
        self._plane = None if dock is None else dock.findChild(PlaneView)
        if self._plane is not None:
            self._plane.installEventFilter(self)
        if dock is not None:
            dock.visibilityChanged.connect(self._on_dock_visibility_changed)
        self._plane_area.set_head(None if self._plane is None else 0)
        self.even()

    @Slot()
    def even(self) -> None:
        """Look anew how large both are."""
        plane, dock = self._plane, self._dock
        if plane is None or dock is None or not is_on_screen(plane):
            return
        if dock.isFloating():
            self._set_foot(0)
            return
        self._set_foot(self._plane_area.foot())
        top = plane.mapTo(self._window, QPoint()).y()
        self._plane_area.set_head(top - self._plane_area.mapTo(self._window, QPoint()).y())
        more = (self._plane_area.plane.width() - plane.width()) // 2
        pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton  # the line between them
        if abs(more) > 1 and not pressed:
            self._window.resizeDocks([dock], [dock.width() + more], Qt.Orientation.Horizontal)

    def _set_foot(self, height: int) -> None:
        """Below the other plane as much stays free as the strips below the latent one take."""
        panel = None if self._plane is None else self._plane.parentWidget()
        if panel is not None:
            panel.setContentsMargins(0, 0, 0, height)

    @Slot(bool)
    def _on_dock_visibility_changed(self, _seen: bool) -> None:
        self._later.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Another window, another legend, other titles."""
        if event.type() in SIZED:
            self._later.start()
        return False
