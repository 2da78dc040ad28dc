"""Question: how do the model and PCA give a picture of the user's own back?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from explorer.analysis.pca import Pca
from explorer.compute.comparing.sample import Compare, Comparison
from explorer.compute.question import Question, questions
from explorer.data.binarising import binarised, grey
from explorer.data.dataset import Dataset, Preparation
from explorer.data.pictures.own import Own, OwnPicture
from explorer.data.steps.scaling import Scale
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task


@questions.register("compare own")
@dataclass(frozen=True, eq=False)
class CompareOwn(Question[Comparison]):
    """Reconstruct the own picture that is looked at, made as data of ``preparation`` is."""

    does = "reconstruct the own picture"
    about = ("model", "dataset", "own", "pca")
    lane = "live"
    group = "compare"
    quiet = True

    own: Own
    preparation: Preparation
    dataset: Dataset | None
    model: ModelSnapshot | None
    pca: Pca | None

    def answer(self, task: Task = NO_TASK) -> Comparison:
        """As of the only sample of a data set."""
        picture = self.own.picture
        alone = dataset_of(picture, self.preparation)
        seen = Compare(alone, 0, self.model, self.pca).answer(task)
        return replace(seen, index=None, own=picture)


def dataset_of(own: OwnPicture, preparation: Preparation) -> Dataset:
    """The picture as data of that preparation is kept, binarised where that is."""
    made = grey(preparation)
    kept = Scale(0, 255, made.levels).keep(own.whole)[None]
    alone = Dataset(own.name, kept, made, np.zeros(1, np.bool_))
    return binarised(alone, preparation.binarisation)
