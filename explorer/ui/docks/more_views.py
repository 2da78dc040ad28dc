"""More views of planes: as many as are wanted, each in a dock of its own until it is closed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QSize, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from explorer.app.planes import planes
from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.panels import ScrollablePanel
from explorer.ui.panels.planes import panel_of
from explorer.ui.plane.view import PlaneView

SIZE = QSize(420, 400)
STEP = 32  # px that each stands beside the one before


class ViewDock(QDockWidget):
    """A dock that is deleted as it is closed; its plane is out of sight before."""

    plane: PlaneView

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def hideEvent(self, event: QHideEvent) -> None:
        """Also before it is gone."""
        super().hideEvent(event)
        self.plane.leave()


class MoreViews(QObject):
    """Opens them; they are not remembered, and another workspace leaves them where they are."""

    def __init__(self, window: QMainWindow, state: State, session: Session) -> None:
        super().__init__(window)
        self._window, self._state, self._session = window, state, session
        self._count = 0

    def open(self, kind: str) -> None:
        """Another view of the kind of plane called ``kind``, in a window of its own."""
        self._count += 1
        dock = ViewDock(f"{planes[kind].title} ({self._number(kind)})", self._window)
        dock.setObjectName(f"view{self._count}Dock")
        panel = panel_of(kind)(self._state, self._session, dock)
        dock.plane = panel.plane
        panel.plane.setObjectName(f"{kind}Plane{self._count}")
        scrolled = ScrollablePanel(panel, dock)
        scrolled.setAccessibleName(dock.windowTitle())
        dock.setWidget(scrolled)
        self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        dock.setFloating(True)
        dock.resize(SIZE)
        away = STEP * (2 + self._count % 8)
        dock.move(self._window.mapToGlobal(QPoint(away, away)))
        dock.show()
        panel.plane.setFocus()

    def _number(self, kind: str) -> int:
        """The first is that of the window."""
        title = planes[kind].title
        there = {dock.windowTitle() for dock in self._window.findChildren(QDockWidget)}
        return next(n for n in range(2, len(there) + 3) if f"{title} ({n})" not in there)
