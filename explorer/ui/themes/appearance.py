"""Light, dark, or as the system has it: chosen by a command, remembered, and followed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings, QTimer, Slot
from PySide6.QtWidgets import QApplication

from explorer.ui.themes import theme

SETTING = "theme"


class Appearance(QObject):
    """The theme of the application, as one window has it in its settings."""

    def __init__(self, settings: QSettings, window: QObject) -> None:
        super().__init__(window)
        self._settings = settings
        self.name = str(settings.value(SETTING, "system"))
        self._apply()

    def set_theme(self, name: str) -> None:
        """Put on "light", "dark" or what the "system" has; remembered."""
        self.name = name
        self._settings.setValue(SETTING, name)
        self._apply()

    def follow_system(self) -> None:
        """Put on what the system has by now, where it is asked for."""
        if self.name == "system":
            QTimer.singleShot(0, self, self._apply)

    @Slot()
    def _apply(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, self.name)
