"""``latent-explorer tour``: the real window, driven without a screen, a picture a step."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from explorer.commands import Command, commands, option
from explorer.errors import SettingsError
from explorer.terminal.console import Console, Result


@commands.register("tour")
@dataclass(frozen=True)
class TourCommand(Command):
    """Drive the real window without a screen through the main job; a PNG per step."""

    out: Path = option("The folder for the pictures.")
    size: str = option("Width x height of the window.", "1280x800")
    epochs: int = option("Epochs of each training on the way.", 6)

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
    try:
        width, height = (int(part) for part in text.lower().split("x"))
    except ValueError:
        raise SettingsError(
            f"{text!r} is no size", remedy="write width x height, as in 1280x800"
        ) from None
    return width, height
