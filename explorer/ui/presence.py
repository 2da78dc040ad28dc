"""Docks that only some models have use for: there while the model shown has, and else away."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSettings, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow

from explorer.app.state import State
from explorer.ui.panels import Panel
from explorer.ui.widgets.offering import offer

SETTING = "closed"


class DockPresence(QObject):
    """Hides a dock whose panel is absent, and says why in the entry that would show it.

    A dock comes back as the user left it: closed, if they closed it while it was there.
    """

    def __init__(
        self,
        window: QMainWindow,
        docks: Mapping[QDockWidget, type[Panel]],
        state: State,
        settings: QSettings,
    ) -> None:
        super().__init__(window)
        self._window, self._state, self._settings = window, state, settings
        self._docks = {d: kind for d, kind in docks.items() if kind.absence is not Panel.absence}
        self._closed = set(str(settings.value(SETTING, "")).split())
        for dock in self._docks:
            dock.toggleViewAction().triggered.connect(self._on_toggled)
            dock.installEventFilter(self)
        state.watch("model", self.refresh)

    def refresh(self) -> None:
        """Look anew which of them have something to show."""
        for dock, kind in self._docks.items():
            reason = kind.absence(self._state.now)
            action = dock.toggleViewAction()
            offer(action, reason)
            wanted = not reason and dock.objectName() not in self._closed
            if wanted == dock.isHidden():
                self._show(dock, wanted)

    def reset(self) -> None:
        """Forget what was closed."""
        self._closed.clear()
        self._keep()
        self.refresh()

    def _show(self, dock: QDockWidget, wanted: bool) -> None:
        """Where it stands in a row of tabs, the one in front stays there."""
        beside = self._window.tabifiedDockWidgets(dock)
        front = next((d for d in beside if not d.visibleRegion().isEmpty()), None)
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
