"""``latent-explorer linear-truth``: watch a linear model come to what PCA says it must."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from explorer.commands import Command, choice, commands, data_argument, limited
from explorer.terminal.console import MSE_UNITS, Console, Result, rows
from explorer.terminal.faults import INTERRUPTED
from explorer.terminal.reading import ReadsData
from explorer.terminal.sources import open_data

if TYPE_CHECKING:
    from explorer.analysis.lineartruth import LinearTruth

SHOWN = 1.3  # factor between the epochs that are measured


@commands.register("linear-truth")
@dataclass(frozen=True)
class LinearTruthCommand(ReadsData, Command):
    """Train a linear model and watch it come to what PCA says.

    Each moment is held against PCA. The model's error falls onto the Eckart-Young optimum, the
    principal angles between its subspace and PCA's go to 0, and a linear VAE reaches the evidence
    of probabilistic PCA.
    """

    topic = "models"
    examples = ("linear-truth digits --model linear-ae",)

    data: str = data_argument()
    model: str = choice("Which linear model.", ("linear-ae", "linear-vae"))
    latent_dim: int = limited("Length of a code.", 2, low=1, high=64)
    epochs: int = limited(
        "Passes over the training part; 0 takes the model's own.", 0, low=0, high=100_000
    )
    seed: int = limited("Same seed, same weights.", 0, low=0, high=2**31)

    def run(self, console: Console) -> Result:
        """Train and watch: all of it on the training part."""
        dataset = open_data(self.data, console, choices=self.choices)
        from explorer.analysis import cautions, lineartruth, pca
        from explorer.analysis.evaluating import POINT
        from explorer.compute.live import live
        from explorer.models.config import ModelConfig, ModelSnapshot
        from explorer.models.presets import presets
        from explorer.task import Task
        from explorer.training import loop
        from explorer.training.config import TrainingConfig, suited
        from explorer.training.record.time_line import TimeLine

        training = suited(TrainingConfig(), presets[self.model])
        training = replace(training, seed=self.seed, epochs=self.epochs or training.epochs)
        config = ModelConfig(self.model, latent_dim=self.latent_dim)
        linear = pca.fit(dataset, self.latent_dim, console.task)
        best = lineartruth.optimum(dataset, linear, self.latent_dim)
        curve: list[dict[str, object]] = []

        def watched(model: ModelSnapshot) -> dict[str, object]:
            return figures(lineartruth.watch(live(model), dataset.preparation, best))

        def look(seen: object) -> None:
            if not isinstance(seen, TimeLine):
                return  # how far it is
            newest = seen.newest
            if not curve or newest.epoch > SHOWN * last_epoch(curve):
                curve.append({"epoch": newest.epoch, **watched(newest.model)})

        console.task = Task(console.task.progress, look)
        with console.interrupt_cancels():
            trained = loop.train(config, training, dataset, console.task)
        final = watched(trained.snapshot)
        console.code = INTERRUPTED if trained.stopped else console.code
        epoch = trained.snapshot.training["epoch"]
        exact = "PCA leaves no error that it could be a multiple of"
        missing = [
            *cautions.of_nulls(final, ("ratio",), exact),
            *cautions.of_nulls(final, tuple(key for key in final if key != "ratio"), POINT),
        ]
        return {
            "model": self.model, "n": len(dataset.train_index), "epochs": epoch, **final,
            "mse_unit": MSE_UNITS[dataset.kind], "seed": self.seed,
            "curve": [*curve, {"epoch": epoch, **final}], "warnings": missing,
        }  # fmt: skip

    def lines(self, values: Result) -> list[str]:
        """The curve as a table, then where it ended."""
        curve: Any = values["curve"]
        table = [f"{'epoch':>8}{'MSE / optimum':>16}{'largest angle':>16}{'evidence':>12}"]
        for point in curve:
            evidence = point["evidence"]
            last = "-" if evidence is None else f"{evidence:.4f}"
            angle = f"{point['angles_degrees'][0]:.3f} deg"
            ratio = "-" if point["ratio"] is None else f"{point['ratio']:.5f}"
            table.append(f"{point['epoch']:>8.1f}{ratio:>16}{angle:>16}{last:>12}")
        return [*table, "", *rows({k: v for k, v in values.items() if k != "curve"})]


def figures(truth: LinearTruth) -> dict[str, object]:
    """What JSON says of one moment."""
    return {
        "mse": truth.mse,
        "best_mse": truth.best_mse,
        "ratio": truth.ratio,
        "angles_degrees": [math.degrees(angle) for angle in truth.angles],
        "evidence": truth.evidence,
        "best_evidence": truth.best_evidence,
        "sigma2": truth.sigma2,
        "best_sigma2": truth.best_sigma2,
    }


def last_epoch(curve: list[dict[str, object]]) -> float:
    """Where the curve stands."""
    epoch: Any = curve[-1]["epoch"]
    return float(epoch)
