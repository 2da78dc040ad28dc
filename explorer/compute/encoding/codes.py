"""Question: where does the model put every sample?"""

from __future__ import annotations

from dataclasses import dataclass

from explorer.compute.live import live
from explorer.compute.question import Question, questions
from explorer.data.binarising import settled
from explorer.data.dataset import Dataset
from explorer.models.config import Codes, ModelSnapshot
from explorer.task import NO_TASK, Task


@questions.register("encode")
@dataclass(frozen=True, eq=False)
class FindCodes(Question[Codes]):
    """The codes of every sample of ``dataset`` as it is measured."""

    does = "find the codes"
    about = ("model", "dataset")
    policy = "replace"
    cached = True

    model: ModelSnapshot
    dataset: Dataset

    def answer(self, task: Task = NO_TASK) -> Codes:
        """Raises ModelError where they cannot be plotted."""
        from explorer.models import codes, encoding

        model, dataset = self.model, settled(self.dataset)
        found = encoding.encode(live(model), dataset, None, task, model_id=model.id)
        codes.check_codes(found, model.id, model.config.latent_dim, len(dataset))
        return found
