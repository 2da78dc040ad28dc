"""The window as commands see it: its dialogs, its colours, its layout, its palette."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtWidgets import QDockWidget

from explorer.app.frontend import Frontend
from explorer.ui.files.opening import Opening
from explorer.ui.themes.appearance import Appearance
from explorer.ui.widgets.overlays.overlay import Overlay


class Fits(Protocol):
    """A plane, or whatever else can show all that it has."""

    def fit(self) -> None:
        """Show all."""


class WindowFrontend(Frontend):
    """What `explorer.app.frontend.Frontend` promises, put together from parts of a window."""

    def __init__(
        self, opening: Opening, appearance: Appearance, plane: Fits,
        reset_layout: Callable[[], object], docks: Mapping[str, QDockWidget],
    ) -> None:  # fmt: skip
        """docks: by the names of their panels."""
        self._opening, self._appearance, self._plane = opening, appearance, plane
        self._reset_layout, self._docks = reset_layout, docks
        self._overlays: dict[str, Overlay] = {}

    def ask_for_file(self) -> None:
        """Let the user choose files, and open them."""
        self._opening.ask_for_file()

    def ask_for_folder(self) -> None:
        """Let the user choose a folder, and open it."""
        self._opening.ask_for_folder()

    def paste(self) -> None:
        """Take what the clipboard holds, or say why it cannot be."""
        self._opening.paste()

    def open(self, source: str) -> None:
        """Open anything: a bundled name, a path, or one picture to look at."""
        self._opening.open(source)

    def set_theme(self, name: str) -> None:
        """Light, dark, or as the system has it."""
        self._appearance.set_theme(name)

    def fit(self) -> None:
        """Show all points of the plane."""
        self._plane.fit()

    def show_panel(self, name: str) -> None:
        """Bring a panel to the front, opened again if it was closed."""
        dock = self._docks[name]
        if dock.isHidden():
            dock.toggleViewAction().trigger()
        dock.raise_()

    def reset_layout(self) -> None:
        """Put every panel back where it was on the first day."""
        self._reset_layout()

    def show(self, overlay: str) -> None:
        """Open what lies over the window: "commandPalette" or "shortcutSheet"."""
        self._overlays[overlay].open()

    def offer(self, title: str) -> None:
        """Open the palette on what one command offers."""
        self._overlays["commandPalette"].open(title)

    def add(self, overlay: Overlay) -> None:
        """Something more that can be opened, by its object name."""
        self._overlays[overlay.objectName()] = overlay
