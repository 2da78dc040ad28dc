"""Where the docks stand in each workspace: placed, sized and remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QObject, QSettings, Qt, QTimer, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QToolBar

from explorer.ui.panels import Place, panels
from explorer.ui.workspaces import in_order, places_in, workspaces

VERSION = 3  # of what is remembered: other panels, other arrangement
AREAS = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "beside": Qt.DockWidgetArea.RightDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
}
COLUMNS = ("left", "beside", "right")
GROWN = 0.15  # share of its width that a window must change by to be arranged anew
HORIZONTAL, VERTICAL = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


@dataclass
class Remembered:
    """An arrangement that was left. own: the user's; width: of the window that it was made for."""

    layout: QByteArray
    own: bool = True
    width: int = 0


class Arrangement(QObject):
    """The places of ``docks``, by the names of their panels, in the workspace that is shown.

    own: whether the user's own arrangement was restored, which no other size of the window changes
    more than it must.
    """

    def __init__(
        self, window: QMainWindow, docks: Mapping[str, QDockWidget], settings: QSettings
    ) -> None:
        super().__init__(window)
        self._window, self._docks, self._settings = window, docks, settings
        self._name, self._places = "", dict[str, Place]()
        self._arranged_width, self.own = 0, False
        self._left = dict[str, Remembered]()
        window.setDockNestingEnabled(True)
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.BottomDockWidgetArea)

    # -- remembered -------------------------------------------------------------------------

    def restore(self) -> None:
        """Read how each workspace was left by the last window, and how large that was."""
        self._window.resize(1280, 800)
        geometry = self._settings.value("geometry")
        if isinstance(geometry, QByteArray):
            self._window.restoreGeometry(geometry)
        for name in in_order():
            layout = self._settings.value(f"layouts/{name}")
            if isinstance(layout, QByteArray):
                self._left[name] = Remembered(layout)

    def keep(self) -> None:
        """Remember the window's place, and where each dock stands in each workspace."""
        self._leave()
        self._settings.setValue("geometry", self._window.saveGeometry())
        for name, left in self._left.items():
            self._settings.setValue(f"layouts/{name}", left.layout)

    def _leave(self) -> None:
        if self._name:
            layout = self._window.saveState(VERSION)
            self._left[self._name] = Remembered(layout, self.own, self._arranged_width)

    # -- shown ------------------------------------------------------------------------------

    def show(self, name: str) -> None:
        """Another workspace, as it was left; as on the first day where it is shown first."""
        self._leave()
        name = name if name in workspaces else in_order()[0]
        self._name, self._places = name, places_in(name)
        left = self._left.get(name)
        for other in self._docks.keys() - self._places.keys():
            self._docks[other].hide()  # else it takes its room while the others find theirs
        if left is not None and self._window.restoreState(left.layout, VERSION):
            self.own, self._arranged_width = left.own, left.width
            self._settle()
            self.follow_size()
        else:
            self.reset()

    def reset(self) -> None:
        """The workspace that is shown, as on the first day."""
        self.own = False
        self._place()
        for _ in range(2):  # Qt shares what is left over anew once all have their places
            self._settle()
            self.arrange()
        self._settle()
        QTimer.singleShot(0, self, self._mend_tab_bars)

    def belongs(self, name: str) -> bool:
        """Whether a panel has a place in the workspace that is shown."""
        return name in self._places

    # -- placed -----------------------------------------------------------------------------

    def _place(self) -> None:
        """Each panel in its area, or behind another one; what belongs elsewhere is away.

        A panel from elsewhere that the user shows all the same comes as a tab.
        """
        for dock in self._docks.values():
            dock.setFloating(False)
            self._window.removeDockWidget(dock)
        # only now: beside what stood there, the bottom of another workspace may not fit
        corner = AREAS["bottom" if workspaces[self._name].wide else "right"]
        self._window.setCorner(Qt.Corner.BottomRightCorner, corner)
        for column in (*COLUMNS, "bottom"):
            self._place_column(column)
        for name, place in self._places.items():
            if place.behind in self._fronts():
                self._tab(place.behind, name)
        home = next(iter(self._fronts()), "")
        for name in self._docks:
            if name not in self._places:
                self._tab(home, name, shown=False)
        for front in self._fronts():
            self._docks[front].raise_()

    def _fronts(self) -> dict[str, Place]:
        """The panels with a place of their own."""
        return {n: p for n, p in self._places.items() if p.behind not in self._places}

    def _column(self, area: str) -> list[QDockWidget]:
        return [self._docks[n] for n, place in self._fronts().items() if place.area == area]

    def _place_column(self, area: str) -> None:
        """Docks below one another; the right column stands to the right of the one beside it."""
        docks, beside = self._column(area), self._column("beside")
        for i, dock in enumerate(docks):
            if i and area in COLUMNS:
                self._window.splitDockWidget(docks[i - 1], dock, VERTICAL)
            elif area == "right" and beside:
                self._window.splitDockWidget(beside[0], dock, HORIZONTAL)
            else:
                self._window.addDockWidget(AREAS[area], dock)
            dock.show()

    def _tab(self, front: str, name: str, *, shown: bool = True) -> None:
        dock = self._docks[name]
        self._window.addDockWidget(AREAS["right"], dock)
        self._window.tabifyDockWidget(self._docks[front], dock)
        dock.setVisible(shown)
        self._settle()

    # -- sized ------------------------------------------------------------------------------

    def arrange(self) -> None:
        """The shares of the workspace, in proportion to the window."""
        window, shares = self._window, workspaces[self._name].shares
        width, self._arranged_width = window.width(), window.width()
        for area in COLUMNS:
            share = max(round(width * shares.get(area, 0.3)), self._least(area))
            wanted = min(share, self._most(area) or width)
            self._resize(dict.fromkeys(self._here(area)[:1], wanted), HORIZONTAL)
        low = round(window.height() * shares.get("bottom", 0.0))
        self._resize(dict.fromkeys(self._here("bottom"), low), VERTICAL)
        for area in COLUMNS:
            self._resize(self._heights(area), VERTICAL)

    def _here(self, area: str) -> list[QDockWidget]:
        """The docks of a column that stand where they belong."""
        docks = self._column(area)
        return [d for d in docks if self._window.dockWidgetArea(d) == AREAS[area]]

    def _least(self, area: str) -> int:
        """px of width below which something of the right column would scroll sideways."""
        if area != "right":
            return 0
        names = [name for name, place in self._fronts().items() if place.area == area]
        return max((panels[name].least[0] for name in names), default=0)

    def _most(self, area: str) -> int:
        """px of width that the widest of a column has use for; 0 for any."""
        most = [place.most for place in self._fronts().values() if place.area == area]
        return 0 if 0 in most else max(most, default=0)

    def _heights(self, area: str) -> dict[QDockWidget, int]:
        """px of each dock of a column: its share, or one of what the others leave."""
        docks = self._here(area)
        places = {self._docks[name]: place for name, place in self._places.items()}
        height = self._window.height() - self._edges()
        if area == "left" or workspaces[self._name].wide:
            height -= sum(dock.height() for dock in self._here("bottom")[:1])
        free = [dock for dock in docks if not places[dock].share]
        rest = 1 - sum(places[dock].share for dock in docks)
        each = rest / len(free) if free else 0
        return {dock: round(height * (places[dock].share or each)) for dock in docks}

    def _edges(self) -> int:
        """px that the toolbar and the bottom line take."""
        bars = [bar for bar in self._window.children() if isinstance(bar, QToolBar)]
        return sum(bar.height() for bar in bars) + self._window.statusBar().height()

    def follow_size(self) -> None:
        """A first arrangement grows with the window, as when it is maximised; an own one stays."""
        grown = abs(self._window.width() / max(1, self._arranged_width) - 1) > GROWN
        if grown and not self.own:
            self.arrange()  # the widths of the docks are still those before
        else:
            self._make_room()
        QTimer.singleShot(0, self, self._mend_tab_bars)

    def _make_room(self) -> None:
        """Of a smaller window Qt leaves the right side its width, over the docks of the bottom.

        Not where the bottom reaches below the right side: there both have their room.
        """
        window = self._window
        if window.corner(Qt.Corner.BottomRightCorner) == AREAS["bottom"]:
            return
        every = self._docks.values()
        shown = [d for d in every if not d.isFloating() and d.toggleViewAction().isChecked()]
        right, low = ([d for d in shown if window.dockWidgetArea(d) == AREAS[a]]
                      for a in ("right", "bottom"))  # fmt: skip
        left_over = window.width() - max((d.minimumSizeHint().width() for d in low), default=0) - 1
        if any(d.width() > left_over for d in right if d.x() >= 0):  # behind a tab: an old width
            self._resize(dict.fromkeys(right[:1], left_over), HORIZONTAL)

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
        """Hide a bar that Qt lost, which sits on no dock that it names; show one that does.

        Qt makes a new bar where a restored layout is put together anew, and leaves it hidden; and
        leaves one standing where another workspace has no place for what it names.
        """
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        bars = self._window.findChildren(QTabBar, options=direct)
        shown = [dock for dock in self._window.findChildren(QDockWidget) if dock.isVisible()]
        tops = {dock.geometry().topLeft().toTuple(): dock.windowTitle() for dock in shown}
        for bar in bars:
            title = tops.get((bar.x(), bar.geometry().bottom() + 1))
            names = [bar.tabText(i) for i in range(bar.count())]
            bar.setVisible(len(names) > 1 and title in names)
