"""Question: how well does the model give the sample under the pointer back?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.compute.live import live
from explorer.compute.question import Question, questions
from explorer.data.binarising import fixed_draw
from explorer.data.dataset import Dataset
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task


@questions.register("hover")
@dataclass(frozen=True, eq=False)
class MeasureHovered(Question[float]):
    """The mean squared error per feature of one sample, as `Compare` has it."""

    does = "measure the sample under the pointer"
    about = ("hover", "model", "dataset")
    lane = "live"
    quiet = True

    hover: int
    model: ModelSnapshot
    dataset: Dataset

    def answer(self, task: Task = NO_TASK) -> float:
        """mean_i (x_i - decode(mu(x))_i)^2 in the model's units."""
        from explorer.analysis.reconstructions import given_back

        given = given_back(live(self.model), fixed_draw(self.dataset), np.array([self.hover]))
        return float(given.mse[0])
