"""Question: does a linear model come to what PCA says it must?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from explorer import config
from explorer.compute.analysis import Analysis, Report, seed_setting
from explorer.compute.question import questions
from explorer.task import NO_TASK, Relayed, Task

if TYPE_CHECKING:
    from explorer.analysis.lineartruth import LinearTruth
    from explorer.data.dataset import Dataset
    from explorer.models.config import ModelSnapshot
    from explorer.training.config import TrainingConfig

SHOWN = 1.3  # factor between the epochs that are measured


@dataclass(frozen=True)
class Approach:
    """curve: (epoch, where it stood then), the last one where it ended. stopped: before its time.

    n: training samples.
    """

    curve: tuple[tuple[float, LinearTruth], ...]
    n: int
    stopped: bool


@questions.register("linear truth")
@dataclass(frozen=True, eq=False)
class WatchLinearModel(Analysis[Approach]):
    """Train a linear model and watch it come to what PCA says.

    Each moment is held against PCA. The model's error falls onto the Eckart-Young optimum, the
    principal angles between its subspace and PCA's go to 0, and a linear VAE reaches the evidence
    of probabilistic PCA.
    """

    does = "train a linear model"
    about = ("dataset",)
    lane = "train"
    topic = "models"
    examples = ("linear-truth digits --model linear-ae",)
    tabled = ("curve",)

    dataset: Dataset
    model: str = config.setting(
        "linear-ae", "Model", "Which linear model.", choices=("linear-ae", "linear-vae")
    )
    latent_dim: int = config.setting(2, "Latent dimensions", "Length of a code.", low=1, high=64)
    epochs: int = config.setting(
        0, "Epochs", "Passes over the training part; 0 takes the model's own.", low=0, high=100_000
    )
    seed: int = seed_setting("weights")

    def answer(self, task: Task = NO_TASK) -> Approach:
        """Train and watch: all of it on the training part."""
        from explorer.analysis import lineartruth, pca
        from explorer.compute.live import live
        from explorer.models.config import ModelConfig
        from explorer.training import loop
        from explorer.training.record.time_line import TimeLine

        data = self.dataset
        linear = pca.fit(data, self.latent_dim, task)
        best = lineartruth.optimum(data, linear, self.latent_dim)
        curve: list[tuple[float, LinearTruth]] = []

        def watched(model: ModelSnapshot) -> LinearTruth:
            return lineartruth.watch(live(model), data.preparation, best)

        def look(seen: object) -> None:
            if not isinstance(seen, TimeLine):
                return  # how far it is
            newest = seen.newest
            if not curve or newest.epoch > SHOWN * curve[-1][0]:
                curve.append((newest.epoch, watched(newest.model)))

        wanted = ModelConfig(self.model, latent_dim=self.latent_dim)
        trained = loop.train(wanted, self.training(), data, Relayed(task, look))
        last = float(str(trained.snapshot.training["epoch"]))
        ended = last, watched(trained.snapshot)
        return Approach((*curve, ended), len(data.train_index), trained.stopped)

    def training(self) -> TrainingConfig:
        """The preset's own settings, with the seed and the epochs that are asked for."""
        from explorer.models.presets import presets
        from explorer.training.config import TrainingConfig, config_for_preset

        own = config_for_preset(TrainingConfig(), presets[self.model])
        return replace(own, seed=self.seed, epochs=self.epochs or own.epochs)

    def report(self, answer: Approach) -> Report:
        """Where it ended, and the curve."""
        from explorer.analysis import cautions
        from explorer.analysis.evaluating import POINT

        curve = [{"epoch": epoch, **figures(truth)} for epoch, truth in answer.curve]
        final = figures(answer.curve[-1][1])
        exact = "PCA leaves no error that it could be a multiple of"
        warnings = [
            *cautions.of_nulls(final, ("ratio",), exact),
            *cautions.of_nulls(final, tuple(key for key in final if key != "ratio"), POINT),
        ]
        values = {
            "model": self.model, "n": answer.n, "epochs": answer.curve[-1][0], **final,
            "seed": self.seed, "curve": curve,
        }  # fmt: skip
        return Report(values, warnings, stopped=answer.stopped)

    @classmethod
    def table(cls, values: Mapping[str, Any]) -> list[str]:
        """The curve, a line a moment."""
        head = f"{'epoch':>8}{'MSE / optimum':>16}{'largest angle':>16}{'evidence':>12}"
        return [head, *map(_line, values["curve"])]


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


def _line(point: Mapping[str, Any]) -> str:
    evidence = "-" if point["evidence"] is None else f"{point['evidence']:.4f}"
    ratio = "-" if point["ratio"] is None else f"{point['ratio']:.5f}"
    angle = f"{point['angles_degrees'][0]:.3f} deg"
    return f"{point['epoch']:>8.1f}{ratio:>16}{angle:>16}{evidence:>12}"
