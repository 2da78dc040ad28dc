"""The main window: docks what is registered, binds keys and menus to the session's verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSettings, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDockWidget,
    QFileDialog,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)

from explorer import paths
from explorer.app.garbage import GarbageCollector
from explorer.app.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import NOTHING, State
from explorer.data.choices import NO_CHOICES, Choices
from explorer.data.own import Pasted
from explorer.ui import theme
from explorer.ui.clipboard import dropped, pasted
from explorer.ui.dock_titles import DockTitles
from explorer.ui.openable import file_filters, is_single_picture
from explorer.ui.panels import Roomy, panels
from explorer.ui.plane.bookmarks import BookmarkKeeper
from explorer.ui.plane.looks import LookKeeper
from explorer.ui.plane.stage import Stage
from explorer.ui.presence import DockPresence
from explorer.ui.sight import stops
from explorer.ui.status import StatusArea
from explorer.ui.toolbar import Toolbar
from explorer.ui.undo_keys import UndoKeys
from explorer.ui.widgets.focus_ring import FocusRing
from explorer.ui.widgets.pictures.picture_view import PictureView

LAYOUT = 2  # the version of the remembered one: other panels, other layout
AREAS = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
}
RINGED = (QPushButton, QToolButton, QComboBox, QAbstractSpinBox, QLineEdit)  # by the style sheet
LOWER_RIGHT = 320  # px of height at which the pictures of the lower one are well seen
DEFAULT_SOURCE = "fashion"
LEAVING = 60.0  # seconds that a closing window waits for what is being kept


class MainWindow(QMainWindow):
    """Owns the state, the jobs and the session; everything else watches.

    settings_dir: where it keeps all that it writes; the user's own folders by default.
    """

    def __init__(self, settings_dir: Path | None = None) -> None:
        super().__init__()
        folder = paths.settings() if settings_dir is None else Path(settings_dir)
        self._arranged_width, self._own_layout = 1280, True
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self._theme = str(self._settings.value("theme", "system"))
        theme.apply(_application(), self._theme)
        self.state = State(self)
        self.jobs = Jobs(self)
        runs = None if settings_dir is None else folder / "runs"
        self.session = Session(self.state, self.jobs, self, runs=runs)
        self.session.folder_wanted.connect(self.ask_for_target)
        self.session.closing_wanted.connect(self.close_at_once)
        self._leaving = self._at_once = False
        self._ring = FocusRing(self)
        self._garbage = GarbageCollector(self)
        UndoKeys(self)
        self._build()
        legend = self.stage.legend
        legend.set_folded(self._settings.value("legendFolded", "false") in (True, "true"))
        legend.fold_changed.connect(self._on_legend_fold_changed)
        LookKeeper(self.state, self._settings, self)
        BookmarkKeeper(self.state, self._settings, self)
        self._restore()
        self.state.watch("dataset model", self._show_title)

    # -- building ---------------------------------------------------------------------------

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self.stage = Stage(self.state, self.jobs, self.session, self)
        self.setCentralWidget(self.stage)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.docks = [self._dock(name) for name in _panel_names()]
        self._titles = DockTitles(self, self.docks)
        self.toolbar = Toolbar(self)
        self.addToolBar(self.toolbar)
        self.status = StatusArea(self.state, self.jobs, self.session, self)
        self.setStatusBar(self.status)
        for area in self.findChildren(QAbstractScrollArea):
            if not area.accessibleName():
                area.setAccessibleName(_place_of(area))
        for view in self.findChildren(PictureView):
            view.told.connect(self.session.say)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.BottomDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)

    def _dock(self, name: str) -> QDockWidget:
        kind = panels[name]
        dock = QDockWidget(kind.title, self)
        dock.setObjectName(f"{name}Dock")
        panel = kind(self.state, self.jobs, self.session, dock)
        panel.setAutoFillBackground(True)
        panel.setBackgroundRole(QPalette.ColorRole.Base)
        dock.setWidget(Roomy(panel, dock))
        return dock

    def _place_docks(self) -> None:
        """Each panel in its area, or behind the one that it names, which stays in front."""
        docks = dict(zip(_panel_names(), self.docks, strict=True))
        behind = {name: panels[name].tab_with for name in docks if panels[name].tab_with in docks}
        for name in [name for name in docks if name not in behind]:
            self.addDockWidget(AREAS[panels[name].area], docks[name])
        for name, front in behind.items():
            self.tabifyDockWidget(docks[front], docks[name])
            self._settle()
        for front in set(behind.values()):
            docks[front].raise_()

    def _settle(self) -> None:
        """Lay out now: Qt forgets a tab bar that it made in between, which stays on the window."""
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        layout.activate()

    @Slot()
    def _mend_tab_bars(self) -> None:
        """Hide a bar that Qt lost, which sits on no dock; show one that sits on a dock.

        Qt makes a new bar where a restored layout is put together anew, and leaves it hidden.
        """
        bars = self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        tops = {dock.geometry().topLeft().toTuple() for dock in self.docks if dock.isVisible()}
        for bar in bars:
            twins = [other for other in bars if other.tabText(0) == bar.tabText(0)]
            on_dock = (bar.x(), bar.geometry().bottom() + 1) in tops
            if len(twins) > 1 and not on_dock:
                bar.hide()
            elif bar.count() > 1 and on_dock:
                bar.show()

    def _make_room(self) -> None:
        """Of a smaller window Qt leaves the right side its width, over the docks of the bottom."""
        shown = [d for d in self.docks if not d.isFloating() and d.toggleViewAction().isChecked()]
        right, low = ([d for d in shown if self.dockWidgetArea(d) == AREAS[a]]
                      for a in ("right", "bottom"))  # fmt: skip
        left_over = self.width() - max((d.minimumSizeHint().width() for d in low), default=0) - 1
        if any(d.width() > left_over for d in right):
            self._resize(dict.fromkeys(right[:1], left_over), Qt.Orientation.Horizontal)

    def _resize(self, sizes: Mapping[QDockWidget, int], way: Qt.Orientation) -> None:
        """Of docks that stand in the window, whoever put them where; Qt takes no size below 1."""
        standing = {d: max(1, size) for d, size in sizes.items() if not d.isFloating()}
        if standing:
            self.resizeDocks(list(standing), list(standing.values()), way)

    def _restore(self) -> None:
        self.resize(1280, 800)
        self._own_layout = False
        geometry, layout = self._settings.value("geometry"), self._settings.value("layout")
        if isinstance(geometry, QByteArray) and isinstance(layout, QByteArray):
            self.restoreGeometry(geometry)
            self._own_layout = self.restoreState(layout, LAYOUT)
        if not self._own_layout:
            self._place_docks()
            self._arrange()
        kinds = [panels[name] for name in _panel_names()]
        docks = dict(zip(self.docks, kinds, strict=True))
        self._presence = DockPresence(self, docks, self.state, self._settings)
        self._titles.refresh()  # with all the titles a low window would have to grow

    def _arrange(self) -> None:
        """The layout of ux section 1, in proportion to the window."""
        fronts = [d for n, d in zip(_panel_names(), self.docks, strict=True)
                  if not panels[n].tab_with]  # fmt: skip
        by_area = {area: [d for d in fronts if self.dockWidgetArea(d) == area]
                   for area in AREAS.values()}  # fmt: skip
        left, right, bottom = (by_area[AREAS[a]] for a in ("left", "right", "bottom"))
        width, height = self.width(), self.height()
        self._arranged_width = width
        columns = {**dict.fromkeys(left[:1], 0.16), **dict.fromkeys(right[:1], 0.27)}
        widths = {dock: round(width * share) for dock, share in columns.items()}
        self._resize(widths, Qt.Orientation.Horizontal)
        low = min(round(height * 0.27), 260)
        self._resize(dict.fromkeys(bottom, low), Qt.Orientation.Vertical)
        lower = max(round(height * 0.38), LOWER_RIGHT)
        upper = height - self.toolbar.height() - self.status.height() - lower
        shares = [upper, lower] if len(right) == 2 else [height // (len(right) or 1)] * len(right)
        self._resize(dict(zip(right, shares, strict=True)), Qt.Orientation.Vertical)

    def reset_layout(self) -> None:
        """Put every panel, and the toolbar, back where it was on the first day."""
        self.toolbar.show()
        for dock in self.docks:
            dock.setFloating(False)
            dock.show()
            self.removeDockWidget(dock)
        self._place_docks()
        for dock in self.docks:
            dock.show()
        self._presence.reset()
        self._arrange()
        self._settle()
        QTimer.singleShot(0, self, self._mend_tab_bars)

    def offer(self) -> None:
        """Say what an earlier window left behind, or else that this one cannot remember."""
        unwritable = f"settings cannot be kept ({self._settings.fileName()}): make room there"
        self.session.offer("" if self._settings.isWritable() else unwritable)

    # -- what the menus and keys do ---------------------------------------------------------

    def open(self, source: str, choices: Choices = NO_CHOICES) -> None:
        """Open anything: a bundled name, a path, or one picture to look at."""
        if Path(source).is_file() and is_single_picture(source):
            self.session.take([source])
        else:
            self.session.open(source, choices)

    @Slot()
    def ask_for_file(self) -> None:
        """Choose a file and open it; several are all taken."""
        names, _ = QFileDialog.getOpenFileNames(
            self, "Open data or pictures", "", file_filters(),
            options=QFileDialog.Option.HideNameFilterDetails,
        )  # fmt: skip
        self.session.take(names)

    @Slot()
    def paste(self) -> None:
        """Take what the clipboard holds: files, a picture, or the paths of files as text."""
        found = pasted(QApplication.clipboard().mimeData())
        if isinstance(found, str):
            self.session.say(found, "warn")
        elif isinstance(found, Pasted):
            self.session.look_at(found)
        else:
            self.session.take(found)

    @Slot()
    def ask_for_folder(self) -> None:
        """Choose a folder of pictures, or a checkpoint, and open it."""
        name = QFileDialog.getExistingDirectory(self, "Open a folder of pictures or a checkpoint")
        if name:
            self.open(name)

    @Slot(str, object)
    def ask_for_target(self, title: str, then: Callable[[str], object]) -> None:
        """Choose the folder that something is kept in."""
        name, _ = QFileDialog.getSaveFileName(
            self, title, "my-model", options=QFileDialog.Option.DontConfirmOverwrite
        )
        if name:
            then(name)

    @Slot()
    def undo(self) -> None:
        """One gesture back."""
        self.session.undo()

    @Slot()
    def redo(self) -> None:
        """One gesture forth."""
        self.session.redo()

    @Slot()
    def clear_selection(self) -> None:
        """Select nothing, and put own pictures away; with the path tool, drop the path first."""
        now = self.state.now
        if now.tool == "path" and now.path is not None:
            self.state.mark()
            self.state.update(source=self, path=None)
        elif len(now.selection):
            self.state.mark()
            self.state.update(source=self, selection=NOTHING)
        else:
            self.session.drop_own()

    def set_theme(self, name: str) -> None:
        """Dress in "light", "dark" or as the "system" does; remembered."""
        self._theme = name
        self._settings.setValue("theme", name)
        theme.apply(_application(), name)

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
        found = dropped(event.mimeData())
        if isinstance(found, str):
            self.session.say(found, "warn")
            return
        event.acceptProposedAction()
        if isinstance(found, Pasted):
            self.session.look_at(found)
        else:
            self.session.take(found)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being learned, remember the layout; end every thread before the window goes.

        Where something could not be kept the window stays, and asks.
        """
        if not self._may_go():
            event.ignore()
            return
        self._settings.setValue("geometry", self.saveGeometry())
        self._settings.setValue("layout", self.saveState(LAYOUT))
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
        order, held = stops(self), QApplication.focusWidget()
        if not order:
            return False
        at = order.index(held) if held in order else -1 if forward else 0
        chosen = order[(at + (1 if forward else -1)) % len(order)]
        reason = Qt.FocusReason
        chosen.setFocus(reason.TabFocusReason if forward else reason.BacktabFocusReason)
        self._bring_into_sight(chosen)
        if not (isinstance(chosen, RINGED) or getattr(chosen, "shows_focus", False)):
            self._ring.show_on(chosen)
        return True

    def _bring_into_sight(self, chosen: QWidget) -> None:
        above = chosen.parentWidget()
        while above is not None and above is not self:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(chosen, 8, 8)
            above = above.parentWidget()

    def sizeHint(self) -> QSize:
        """A laptop's screen."""
        return QSize(1280, 800)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A first layout grows with the window, as when it is maximised; a user's own stays."""
        super().resizeEvent(event)
        if not self._own_layout and abs(self.width() / self._arranged_width - 1) > 0.15:
            self._arrange()  # the widths of the docks are still those before
        else:
            self._make_room()
        QTimer.singleShot(0, self, self._mend_tab_bars)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system's theme when asked to."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ThemeChange and self._theme == "system":
            QTimer.singleShot(0, self, self._follow_system)

    @Slot()
    def _follow_system(self) -> None:
        theme.apply(_application(), self._theme)

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
    window.stage.plane.setFocus()
    window.open(DEFAULT_SOURCE if source is None else str(source), choices)
    window.offer()
    return window


def _place_of(area: QAbstractScrollArea) -> str:
    """The title of the panel that it is in."""
    above: QWidget | None = area
    while above is not None and not isinstance(above, QDockWidget):
        above = above.parentWidget()
    return above.windowTitle() if above is not None else "Scrolls"


def _panel_names() -> list[str]:
    panels.discover("explorer.ui.panels")
    return sorted(panels, key=lambda name: panels[name].order)


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
