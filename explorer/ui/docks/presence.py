"""Docks that only some models have use for: there while the model shown has, and else away."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSettings, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow

from explorer.app.state import State
from explorer.ui.docks.arrangement import Arrangement
from explorer.ui.on_screen import is_on_screen
from explorer.ui.panels import Panel, panels
from explorer.ui.widgets.offering import offer

SETTING = "closed"


class DockPresence(QObject):
    """Hides a dock whose panel is absent, and says why in the entry that would show it.

    A dock comes back as the user left it: closed, if they closed it while it was there; and only
    where it belongs.
    """

    def __init__(
        self,
        window: QMainWindow,
        docks: Mapping[str, QDockWidget],
        arrangement: Arrangement,
        state: State,
        settings: QSettings,
    ) -> None:
        super().__init__(window)
        self._window, self._state, self._settings = window, state, settings
        self._arrangement = arrangement
        kinds = {name: panels[name] for name in docks}
        self._docks = {n: docks[n] for n, k in kinds.items() if k.absence is not Panel.absence}
        self._closed = set(str(settings.value(SETTING, "")).split())
        for dock in self._docks.values():
            dock.toggleViewAction().triggered.connect(self._on_toggled)
            dock.installEventFilter(self)
        state.watch("model", self.refresh)

    def refresh(self) -> None:
        """Look anew which of them have something to show."""
        for name, dock in self._docks.items():
            reason = panels[name].absence(self._state.now)
            action = dock.toggleViewAction()
            offer(action, reason)
            wanted = not reason and dock.objectName() not in self._closed
            if wanted == dock.isHidden() and (reason or self._arrangement.belongs(name)):
                self._show(dock, wanted)

    def reset(self) -> None:
        """Forget what was closed; what there is comes back with the next look."""
        self._closed.clear()
        self._keep()

    def _show(self, dock: QDockWidget, wanted: bool) -> None:
        """Where it stands in a row of tabs, the one in front stays there."""
        beside = self._window.tabifiedDockWidgets(dock)
        front = next((d for d in beside if is_on_screen(d)), None)
        dock.setVisible(wanted)
        if wanted and front is not None:
            front.raise_()

    @Slot(bool)
    def _on_toggled(self, shown: bool) -> None:
        dock = self.sender().parent()
        if shown and dock is not None:
            self._closed.discard(dock.objectName())
            self._keep()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear of every way to close one: its title, its tab, its entry."""
        if event.type() == QEvent.Type.Close:
            self._closed.add(watched.objectName())
            self._keep()
        return False

    def _keep(self) -> None:
        self._settings.setValue(SETTING, " ".join(sorted(self._closed)))
