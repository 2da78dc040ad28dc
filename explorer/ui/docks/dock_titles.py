"""Title bars of docks: one that stands in a row of tabs has its name there, and needs no other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QTabBar, QToolTip, QWidget

TIP = "{name}\nRight click: in a window of its own, or closed"


class DockTitles(QObject):
    """Hides the title of a dock while a tab names it; the tab's menu then floats and closes it.

    A dock whose property ``bare`` is true has none while it stands in the window.
    """

    def __init__(self, window: QMainWindow, docks: list[QDockWidget]) -> None:
        super().__init__(window)
        self._window, self._docks = window, docks
        self._nothing = {dock: _Nothing(dock) for dock in docks}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.refresh)
        for dock in docks:
            dock.topLevelChanged.connect(self._look_soon)
            dock.dockLocationChanged.connect(self._look_soon)
            dock.toggleViewAction().toggled.connect(self._look_soon)
        window.installEventFilter(self)

    @Slot()
    def _look_soon(self) -> None:
        self._later.start()

    @Slot()
    def refresh(self) -> None:
        """Look anew which docks stand in a row of tabs."""
        for dock in self._docks:
            self._strip(dock, bare=self.is_tabbed(dock) or _is_bare(dock))
        for bar in self._bars():
            bar.installEventFilter(self)
            names = ", ".join(bar.tabText(i) for i in range(bar.count()))
            bar.setAccessibleName(f"Panels: {names}")

    def strip(self) -> None:
        """Hide every title, so that a low window need not grow while docks change their places."""
        for dock in self._docks:
            self._strip(dock, bare=True)

    def _strip(self, dock: QDockWidget, *, bare: bool) -> None:
        if bare != (dock.titleBarWidget() is not None):
            dock.setTitleBarWidget(self._nothing[dock] if bare else None)  # type: ignore[arg-type]
            self._nothing[dock].setVisible(bare)

    def is_tabbed(self, dock: QDockWidget) -> bool:
        """Whether a tab names it: it stands with others that are shown, in front or behind."""
        if dock.isFloating() or _is_closed(dock):
            return False
        others = self._window.tabifiedDockWidgets(dock)
        return any(not d.isFloating() and not _is_closed(d) for d in others)

    def menu_of(self, dock: QDockWidget) -> QMenu:
        """What the buttons of its title bar would do."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        float_it = menu.addAction("In a window of its own")
        float_it.triggered.connect(_Float(dock, menu).run)
        menu.addAction("Close").triggered.connect(dock.close)
        return menu

    def _bars(self) -> list[QTabBar]:
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        return self._window.findChildren(QTabBar, options=direct)

    def _dock_of(self, bar: QTabBar, tab: int) -> QDockWidget | None:
        name = bar.tabText(tab)
        return next((dock for dock in self._docks if dock.windowTitle() == name), None)

    # -- Qt's events ------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tabs come and go with the layout; theirs are the menu and the tooltip."""
        if watched is self._window:
            if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.ChildAdded):
                self._later.start()
            return False
        if isinstance(watched, QTabBar):
            if isinstance(event, QContextMenuEvent):
                return self._open_menu(watched, event)
            if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
                return self._tell(watched, event)
        return False

    def _open_menu(self, bar: QTabBar, event: QContextMenuEvent) -> bool:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        tab = bar.currentIndex() if by_key else bar.tabAt(event.pos())
        dock = self._dock_of(bar, tab)
        if dock is None:
            return False
        below = bar.mapToGlobal(bar.tabRect(tab).bottomLeft())
        self.menu_of(dock).popup(below if by_key else event.globalPos())
        return True

    def _tell(self, bar: QTabBar, event: QHelpEvent) -> bool:
        tab = bar.tabAt(event.pos())
        if tab < 0:
            return False
        QToolTip.showText(event.globalPos(), TIP.format(name=bar.tabText(tab)), bar)
        return True


def _is_bare(dock: QDockWidget) -> bool:
    """Whether what it holds needs no title, where it is not in a window of its own."""
    return bool(dock.property("bare")) and not dock.isFloating()


def _is_closed(dock: QDockWidget) -> bool:
    """Also right in a window that was never shown, where each is hidden but nobody hid it."""
    return dock.isHidden() and dock.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


class _Nothing(QWidget):
    """A title bar without height."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(0)
        self.hide()


class _Float(QObject):
    """Floats one dock where it is seen whole; lives as long as the menu that offers it."""

    def __init__(self, dock: QDockWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._dock = dock

    @Slot()
    def run(self) -> None:
        """Float."""
        self._dock.setFloating(True)
        self._dock.raise_()
