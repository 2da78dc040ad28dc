"""Completion scripts, one file a shell, written from the commands and their flags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from explorer.terminal.syntax.flags import Flag

HELP = Flag("help", bool, "Show the help page.", False)


@dataclass(frozen=True)
class Words:
    """What can be typed after one command. flags: those with a dash; placed: those without.

    names: what "data" and "checkpoint" stand for beside files.
    """

    name: str
    summary: str
    flags: Sequence[Flag]
    placed: Sequence[Flag]
    names: Mapping[str, Sequence[str]]

    def choices(self, flag: Flag) -> tuple[str, ...]:
        """The words that a flag's value may be, files aside."""
        return (*flag.choices, *self.names.get(flag.completes, ()))


def takes_files(flag: Flag) -> bool:
    """Whether a path may stand there."""
    return flag.type is Path or bool(flag.completes)


def identifier(prog: str) -> str:
    """The name of a shell function."""
    return "_" + prog.replace("-", "_")
