"""Question: how does a model do against PCA with as many components?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from explorer.compute.analysis import Analysis, Report, part_setting
from explorer.compute.question import questions
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task

if TYPE_CHECKING:
    from explorer.data.dataset import Dataset


@questions.register("compare with pca")
@dataclass(frozen=True, eq=False)
class CompareWithPca(Analysis[dict[str, Any]]):
    """Hold a model against PCA with as many components.

    Both are measured on data that neither was fitted to, unless --split says otherwise.

    mse is how far reconstructions are from the samples; trustworthiness, from 0 to 1, how many
    neighbours on the plane are neighbours in the data; knn_accuracy how often the labels of the
    nearest codes give the right one.
    """

    does = "measure the model and PCA"
    about = ("model", "dataset")
    policy = "replace"
    examples = ("compare digits digits",)

    model: ModelSnapshot
    dataset: Dataset
    split: str = part_setting()

    def answer(self, task: Task = NO_TASK) -> dict[str, Any]:
        """The numbers by their names, and the warnings."""
        from explorer.analysis.comparing import compare
        from explorer.compute.live import live

        module = live(self.model)
        return compare(self.model, self.dataset, task, split=self.split, module=module)

    def report(self, answer: dict[str, Any]) -> Report:
        """All of it; the warnings come last."""
        values = {name: value for name, value in answer.items() if name != "warnings"}
        return Report(values, answer["warnings"])
