"""``latent-explorer datasets``: the data that comes with the program."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.commands import commands
from explorer.terminal.command import TerminalCommand
from explorer.terminal.console import Console, Result


@commands.register("datasets")
@dataclass(frozen=True)
class DatasetsCommand(TerminalCommand):
    """List the data sets that come with the program, a line each.

    Their names stand for a path wherever a command takes DATA.
    """

    topic = "what there is"
    examples = ("datasets",)

    def run(self, console: Console) -> Result:
        """Name -> summary."""
        from explorer.data.bundled import BUNDLED

        return {name: bundled.summary for name, bundled in BUNDLED.items()}
