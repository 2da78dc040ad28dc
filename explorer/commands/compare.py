"""``latent-explorer compare``: the model against PCA with as many components."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.commands import Command, argument, choice, commands
from explorer.terminal.console import Console, Result
from explorer.terminal.reading import ReadsData
from explorer.terminal.sources import open_checkpoint, open_data_for


@commands.register("compare")
@dataclass(frozen=True)
class CompareCommand(ReadsData, Command):
    """Hold a model against PCA with as many components, on data neither was fitted to."""

    checkpoint: str = argument("A checkpoint folder, or the bundled model's name.")
    data: str = argument("A bundled name or a path.")
    split: str = choice("Which part of the data.", ("test", "train", "all"))

    def run(self, console: Console) -> Result:
        """The JSON object of contract section 1."""
        model = open_checkpoint(self.checkpoint)
        dataset = open_data_for(model, self.data, console, self.choices)
        from explorer.analysis.comparing import compare

        return compare(model, dataset, console.task, split=self.split)
