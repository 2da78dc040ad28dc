"""What a command needs of the window: questions to the user, the clipboard, its own appearance.

A protocol, so that commands know no widgets and a test may put anything in the window's place.
"""

from __future__ import annotations

from typing import Protocol

from explorer.data.own import Pasted


class Frontend(Protocol):
    """The window, as commands see it. What the user thought better of is "" or nothing."""

    def ask_for_files(self) -> list[str]:
        """The files to open."""

    def ask_for_folder(self) -> str:
        """The folder to open."""

    def pasted(self) -> list[str] | Pasted | str:
        """What the clipboard holds: paths, a picture, or a sentence that says why nothing."""

    def open(self, source: str) -> None:
        """Open anything: a bundled name, a path, or one picture to look at."""

    def set_theme(self, name: str) -> None:
        """Light, dark, or as the system has it."""

    def fit(self) -> None:
        """Show all points of the plane."""

    def reset_layout(self) -> None:
        """Put every panel back where it was on the first day."""

    def show_palette(self) -> None:
        """Open the command palette."""

    def show_shortcuts(self) -> None:
        """Open the shortcut sheet."""
