"""``latent-explorer tour``: the real window, driven without a screen, a picture a step."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from explorer.commands import commands
from explorer.errors import SettingsError
from explorer.terminal.command import TerminalCommand, limited, option
from explorer.terminal.console import Console, Result


@commands.register("tour")
@dataclass(frozen=True)
class TourCommand(TerminalCommand):
    """Drive the real window without a screen, a picture for each step."""

    topic = "the program"
    examples = ("tour --out tour",)

    out: Path = option("The folder for the pictures.")
    size: str = option("Width and height of the window, in pixels.", "1280x800", metavar="WxH")
    epochs: int = limited("Epochs of each training on the way.", 6, low=1, high=1000)

    def run(self, console: Console) -> Result:
        """Walk; returns the pictures' paths."""
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from explorer.ui.application import create_application
        from explorer.ui.tour import Tour

        create_application(["latent-explorer"])
        tour = Tour(self.out, console.task, size=_size(self.size), epochs=self.epochs)
        with console.interrupt_cancels():  # an exception would get lost in a slot of Qt
            return {"pictures": [str(path) for path in tour.walk()]}


def _size(text: str) -> tuple[int, int]:
    width, by, height = text.lower().partition("x")
    if not (by and width.isdecimal() and height.isdecimal()) or "0" in (width, height):
        raise SettingsError(
            f"--size {text} is no size", remedy="write width x height, as in 1280x800"
        )
    return int(width), int(height)
