"""``latent-explorer evaluate``: how good a model is, in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.commands import Command, argument, choice, commands, limited
from explorer.terminal.console import Console, Result
from explorer.terminal.sources import open_checkpoint, open_data_for


@commands.register("evaluate")
@dataclass(frozen=True)
class EvaluateCommand(Command):
    """Measure a model's bounds, likelihood and errors on data it was not trained on."""

    checkpoint: str = argument("A checkpoint folder, or the bundled model's name.")
    data: str = argument("A bundled name or a path.")
    samples: int = limited("Importance samples a data sample.", 5000, low=1, high=10**6)
    split: str = choice("Which part of the data.", ("test", "train", "all"))
    seed: int = limited("Same seed, same numbers.", 0, low=0, high=2**31)

    def run(self, console: Console) -> Result:
        """The JSON object of contract section 1."""
        model = open_checkpoint(self.checkpoint)
        dataset = open_data_for(model, self.data, console)
        from explorer.analysis.evaluating import evaluate

        return evaluate(
            model, dataset, console.task, samples=self.samples, split=self.split, seed=self.seed
        )
