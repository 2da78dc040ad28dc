"""Question: where does the model put one sample?"""

from __future__ import annotations

from dataclasses import dataclass

from explorer.compute.live import encode_rows
from explorer.compute.question import Question, questions
from explorer.data.dataset import Dataset, Floats
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task


@questions.register("go to")
@dataclass(frozen=True, eq=False)
class FindCode(Question[Floats]):
    """The code (d,) of one sample of ``dataset``: the mean of q(z|x)."""

    does = "find the code of the sample"
    about = ("model", "dataset", "sample")
    lane = "live"
    quiet = True

    model: ModelSnapshot
    dataset: Dataset
    sample: int

    def answer(self, task: Task = NO_TASK) -> Floats:
        """In about the time of one pass of the encoder."""
        data = self.dataset
        mean, _ = encode_rows(self.model, data.x[[self.sample]], data.preparation.levels)
        code: Floats = mean[0]
        return code
