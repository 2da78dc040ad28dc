"""What can be done with a path: travel along it, loop, fold its pictures, clear it."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton

from explorer.app.commands import Command, Context
from explorer.ui.actions.films import no_film
from explorer.ui.plane.path.player import PathPlayer

NO_PATH = "Click two points on the plane first"


class PathCommands:
    """The commands over one player, by their names; loop and fold: the switches of its strip."""

    def __init__(self, player: PathPlayer, loop: QToolButton, fold: QToolButton) -> None:
        self._player, self._loop, self._fold = player, loop, fold
        made = (*self._travelling(), *self._keeping())
        self.named = {command.name: command for command in made}

    def _travelling(self) -> tuple[Command, ...]:
        return (
            Command(
                name="path-play", title="Travel along the path", menu="film", order=10,
                sentence="Travel along the path: z follows", missing=no_film,
                act=lambda _context: self._player.play(),
            ),
            Command(
                name="path-pause", title="Stay on the path", menu="film", order=11,
                sentence="Stay here", act=lambda _context: self._player.pause(),
                missing=lambda _context: "" if self._player.playing else "z does not travel",
            ),
            Command(
                name="path-stop", title="Back to the start of the path", menu="film", order=12,
                sentence="Stop, and go back to the start", missing=no_film,
                act=lambda _context: self._player.stop(),
            ),
            Command(
                name="path-loop", title="Travel in a loop", menu="film", order=13,
                sentence="At the end, begin again", missing=no_film,
                act=lambda _context: self._loop.toggle(),
            ),
        )  # fmt: skip

    def _keeping(self) -> tuple[Command, ...]:
        return (
            Command(
                name="path-fold", title="Pictures of the path", menu="film", order=20,
                sentence="Show or hide the pictures", missing=_no_path,
                act=lambda _context: self._fold.toggle(),
            ),
            Command(
                name="path-clear", title="Clear the path", menu="film", order=21, act=_clear,
                sentence="Take the path away, with its pictures", missing=_no_path,
            ),
        )  # fmt: skip


def _no_path(context: Context) -> str:
    return "" if context.now.path is not None else NO_PATH


def _clear(context: Context) -> None:
    context.state.mark()
    context.state.update(path=None)
