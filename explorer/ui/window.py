"""The main window: docks what is registered, binds keys and menus to the session's verbs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSettings, QSize, Qt, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QPalette,
    QResizeEvent,
)  # fmt: skip
from PySide6.QtWidgets import QAbstractScrollArea, QDockWidget, QMainWindow, QTabWidget, QWidget

from explorer import paths
from explorer.app.background.garbage import GarbageCollector
from explorer.app.background.jobs import Jobs
from explorer.app.commands import Command, Context
from explorer.app.planes import planes
from explorer.app.remembering import FieldKeeper
from explorer.app.session import Session
from explorer.app.state import State
from explorer.data.choices import NO_CHOICES, Choices
from explorer.ui.docks.arrangement import Arrangement
from explorer.ui.docks.dock_titles import DockTitles
from explorer.ui.docks.more_views import MoreViews
from explorer.ui.docks.presence import DockPresence
from explorer.ui.docks.twins import Twins
from explorer.ui.files.opening import Opening
from explorer.ui.frontend import WindowFrontend
from explorer.ui.keyboard.shortcut_sheet import ShortcutSheet
from explorer.ui.keyboard.tabbing import focus_next
from explorer.ui.keyboard.undo_keys import UndoKeys
from explorer.ui.menus.binding import Commands
from explorer.ui.menus.bound_button import BoundButton
from explorer.ui.menus.picture_menus import PictureMenus
from explorer.ui.menus.view_menus import ViewMenus
from explorer.ui.palette.view import CommandPalette
from explorer.ui.panels import Panel, ScrollablePanel, panels
from explorer.ui.plane.bookmarks import BookmarkKeeper
from explorer.ui.plane.drag_note import DragNote
from explorer.ui.plane.layers import in_order as layers_in_order
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.plane.view import PlaneView
from explorer.ui.status import StatusArea
from explorer.ui.themes.appearance import Appearance
from explorer.ui.toolbar import Toolbar
from explorer.ui.widgets.focus_ring import FocusRing
from explorer.ui.workspaces import in_order, in_panel, workspaces

DEFAULT_SOURCE = "fashion"
LEAVING = 60.0  # seconds that a closing window waits for what is being kept


class MainWindow(QMainWindow):
    """Owns the state, the jobs and the session; everything else watches.

    settings_dir: where it keeps all that it writes; the user's own folders by default.
    """

    def __init__(self, settings_dir: Path | None = None) -> None:
        super().__init__()
        folder = paths.settings() if settings_dir is None else Path(settings_dir)
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.appearance = Appearance(self._settings, self)
        self.state = State(self)
        self.jobs = Jobs(self)
        runs = None if settings_dir is None else folder / "runs"
        self.session = Session(self.state, self.jobs, self, runs=runs)
        self.opening = Opening(self, self.session)
        self.session.folder_wanted.connect(self.opening.ask_for_target)
        self.session.closing_wanted.connect(self.close_at_once)
        self._leaving = self._at_once = False
        self._ring = FocusRing(self)
        self._garbage = GarbageCollector(self)
        UndoKeys(self)
        self._build()
        legend = self.plane_area.legend
        legend.set_folded(self._settings.value("legendFolded", "false") in (True, "true"))
        legend.fold_changed.connect(self._on_legend_fold_changed)
        for field, kind, names in _remembered():
            FieldKeeper(field, {kind: names}, self.state, self._settings, self)
        BookmarkKeeper(self.state, self._settings, self)
        MoreViews(self, self.state, self.session)
        note = DragNote(self.plane_area.plane, self.findChildren(PlaneView), self._settings)
        self.plane_area.along_z.dragged.connect(note.end)
        self._restore()
        self.state.watch("dataset model", self._show_title)

    @property
    def planes(self) -> dict[str, PlaneView]:
        """The first view of each kind of plane, by the kind's name."""
        views = self.findChildren(PlaneView)
        return {view.kind.name: view for view in reversed(views) if view.kind.name in planes}

    # -- building ---------------------------------------------------------------------------

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.plane_area = PlaneArea(self.state, self.session, self)
        self.setCentralWidget(self.plane_area)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.docks = [self._dock(name) for name in _panel_names()]
        self._titles = DockTitles(self, self.docks)
        front = WindowFrontend(
            self.opening, self.appearance, self.plane_area.plane, self.reset_layout,
            dict(zip(_panel_names(), self.docks, strict=True)),
        )  # fmt: skip
        self.status = StatusArea(self.state, self.jobs, self.session, self)
        context = Context(self.state, self.session, front)
        self.commands = Commands(self, context, self._commands_of_parts())
        self.jobs.busy_changed.connect(self.commands.refresh)  # some wait for an answer
        for bound in self.findChildren(BoundButton):
            bound.changed.connect(self.commands.look)
        front.add(CommandPalette(self, self.commands, self._settings))
        front.add(ShortcutSheet(self, self.commands))
        self.toolbar = Toolbar(self, self.state, self.commands, self.docks)
        self.addToolBar(self.toolbar)
        self.setStatusBar(self.status)
        for area in self.findChildren(QAbstractScrollArea):
            if not area.accessibleName():
                area.setAccessibleName(_place_of(area))
        PictureMenus(self, self.session)
        ViewMenus(self, self.session)

    def _commands_of_parts(self) -> list[Command]:
        """What panels, the middle and the bottom line can do."""
        found = [*self.plane_area.commands(), *self.status.commands()]
        for name, dock in zip(_panel_names(), self.docks, strict=True):
            for panel in dock.findChildren(Panel):
                found += [in_panel(name, command) for command in panel.commands()]
        return found

    def _dock(self, name: str) -> QDockWidget:
        kind = panels[name]
        dock = QDockWidget(kind.title, self)
        dock.setObjectName(f"{name}Dock")
        dock.setProperty("bare", kind.bare)
        panel = kind(self.state, self.session, dock)
        panel.setAutoFillBackground(True)
        panel.setBackgroundRole(QPalette.ColorRole.Base)
        dock.setWidget(ScrollablePanel(panel, dock))
        return dock

    def _restore(self) -> None:
        docks = dict(zip(_panel_names(), self.docks, strict=True))
        self.arrangement = Arrangement(self, docks, self._settings)
        self.arrangement.restore()
        self._twins = Twins(self, self.plane_area)
        self._presence = DockPresence(self, docks, self.arrangement, self.state, self._settings)
        self.state.watch("workspace", self._show_workspace)

    def _show_workspace(self) -> None:
        self._titles.strip()
        self.arrangement.show(self.state.now.workspace)
        self._presence.refresh()
        self._titles.refresh()  # with all the titles a low window would have to grow
        name = self.state.now.workspace
        twin = workspaces[name].twin if name in workspaces else ""
        self._twins.pair(self.findChild(QDockWidget, f"{twin}Dock"))

    def reset_layout(self) -> None:
        """Put every panel, and the toolbar, back where it was on the first day."""
        self.toolbar.show()
        self._presence.reset()
        self._titles.strip()
        self.arrangement.reset()
        self._presence.refresh()
        self._titles.refresh()

    def offer(self) -> None:
        """Say what an earlier window left behind, or else that this one cannot remember."""
        unwritable = f"settings cannot be kept ({self._settings.fileName()}): make room there"
        self.session.offer("" if self._settings.isWritable() else unwritable)

    # -- what the menus and keys do ---------------------------------------------------------

    def open(self, source: str, choices: Choices = NO_CHOICES) -> None:
        """Open anything: a bundled name, a path, or one picture to look at."""
        self.opening.open(source, choices)

    @Slot(bool)
    def _on_legend_fold_changed(self, folded: bool) -> None:
        self._settings.setValue("legendFolded", folded)

    # -- Qt's events ------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files, folders and pictures may be dropped anywhere."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take all that was dropped."""
        if self.opening.drop(event.mimeData()):
            event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being learned, remember the layout; end every thread before the window goes.

        Where something could not be kept the window stays, and asks.
        """
        if not self._may_go():
            event.ignore()
            return
        self.arrangement.keep()
        self._settings.sync()
        self.jobs.close()
        self._garbage.stop()
        super().closeEvent(event)

    def _may_go(self) -> bool:
        if self._leaving:  # asked again while it waits
            return False
        self._leaving = True
        try:
            return self._at_once or self.session.leave(LEAVING)
        finally:
            self._leaving = False

    @Slot()
    def close_at_once(self) -> None:
        """Close without asking what is to become of anything that is not kept."""
        self._at_once = True
        self.close()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes in the order of sight, and shows where it is."""
        return focus_next(self, self._ring, forward=forward)

    def sizeHint(self) -> QSize:
        """A laptop's screen."""
        return QSize(1280, 800)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A first layout grows with the window, as when it is maximised; a user's own stays."""
        super().resizeEvent(event)
        self.arrangement.follow_size()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system's theme when asked to."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ThemeChange:
            self.appearance.follow_system()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that reached no one: of a command that cannot be done now, which says why."""
        if not self.commands.say_why(event):
            super().keyPressEvent(event)

    def _show_title(self) -> None:
        data = self.state.now.dataset
        name = f"{data.name} - " if data is not None else ""
        self.setWindowTitle(f"{name}Latent Space Explorer")


def open_window(
    source: str | Path | None = None,
    *,
    settings_dir: str | Path | None = None,
    choices: Choices = NO_CHOICES,
) -> MainWindow:
    """Show the window at once and load ``source`` (the bundled data by default) behind it.

    choices: how the data is read where guesses do not do.
    """
    window = MainWindow(None if settings_dir is None else Path(settings_dir))
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    window.show()
    window.plane_area.plane.setFocus()
    window.open(DEFAULT_SOURCE if source is None else str(source), choices)
    window.offer()
    return window


def _remembered() -> Sequence[tuple[str, str, Collection[str]]]:
    """(field of the state, what it names, those that there are): what the next window has again."""
    return (
        ("layers", "layer", layers_in_order()),
        ("views", "plane", planes),
        ("workspace", "workspace", in_order()),
    )


def _place_of(area: QAbstractScrollArea) -> str:
    """The title of the panel that it is in."""
    above: QWidget | None = area
    while above is not None and not isinstance(above, QDockWidget):
        above = above.parentWidget()
    return above.windowTitle() if above is not None else "Scrolls"


def _panel_names() -> list[str]:
    panels.discover("explorer.ui.panels")
    return sorted(panels, key=lambda name: panels[name].title)
