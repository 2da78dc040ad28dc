"""Question: what are the data shown with another binarisation, and where does the model put it?"""

from __future__ import annotations

from dataclasses import dataclass

from explorer.compute.analyses.encode import FindCodes
from explorer.compute.question import Question, questions
from explorer.data.dataset import Dataset
from explorer.models.config import Codes, ModelSnapshot
from explorer.task import NO_TASK, Task


@dataclass(frozen=True, eq=False)
class Reopened:
    """The data, and the codes that ``Binarise.model`` gives it, where there is one."""

    dataset: Dataset
    codes: Codes | None


@questions.register("binarise")
@dataclass(frozen=True, eq=False)
class Binarise(Question[Reopened]):
    """Open the source of ``dataset`` with ``binarisation``: none, fixed or dynamic."""

    does = "binarise the data"
    about = ("dataset",)
    lane = "open"
    group = "open"
    policy = "replace"

    dataset: Dataset
    binarisation: str
    model: ModelSnapshot | None = None

    def answer(self, task: Task = NO_TASK) -> Reopened:
        """The same samples in the same order and split, with other values.

        All or nothing: a cancelled one leaves no data whose codes are still to be found.
        """
        from explorer.data import opening

        shown, how = self.dataset, self.binarisation
        dataset = opening.open_dataset(shown.source, task, binarisation=how, choices=shown.choices)
        model = self.model
        codes = None if model is None else FindCodes(model, dataset).answer(task)
        return Reopened(dataset, codes)
