"""``latent-explorer evaluate``: how good a model is, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explorer import paths
from explorer.commands import commands
from explorer.terminal.command import (
    Command,
    checkpoint_argument,
    choice,
    data_argument,
    flag,
    limited,
    option,
)
from explorer.terminal.console import MSE_UNITS, Console, Result
from explorer.terminal.files import check_out, write
from explorer.terminal.reading import ReadsData
from explorer.terminal.sources import open_checkpoint, open_data_for


@commands.register("evaluate")
@dataclass(frozen=True)
class EvaluateCommand(ReadsData, Command):
    """Measure a model's bounds, likelihood and errors.

    It is measured on data that it was not trained on, unless --split says otherwise. A run that was
    stopped goes on where it was when it is started again.
    """

    topic = "measurements"
    examples = ("evaluate digits digits --samples 500",)

    checkpoint: str = checkpoint_argument()
    data: str = data_argument()
    samples: int = limited("Importance samples for each data sample.", 5000, low=1, high=10**6)
    split: str = choice("Which part of the data.", ("test", "train", "all"))
    seed: int = limited("Same seed, same numbers.", 0, low=0, high=2**31)
    out: Path | None = option("A .csv or .npz for every sample's log p(x).", None)
    fresh: bool = flag("Start anew, even where a stopped run could go on.")
    gaps: bool = flag("Measure I(x;z), KL(q(z)||p(z)), holes and the amortisation gap, too.")

    def run(self, console: Console) -> Result:
        """The JSON object of contract section 1."""
        out = None if self.out is None else check_out(self.out, ".csv", ".npz")
        model = open_checkpoint(self.checkpoint)
        dataset = open_data_for(model, self.data, console, self.choices)
        from explorer.analysis.basis import labels_of
        from explorer.analysis.evaluating import evaluation
        from explorer.export.things import Thing

        with console.interrupt_cancels():
            found = evaluation(
                model,
                dataset,
                console.task,
                samples=self.samples,
                split=self.split,
                seed=self.seed,
                unfinished=None if self.fresh else paths.unfinished(),
                with_gaps=self.gaps,
            )
        values, more = {**found.values, "mse_unit": MSE_UNITS[dataset.kind]}, dict(found.gaps)
        if out is not None:
            known = {"index": found.index, "label": labels_of(dataset, found.index)}
            table = {**known, **found.columns()}
            more |= write(Thing("evidence", "the evidence", table=lambda _: table), out)
        warnings = values.pop("warnings")  # they come last
        return {**values, **more, "warnings": warnings}
