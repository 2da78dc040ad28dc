"""``latent-explorer compare``: the model against PCA with as many components."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.commands import Command, checkpoint_argument, choice, commands, data_argument
from explorer.terminal.console import MSE_UNITS, Console, Result
from explorer.terminal.reading import ReadsData
from explorer.terminal.sources import open_checkpoint, open_data_for


@commands.register("compare")
@dataclass(frozen=True)
class CompareCommand(ReadsData, Command):
    """Hold a model against PCA with as many components.

    Both are measured on data that neither was fitted to, unless --split says otherwise.

    mse is how far reconstructions are from the samples; trustworthiness, from 0 to 1, how many
    neighbours on the plane are neighbours in the data; knn_accuracy how often the labels of the
    nearest codes give the right one.
    """

    topic = "measurements"
    examples = ("compare digits digits",)

    checkpoint: str = checkpoint_argument()
    data: str = data_argument()
    split: str = choice("Which part of the data.", ("test", "train", "all"))

    def run(self, console: Console) -> Result:
        """The JSON object of contract section 1."""
        model = open_checkpoint(self.checkpoint)
        dataset = open_data_for(model, self.data, console, self.choices)
        from explorer.analysis.comparing import compare

        found = compare(model, dataset, console.task, split=self.split)
        warnings = found.pop("warnings")  # they come last
        return {**found, "mse_unit": MSE_UNITS[dataset.kind], "warnings": warnings}
