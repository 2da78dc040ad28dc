"""Where the docks of the window stand: placed, sized, remembered, and mended where Qt slips."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QObject, QSettings, Qt, QTimer, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QToolBar

from explorer.ui.panels import panels

VERSION = 2  # of what is remembered: other panels, other layout
AREAS = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
}
LOWER_RIGHT = 320  # px of height at which the pictures of the lower one are well seen
GROWN = 0.15  # share of its width that a window must change by to be arranged anew


class Arrangement(QObject):
    """The places of ``docks``, by the names of their panels, in the order of the panels.

    own: whether the user's own arrangement was restored, which no other size of the window changes
    more than it must.
    """

    def __init__(
        self, window: QMainWindow, docks: Mapping[str, QDockWidget], settings: QSettings
    ) -> None:
        super().__init__(window)
        self._window, self._docks, self._settings = window, docks, settings
        self._arranged_width = 1280
        self.own = True
        window.setDockNestingEnabled(True)
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.BottomDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)

    # -- remembered -------------------------------------------------------------------------

    def restore(self) -> None:
        """As the last window was left; as on the first day where there was none."""
        self._window.resize(1280, 800)
        self.own = False
        geometry, layout = self._settings.value("geometry"), self._settings.value("layout")
        if isinstance(geometry, QByteArray) and isinstance(layout, QByteArray):
            self._window.restoreGeometry(geometry)
            self.own = self._window.restoreState(layout, VERSION)
        if not self.own:
            self._place()
            self.arrange()

    def keep(self) -> None:
        """Remember the window's place and where each dock stands."""
        self._settings.setValue("geometry", self._window.saveGeometry())
        self._settings.setValue("layout", self._window.saveState(VERSION))

    # -- placed -----------------------------------------------------------------------------

    def show_all(self) -> None:
        """Every dock in the window again, in its first place."""
        for dock in self._docks.values():
            dock.setFloating(False)
            dock.show()
            self._window.removeDockWidget(dock)
        self._place()
        for dock in self._docks.values():
            dock.show()

    def size_anew(self) -> None:
        """The sizes of the first day; what Qt forgets in between is mended."""
        self.arrange()
        self._settle()
        QTimer.singleShot(0, self, self._mend_tab_bars)

    def _place(self) -> None:
        """Each panel in its area, or behind the one that it names, which stays in front."""
        docks = self._docks
        behind = {name: panels[name].tab_with for name in docks if panels[name].tab_with in docks}
        for name in [name for name in docks if name not in behind]:
            self._window.addDockWidget(AREAS[panels[name].area], docks[name])
        for name, front in behind.items():
            self._window.tabifyDockWidget(docks[front], docks[name])
            self._settle()
        for front in set(behind.values()):
            docks[front].raise_()

    # -- sized ------------------------------------------------------------------------------

    def arrange(self) -> None:
        """The layout of ux section 1, in proportion to the window."""
        window = self._window
        fronts = [dock for name, dock in self._docks.items() if not panels[name].tab_with]
        by_area = {area: [d for d in fronts if window.dockWidgetArea(d) == area]
                   for area in AREAS.values()}  # fmt: skip
        left, right, bottom = (by_area[AREAS[a]] for a in ("left", "right", "bottom"))
        width, height = window.width(), window.height()
        self._arranged_width = width
        columns = {**dict.fromkeys(left[:1], 0.16), **dict.fromkeys(right[:1], 0.27)}
        widths = {dock: round(width * share) for dock, share in columns.items()}
        self._resize(widths, Qt.Orientation.Horizontal)
        low = min(round(height * 0.27), 260)
        self._resize(dict.fromkeys(bottom, low), Qt.Orientation.Vertical)
        lower = max(round(height * 0.38), LOWER_RIGHT)
        upper = height - self._edges() - lower
        shares = [upper, lower] if len(right) == 2 else [height // (len(right) or 1)] * len(right)
        self._resize(dict(zip(right, shares, strict=True)), Qt.Orientation.Vertical)

    def _edges(self) -> int:
        """px that the toolbar and the bottom line take."""
        bars = [bar for bar in self._window.children() if isinstance(bar, QToolBar)]
        return sum(bar.height() for bar in bars) + self._window.statusBar().height()

    def follow_size(self) -> None:
        """A first layout grows with the window, as when it is maximised; a user's own stays."""
        grown = abs(self._window.width() / self._arranged_width - 1) > GROWN
        if grown and not self.own:
            self.arrange()  # the widths of the docks are still those before
        else:
            self._make_room()
        QTimer.singleShot(0, self, self._mend_tab_bars)

    def _make_room(self) -> None:
        """Of a smaller window Qt leaves the right side its width, over the docks of the bottom."""
        window = self._window
        every = self._docks.values()
        shown = [d for d in every if not d.isFloating() and d.toggleViewAction().isChecked()]
        right, low = ([d for d in shown if window.dockWidgetArea(d) == AREAS[a]]
                      for a in ("right", "bottom"))  # fmt: skip
        left_over = window.width() - max((d.minimumSizeHint().width() for d in low), default=0) - 1
        if any(d.width() > left_over for d in right):
            self._resize(dict.fromkeys(right[:1], left_over), Qt.Orientation.Horizontal)

    def _resize(self, sizes: Mapping[QDockWidget, int], way: Qt.Orientation) -> None:
        """Of docks that stand in the window, whoever put them where; Qt takes no size below 1."""
        standing = {d: max(1, size) for d, size in sizes.items() if not d.isFloating()}
        if standing:
            self._window.resizeDocks(list(standing), list(standing.values()), way)

    # -- mended -----------------------------------------------------------------------------

    def _settle(self) -> None:
        """Lay out now: Qt forgets a tab bar that it made in between, which stays on the window."""
        layout = self._window.layout()
        assert layout is not None
        layout.invalidate()
        layout.activate()

    @Slot()
    def _mend_tab_bars(self) -> None:
        """Hide a bar that Qt lost, which sits on no dock; show one that sits on a dock.

        Qt makes a new bar where a restored layout is put together anew, and leaves it hidden.
        """
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        bars = self._window.findChildren(QTabBar, options=direct)
        shown = [dock for dock in self._docks.values() if dock.isVisible()]
        tops = {dock.geometry().topLeft().toTuple() for dock in shown}
        for bar in bars:
            twins = [other for other in bars if other.tabText(0) == bar.tabText(0)]
            on_dock = (bar.x(), bar.geometry().bottom() + 1) in tops
            if len(twins) > 1 and not on_dock:
                bar.hide()
            elif bar.count() > 1 and on_dock:
                bar.show()
