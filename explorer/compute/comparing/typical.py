"""Question: how do the model and PCA give a few samples back, before any is chosen?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.analysis.pca import Pca
from explorer.compute.comparing.sample import Compare, Comparison
from explorer.compute.question import Question, questions
from explorer.data.dataset import Dataset
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task


@questions.register("compare typical")
@dataclass(frozen=True, eq=False)
class CompareTypical(Question[tuple[Comparison, ...]]):
    """Reconstruct ``count`` samples, evenly spread over the classes."""

    does = "reconstruct typical samples"
    about = ("model", "dataset", "pca")
    lane = "live"
    quiet = True

    dataset: Dataset
    model: ModelSnapshot | None
    pca: Pca | None
    count: int = 2

    def answer(self, task: Task = NO_TASK) -> tuple[Comparison, ...]:
        """Each as `Compare` has it."""
        found = []
        for sample in typical(self.dataset, self.count):
            task.check()
            found.append(Compare(self.dataset, sample, self.model, self.pca).answer(task))
        return tuple(found)


def typical(dataset: Dataset, count: int) -> tuple[int, ...]:
    """The samples in the middle of ``count`` equal parts of all, in the order of their classes."""
    labels, n = dataset.labels, len(dataset)
    order = np.arange(n) if labels is None else np.argsort(labels, kind="stable")
    count = min(count, n)
    middles = ((np.arange(count) + 0.5) / max(count, 1) * n).astype(np.int64)
    return tuple(int(i) for i in order[middles])
