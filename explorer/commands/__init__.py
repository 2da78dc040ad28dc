"""What the program does from a terminal beside asking questions: one command a file.

A command is a frozen dataclass; its fields are the flags. The file is called as the command, holds
all there is to it, and imports what is heavy (numpy, torch) in ``run``: its help page needs none::

    @commands.register("atlas")
    @dataclass(frozen=True)
    class Atlas(Command):
        "Draw what the decoder makes of a grid of codes."      # the line that `--help` shows

        topic = "pictures"                                     # where `--help` lists it
        examples = ("atlas digits --out atlas.png",)           # what can be typed as it stands

        checkpoint: str = checkpoint_argument()
        out: Path = option("The PNG to write.")

        def run(self, console: Console) -> Result: ...

What measures a model or draws with it is a question: its command is made of it
(`explorer.compute.analysis`).
"""

from __future__ import annotations

import importlib
import pkgutil

from explorer.compute import analyses
from explorer.registry import Registry
from explorer.terminal.asking import command_of
from explorer.terminal.command import TOPICS, TerminalCommand

commands: Registry[type[TerminalCommand]] = Registry("command")


def names() -> tuple[str, ...]:
    """What there is, read from the folders, nothing is imported: linear_truth is linear-truth."""
    return tuple(sorted({*_files(), *analyses.names()}))


def load(name: str) -> type[TerminalCommand]:
    """Import the one command called ``name``; raises what its import raises."""
    if name not in _files():
        return command_of(analyses.load(name))
    importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    return commands[name]


def topics() -> dict[str, dict[str, str]]:
    """All commands by topic: topic -> name -> summary. Imports them all."""
    found = {name: load(name) for name in names()}
    return {
        topic: {name: c.summary() for name, c in found.items() if c.topic == topic}
        for topic in TOPICS
    }


def _files() -> set[str]:
    return {info.name.replace("_", "-") for info in pkgutil.iter_modules(__path__)}
