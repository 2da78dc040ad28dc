"""Question: how does a model do against another one, on the same samples?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from explorer import config
from explorer.compute.analysis import part_setting, seed_setting
from explorer.compute.question import Question, questions
from explorer.data.dataset import Dataset
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task


@questions.register("compare models")
@dataclass(frozen=True, eq=False)
class CompareModels(Question[dict[str, Any]]):
    """What a model is ahead of another by, with how far that may be off.

    other: the model itself, or the folder or bundled name that it is opened from.
    """

    does = "measure both models"
    about = ("model", "dataset")
    policy = "replace"

    model: ModelSnapshot
    other: ModelSnapshot | str
    dataset: Dataset
    split: str = part_setting()
    samples: int = config.setting(
        5000, "Draws", "Importance samples for each data sample.", low=1, high=10**6
    )
    seed: int = seed_setting("numbers")

    def answer(self, task: Task = NO_TASK) -> dict[str, Any]:
        """The keys of docs/commands.md, and the warnings.

        Raises CheckpointError where there is no such other model, ModelError where it is of other
        data.
        """
        from explorer.analysis.comparing.with_model import compare_models
        from explorer.analysis.evaluating import Wanted
        from explorer.compute.opening.named import open_checkpoint

        other = open_checkpoint(self.other) if isinstance(self.other, str) else self.other
        wanted = Wanted(self.samples, self.split, self.seed)
        return compare_models(self.model, other, self.dataset, task, wanted)
