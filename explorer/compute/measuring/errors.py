"""Question: how well does the model give each sample back?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.compute.live import live
from explorer.compute.question import Question, questions
from explorer.data.dataset import Dataset
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task


@questions.register("sample errors")
@dataclass(frozen=True, eq=False)
class MeasureErrors(Question[NDArray[np.float64]]):
    """(n,) mean squared error per feature of the reconstruction from the mean code."""

    does = "measure the samples' errors"
    about = ("model", "dataset")
    cached = True

    model: ModelSnapshot
    dataset: Dataset

    def answer(self, task: Task = NO_TASK) -> NDArray[np.float64]:
        """mean_i (x_i - decode(mu(x))_i)^2 of each sample."""
        return errors_of(self.model, self.dataset, np.arange(len(self.dataset)), task)


def errors_of(
    model: ModelSnapshot, dataset: Dataset, index: NDArray[np.int64], task: Task
) -> NDArray[np.float64]:
    """mean_i (x_i - decode(mu(x))_i)^2 of the samples at ``index`` (m,): (m,)."""
    from explorer.analysis.passes import parts_of
    from explorer.analysis.reconstructions import given_back

    module, mse = live(model), np.empty(len(index))
    for part in parts_of(index, task, "errors of the samples"):
        mse[part] = given_back(module, dataset, index[part]).mse
    return mse
