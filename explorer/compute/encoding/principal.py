"""Question: which directions does the data vary most in?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.analysis.pca import Pca
from explorer.compute.question import Question, questions
from explorer.data.binarising import fixed_draw
from explorer.data.dataset import Dataset, Floats
from explorer.task import NO_TASK, Task

MOST_COMPONENTS = 64  # as many as a model may have latent dimensions: they are compared
MOST_SCORES = 16  # axes that a plane offers
CHUNK = 1000  # samples between two looks at the task
LARGE = 20_000  # samples from which on it takes long enough to be shown


@questions.register("pca")
@dataclass(frozen=True, eq=False)
class FitPca(Question[tuple[Pca, Floats]]):
    """PCA of the training part, and the scores (n, k) of every sample, k at most 16.

    Both are of samples as they are measured.
    """

    does = "find the principal components"
    about = ("dataset",)
    policy = "replace"
    cached = True

    dataset: Dataset

    @property
    def quiet(self) -> bool:
        """Small data is quick."""
        return len(self.dataset) < LARGE

    def answer(self, task: Task = NO_TASK) -> tuple[Pca, Floats]:
        """Raises DataError where there is nothing to be fitted to."""
        from explorer.analysis import pca

        dataset = fixed_draw(self.dataset)
        fitted = pca.fit(dataset, k=MOST_COMPONENTS, task=task)
        k = min(MOST_SCORES, len(fitted.components))
        scores = np.empty((len(dataset), k), np.float32)
        for start in range(0, len(dataset), CHUNK):
            task.check()
            part = slice(start, start + CHUNK)
            scores[part] = fitted.project(dataset.unit(part))[:, :k]
        return fitted, scores
