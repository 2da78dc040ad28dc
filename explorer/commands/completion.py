"""``latent-explorer completion``: the Tab key in bash, zsh and fish."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from explorer import commands as family
from explorer.commands import commands
from explorer.terminal.command import TerminalCommand, argument
from explorer.terminal.console import Console, Result
from explorer.terminal.shells import HELP, Words
from explorer.terminal.syntax.flags import JSON, flags_of

PROG = "latent-explorer"
SHELLS = ("bash", "zsh", "fish")


@commands.register("completion")
@dataclass(frozen=True)
class CompletionCommand(TerminalCommand):
    """Print a script for the Tab key in bash, zsh and fish.

    It completes commands, flags, their choices, bundled names and files.

    To have it in every shell, add this line to ~/.bashrc, to ~/.zshrc (after compinit), or to
    ~/.config/fish/config.fish:

      eval "$(latent-explorer completion bash)"
      eval "$(latent-explorer completion zsh)"
      latent-explorer completion fish | source
    """

    topic = "the program"
    examples = ("completion bash",)

    shell: str = argument("The shell that you type in.", choices=SHELLS)

    def run(self, console: Console) -> Result:
        """The script."""
        module = importlib.import_module(f"explorer.terminal.shells.{self.shell}")
        names = bundled()
        script = module.script(PROG, vocabulary(names), names["data"])
        return {"shell": self.shell, "script": script}

    def lines(self, values: Result) -> list[str]:
        """The script as it is."""
        return [str(values["script"])]


def vocabulary(names: Mapping[str, Sequence[str]]) -> list[Words]:
    """All commands with all that can follow them. names: see `Words`."""
    return [_words(name, names) for name in family.names()]


def _words(name: str, names: Mapping[str, Sequence[str]]) -> Words:
    command = family.load(name)
    flags = flags_of(command)
    return Words(
        name,
        command.summary(),
        [*(flag for flag in flags if not flag.placed), JSON, HELP],
        [flag for flag in flags if flag.placed],
        names,
    )


def bundled() -> dict[str, Sequence[str]]:
    """What comes with the program."""
    from explorer.data.bundled import BUNDLED
    from explorer.models import checkpoint

    return {"data": tuple(BUNDLED), "checkpoint": tuple(checkpoint.bundled())}
