"""Question: how does a model do against PCA with as many components, or against another model?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from explorer import config
from explorer.compute.analysis import Analysis, Report, part_setting, seed_setting
from explorer.compute.question import questions
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task

if TYPE_CHECKING:
    from explorer.data.dataset import Dataset


@questions.register("compare with pca")
@dataclass(frozen=True, eq=False)
class CompareWithPca(Analysis[dict[str, Any]]):
    """Hold a model against PCA, or against another model.

    Both are measured on data that neither was fitted to, unless --split says otherwise.

    mse is how far reconstructions are from the samples; trustworthiness, from 0 to 1, how many
    neighbours on the plane are neighbours in the data; knn_accuracy how often the labels of the
    nearest codes give the right one, raw_knn_accuracy those of the nearest samples themselves.

    --with takes another model in the place of PCA: then elbo and log p(x) are compared, too, and
    difference_ is what CHECKPOINT is ahead by on the same samples. Both models must have been
    trained on the same data.
    """

    does = "measure the model and PCA"
    about = ("model", "dataset")
    policy = "replace"
    examples = (
        "compare digits digits",
        "train digits --out wider --set hidden=1024 --epochs 30",
        "compare wider digits --with digits",
    )

    model: ModelSnapshot
    dataset: Dataset
    split: str = part_setting()
    samples: int = config.setting(
        5000, "Draws", "Importance samples for log p(x), with --with.", low=1, high=10**6
    )
    seed: int = seed_setting("numbers")
    other: str = config.setting(
        "", "Other model", "Another model, in the place of PCA: its folder, or a bundled one.",
        flag="with_", metavar="CHECKPOINT", completes="checkpoint", unset="PCA",
    )  # fmt: skip

    def answer(self, task: Task = NO_TASK) -> dict[str, Any]:
        """The numbers by their names, and the warnings.

        Raises CheckpointError where there is no such other model, ModelError where it is of other
        data.
        """
        from explorer.analysis.comparing.with_pca import compare
        from explorer.compute.live import live

        if self.other:
            return self._with_other(task)
        module = live(self.model)
        return compare(self.model, self.dataset, task, split=self.split, module=module)

    def report(self, answer: dict[str, Any]) -> Report:
        """All of it; the warnings come last."""
        values = {name: value for name, value in answer.items() if name != "warnings"}
        return Report(values, answer["warnings"])

    def _with_other(self, task: Task) -> dict[str, Any]:
        from explorer.compute.comparing.models import CompareModels

        of = self.dataset, self.split, self.samples, self.seed
        asked = CompareModels(self.model, self.other, *of)
        return asked.answer(task)
