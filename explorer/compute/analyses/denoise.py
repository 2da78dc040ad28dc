"""Question: how well does a model take noise off?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from explorer import config
from explorer.compute.analysis import Analysis, Report, part_setting, seed_setting
from explorer.compute.question import questions
from explorer.models.config import ModelSnapshot
from explorer.models.noises import amounts, in_order
from explorer.task import NO_TASK, Task

if TYPE_CHECKING:
    from explorer.analysis.applications.restoring import RestorationTable
    from explorer.data.dataset import Dataset, Floats


@questions.register("denoise")
@dataclass(frozen=True, eq=False)
class Denoise(Analysis["RestorationTable"]):
    """Put noise on samples and let a model restore them.

    The .png has a line before, a line after, and a line of the clean samples. The errors are of all
    samples of the split, beside those of PCA with as many components and of the mean sample.
    """

    does = "restore noisy samples"
    about = ("model", "dataset")
    policy = "replace"
    topic = "pictures"
    examples = ("denoise digits digits --out strip.png --amount 0.3",)
    writes = ("picture",)

    model: ModelSnapshot
    dataset: Dataset
    corruption: str = config.setting(
        in_order()[0], "Noise", "What noise is put on.", choices=in_order()
    )
    amount: float = config.setting(0.5, "Amount", f"How much noise. {amounts()}.", low=0, high=10)
    count: int = config.setting(10, "Count", "Samples in the picture.", low=1, high=100)
    split: str = part_setting()
    seed: int = seed_setting("noise")

    def answer(self, task: Task = NO_TASK) -> RestorationTable:
        """Before, after and clean, and MSE per feature."""
        from explorer.analysis import pca
        from explorer.analysis.applications import restoring
        from explorer.analysis.basis import measured_on
        from explorer.analysis.passes import split_index
        from explorer.compute.live import live

        data, model = measured_on(self.dataset), live(self.model)
        clean = data.unit(split_index(data, self.split))
        noisy = self.corrupted(clean)
        restored = restoring.denoise(model, noisy, self.model.preparation, task)
        linear = pca.fit(data, self.model.config.latent_dim, task)
        guesses = {
            "mse": restored,
            "noisy_mse": noisy,
            "pca_mse": linear.reconstruct(linear.project(noisy)),
            "mean_mse": linear.mean[None],
        }
        return restoring.surveyed(clean, noisy, restored, guesses, len(linear))

    def corrupted(self, rows: Floats) -> Floats:
        """Rows with the noise that trainings put on them: (m, D) -> (m, D)."""
        from explorer.analysis.applications.restoring import corrupted

        return corrupted(rows, self.model.preparation, self.corruption, self.amount, self.seed)

    def report(self, answer: RestorationTable) -> Report:
        """The errors, and three lines of samples."""
        values = {
            "n": answer.n, **answer.errors, "k": answer.k, "corruption": self.corruption,
            "amount": self.amount, "split": self.split, "seed": self.seed,
        }  # fmt: skip
        return Report(values, thing=answer.thing(self.count, self.model.preparation))
