"""One thing that the program does from a terminal, and the fields that are its words and flags."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from typing import Any, ClassVar

from explorer.config import setting, settings_of
from explorer.terminal.console import Console, Result, rows

TOPICS = ("what there is", "models", "measurements", "pictures", "the program")


class TerminalCommand(ABC):
    """One thing to do. The class's docstring is its help; its first line is the summary.

    topic: one of TOPICS. examples: what follows the program's name. one_of: fields of which one,
    and only one, must be given. The fields of a base dataclass are a group of their own on the help
    page, named by its ``heading``.
    """

    topic: ClassVar[str] = ""
    examples: ClassVar[tuple[str, ...]] = ()
    one_of: ClassVar[tuple[str, ...]] = ()

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


def argument(help: str, *, completes: str = "", choices: tuple[str, ...] = ()) -> Any:
    """A field that is told by its place, not by a flag.

    completes: "data" or "checkpoint", whose names a shell offers beside files.
    """
    metadata = {"help": help, "positional": True, "completes": completes, "choices": choices}
    return dataclasses.field(metadata=metadata)


def data_argument() -> Any:
    """The data that a command opens."""
    return argument(
        "A file, a folder, or a bundled data set by its name (see latent-explorer datasets).",
        completes="data",
    )


def checkpoint_argument() -> Any:
    """The model that a command uses."""
    return argument(
        "The folder of a trained model, or a bundled one by its name (see latent-explorer models).",
        completes="checkpoint",
    )


def option(
    help: str,
    default: Any = dataclasses.MISSING,
    *,
    metavar: str = "",
    choices: tuple[str, ...] = (),
    unset: str = "",
) -> Any:
    """A field with a flag of its own; without a default it must be given.

    metavar: what pages call its value. unset: what comes of not giving it, in words.
    """
    metadata = {"help": help, "metavar": metavar, "choices": choices, "unset": unset}
    return dataclasses.field(default=default, metadata=metadata)


def shared(owner: type, name: str, **more: Any) -> Any:
    """A field with the default, the help and the range of the setting ``name`` of ``owner``.

    more: metadata of its own, as `option` knows it.
    """
    found = next(s for s in settings_of(owner) if s.name == name)
    keys = ("label", "help", "low", "high", "choices")
    metadata = {**{key: getattr(found, key) for key in keys}, **more}
    return dataclasses.field(default=found.default, metadata=metadata)


def magnified() -> Any:
    """How large the pixels of a picture are written, for commands that write one."""
    told = "Draw each pixel as a square of N x N; 1 gives the bare pixels."
    unset = "the first that makes the picture 256 pixels a side or more"
    return setting(0, "", told, low=0, high=256, unset=unset)


def limited(help: str, default: float, *, low: float, high: float) -> Any:
    """An `option` whose value must lie in a range."""
    return setting(default, "", help, low=low, high=high)


def choice(help: str, choices: tuple[str, ...]) -> Any:
    """An `option` with one of ``choices``, the first by default."""
    return setting(choices[0], "", help, choices=choices)


def flag(help: str) -> Any:
    """An `option` that is there or not."""
    return dataclasses.field(default=False, metadata={"help": help})
