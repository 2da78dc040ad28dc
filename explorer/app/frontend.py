"""What a command needs of the window: questions to the user, its own appearance, its overlays.

Commands know no widgets, and a test may put anything in the window's place.
"""

from __future__ import annotations


class Frontend:
    """The window, as commands see it; this one stands for no window, and does nothing."""

    def ask_for_file(self) -> None:
        """Let the user choose files, and open them."""

    def ask_for_folder(self) -> None:
        """Let the user choose a folder, and open it."""

    def paste(self) -> None:
        """Take what the clipboard holds, or say why it cannot be."""

    def open(self, source: str) -> None:
        """Open anything: a bundled name, a path, or one picture to look at."""

    def set_theme(self, name: str) -> None:
        """Light, dark, or as the system has it."""

    def fit(self) -> None:
        """Show all points of the plane."""

    def show_panel(self, name: str) -> None:
        """Bring a panel to the front."""

    def reset_layout(self) -> None:
        """Put every panel back where it was on the first day."""

    def show(self, overlay: str) -> None:
        """Open what lies over the window: "commandPalette" or "shortcutSheet"."""

    def offer(self, title: str) -> None:
        """Open the palette on what one command offers."""
