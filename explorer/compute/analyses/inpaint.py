"""Question: how well does a model fill in what is missing?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from explorer import config
from explorer.analysis.applications import holes
from explorer.analysis.applications.holes import in_order
from explorer.compute.analysis import Analysis, Report, part_setting, seed_setting
from explorer.compute.question import questions
from explorer.errors import SettingsError
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task

if TYPE_CHECKING:
    from explorer.analysis.applications.holes import Mask
    from explorer.analysis.applications.restoring import RestorationTable
    from explorer.data.dataset import Dataset, Floats


@questions.register("inpaint")
@dataclass(frozen=True, eq=False)
class Inpaint(Analysis["RestorationTable"]):
    """Cut a hole into samples and let a model fill it in.

    It searches for the most probable z given the rest. The .png has a line before, a line after,
    and a line of the clean samples. The errors are of the hole, beside those of probabilistic PCA
    with as many components and of the mean sample.
    """

    does = "restore what is missing"
    about = ("model", "dataset")
    policy = "replace"
    topic = "pictures"
    examples = ("inpaint digits digits --out strip.png --most 50",)
    writes = ("picture",)

    model: ModelSnapshot
    dataset: Dataset
    hole: str = config.setting(in_order()[0], "Hole", "What is cut out.", choices=tuple(in_order()))
    count: int = config.setting(10, "Count", "Samples in the picture.", low=1, high=100)
    most: int = config.setting(500, "Most", "Samples filled in, at most.", low=1, high=10**6)
    starts: int = config.setting(
        200, "Starts", "Training codes that the search may start from.", low=1, high=10**4
    )
    steps: int = config.setting(100, "Steps", "Steps of the search.", low=0, high=10**4)
    split: str = part_setting()
    seed: int = seed_setting("starts")

    def answer(self, task: Task = NO_TASK) -> RestorationTable:
        """Before, after and clean, and MSE per feature of the hole.

        Raises SettingsError where samples are too small for the hole.
        """
        import numpy as np

        from explorer.analysis import pca
        from explorer.analysis.applications import restoring
        from explorer.analysis.basis import measured_on
        from explorer.analysis.passes import split_index
        from explorer.analysis.quality import subsample
        from explorer.compute.live import live

        data, kept = measured_on(self.dataset), self.model.preparation
        known = self.known()
        index = split_index(data, self.split)
        clean = data.unit(index[subsample(len(index), self.most)])
        linear = pca.fit(data, self.model.config.latent_dim, task)
        cut = np.where(np.repeat(known.ravel(), kept.channels), clean, np.float32(0.0))
        inpainted = restoring.inpaint(
            live(self.model), cut, known, kept, self._starts(data, task), task, steps=self.steps
        )
        guesses = {
            "mse": inpainted.rows,
            "pca_mse": restoring.pca_inpaint(linear, cut, known, kept.channels),
            "mean_mse": np.broadcast_to(linear.mean, clean.shape),
        }
        return restoring.surveyed(clean, cut, inpainted.rows, guesses, len(linear), known)

    def known(self) -> Mask:
        """What is left of a sample: (H, W)."""
        known = holes.known(self.hole, *self.model.preparation.shape[:2])
        if known.all():
            raise SettingsError(
                f"the {self.hole} of so small a sample is nothing",
                where=self.dataset.name,
                remedy="choose another --hole",
            )
        return known

    def _starts(self, data: Dataset, task: Task) -> Floats:
        """Codes of some training samples: (S, d)."""
        from explorer.analysis.quality import subsample
        from explorer.compute.live import live
        from explorer.models.encoding import encode

        train = data.train_index
        some = train[subsample(len(train), self.starts, self.seed)]
        return encode(live(self.model), data, some, task).mean

    def report(self, answer: RestorationTable) -> Report:
        """The errors, and three lines of samples."""
        starts = min(self.starts, len(self.dataset.train_index))
        values = {
            "n": answer.n, **answer.errors, "k": answer.k, "hole": self.hole,
            "split": self.split, "starts": starts, "steps": self.steps, "seed": self.seed,
        }  # fmt: skip
        return Report(values, thing=answer.thing(self.count, self.model.preparation))
