"""More views of planes: as many as are wanted, each in a dock of its own until it is closed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from explorer.app.parts.naming import kind_name, number_of
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
    closed = Signal(str)  # the name of its view

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self.setObjectName(f"{kind_name(name)}View{number_of(name)}Dock")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def hideEvent(self, event: QHideEvent) -> None:
        """Also before it is gone."""
        super().hideEvent(event)
        self.plane.leave()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell of it."""
        super().closeEvent(event)
        self.closed.emit(self._name)


class MoreViews(QObject):
    """Shows those of the state, each in a dock; a dock that is closed goes from the state.

    Another workspace leaves them where they are. Those that are there as the window is made are
    docks before `Arrangement` puts each where the last window had it.
    """

    def __init__(self, window: QMainWindow, state: State, session: Session) -> None:
        super().__init__(window)
        self._window, self._state, self._session = window, state, session
        self._docks: dict[str, ViewDock] = {}
        state.watch("views", self._show_views)

    def _show_views(self) -> None:
        wanted = self._state.now.views
        for name in self._docks.keys() - set(wanted):
            self._docks.pop(name).close()
        for name in wanted:
            if name not in self._docks:
                self._docks[name] = self._open(name)

    def _open(self, name: str) -> ViewDock:
        """In a window of its own."""
        dock = ViewDock(name, self._window)
        dock.closed.connect(self._on_dock_closed)
        panel = panel_of(name)(self._state, self._session, dock)
        dock.plane = panel.plane
        dock.setWindowTitle(panel.plane.kind.title)
        scrolled = ScrollablePanel(panel, dock)
        scrolled.setAccessibleName(dock.windowTitle())
        dock.setWidget(scrolled)
        self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        dock.setFloating(True)
        dock.resize(SIZE)
        away = STEP * (2 + len(self._docks) % 8)
        dock.move(self._window.mapToGlobal(QPoint(away, away)))
        dock.show()
        if self._window.isVisible():  # else it is brought back at the start, of the window alone
            panel.plane.setFocus()
        return dock

    @Slot(str)
    def _on_dock_closed(self, name: str) -> None:
        if self._docks.pop(name, None) is not None:
            there = self._state.now.views
            self._state.update(source=self, views=tuple(view for view in there if view != name))
