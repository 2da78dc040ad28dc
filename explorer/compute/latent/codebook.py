"""Question: how often do the codes of the data hold each code of a codebook?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.analysis.latent import codebook
from explorer.analysis.latent.codebook import CodeUse
from explorer.compute.live import live
from explorer.compute.question import Question, questions
from explorer.models.config import Codes, ModelSnapshot
from explorer.task import NO_TASK, Task


def has_codebook(model: ModelSnapshot) -> bool:
    """Whether z stands for codes from a book."""
    return "posterior.codebook.free" in model.weights


@questions.register("codes")
@dataclass(frozen=True, eq=False)
class CountCodes(Question[CodeUse]):
    """The book of ``model``, and the grid of each sample of its data; codes None: no data."""

    does = "count the codes"
    about = ("model", "codes")
    quiet = True

    model: ModelSnapshot
    codes: Codes | None

    def answer(self, task: Task = NO_TASK) -> CodeUse:
        """Of a model that has a codebook."""
        book = codebook.book_of(live(self.model))
        assert book is not None
        d = self.model.config.latent_dim
        mean = np.zeros((0, d), np.float32) if self.codes is None else self.codes.mean
        return codebook.of_codes(mean, book)
