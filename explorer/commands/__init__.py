"""What the program does from a terminal: one command a file, called as its file is.

A command is a frozen dataclass; its fields are the flags. The file holds all there is to it::

    @commands.register("atlas")
    @dataclass(frozen=True)
    class Atlas(Command):
        "Draw what the decoder makes of a grid of codes."      # the line that `--help` shows

        checkpoint: str = argument("A checkpoint folder.")
        out: Path = option("The PNG to write.")

        def run(self, console: Console) -> Result: ...
"""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
from abc import ABC, abstractmethod
from typing import Any

from explorer.config import setting, settings_of
from explorer.registry import Registry
from explorer.terminal.console import Console, Result, rows


class Command(ABC):
    """One thing to do. The class's docstring is its help; its first line is the summary."""

    @abstractmethod
    def run(self, console: Console) -> Result:
        """Do it; returns the values of the JSON object. Raises ExplorerError where it cannot."""

    def lines(self, values: Result) -> list[str]:
        """What a person reads instead of the JSON object."""
        return rows(values)

    @classmethod
    def summary(cls) -> str:
        """One line of what it does."""
        return (cls.__doc__ or "").strip().partition("\n")[0]


commands: Registry[type[Command]] = Registry("command")


def names() -> tuple[str, ...]:
    """What there is, read from the folder, nothing is imported: linear_truth is linear-truth."""
    return tuple(sorted(info.name.replace("_", "-") for info in pkgutil.iter_modules(__path__)))


def load(name: str) -> type[Command]:
    """Import the one command called ``name``; raises what its import raises."""
    importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    return commands[name]


def argument(help: str) -> Any:
    """A field that is told by its place, not by a flag."""
    return dataclasses.field(metadata={"help": help, "positional": True})


def option(help: str, default: Any = dataclasses.MISSING, *, metavar: str = "") -> Any:
    """A field with a flag of its own; without a default it must be given."""
    return dataclasses.field(default=default, metadata={"help": help, "metavar": metavar})


def shared(owner: type, name: str) -> Any:
    """A field with the default, the help and the range of the setting ``name`` of ``owner``."""
    found = next(s for s in settings_of(owner) if s.name == name)
    keys = ("label", "help", "low", "high", "choices")
    metadata = {key: getattr(found, key) for key in keys}
    return dataclasses.field(default=found.default, metadata=metadata)


def limited(help: str, default: float, *, low: float, high: float) -> Any:
    """An `option` whose value must lie in a range."""
    return setting(default, "", help, low=low, high=high)


def choice(help: str, choices: tuple[str, ...]) -> Any:
    """An `option` with one of ``choices``, the first by default."""
    return setting(choices[0], "", help, choices=choices)


def flag(help: str) -> Any:
    """An `option` that is there or not."""
    return dataclasses.field(default=False, metadata={"help": help})
