"""Question: how well does the model usually give samples back?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.compute.measuring.errors import errors_of
from explorer.compute.question import Question, questions
from explorer.data.dataset import Bytes, Dataset, Floats
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task

QUANTILE = 0.99  # of the samples have an error below the limit
MEASURED = 2_000  # samples that the limit is found from


@dataclass(frozen=True)
class Usual:
    """mse: what 99 % of ``n`` samples, drawn from all with a seed, stay below.

    ground: what is around pictures, 0 to 1.
    """

    mse: float
    n: int
    ground: float


@questions.register("usual error")
@dataclass(frozen=True, eq=False)
class MeasureUsual(Question[Usual]):
    """The quantile 0.99 of the samples' errors, to tell what is unlike the data."""

    does = "measure what is usual"
    about = ("model", "dataset")
    quiet = True
    cached = True

    model: ModelSnapshot
    dataset: Dataset

    def answer(self, task: Task = NO_TASK) -> Usual:
        """The quantile 0.99 of mean_i (x_i - decode(mu(x))_i)^2 over samples."""
        from explorer.analysis.quality import subsample

        data = self.dataset
        index = subsample(len(data), MEASURED)
        mse = errors_of(self.model, data, index, task)
        around = ground(data.x[index]) / data.preparation.levels
        return Usual(float(np.quantile(mse, QUANTILE)), len(index), around)


def ground(kept: Bytes | Floats) -> float:
    """The median along the edges of pictures (m, H, W, C), in their units."""
    upright, across = kept[:, [0, -1]], kept[:, :, [0, -1]]
    return float(np.median(np.concatenate([upright.ravel(), across.ravel()])))
