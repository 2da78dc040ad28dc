"""Question: which samples are unlike what the model was trained on?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer import config
from explorer.compute.live import live
from explorer.compute.question import Question, questions
from explorer.data.dataset import Dataset
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task


@dataclass(frozen=True, eq=False)
class AnomalyScores:
    """score: (m,) of the samples at ``index`` (m,), greater is odder, in nats; kind: which score.

    odd: (m,) which are not of the normal class, None where none was named.
    auroc, pca_auroc: how well it and PCA's error tell the normal class from the others.
    normal_only: PCA was fitted to the normal class alone, as the model was; else to all classes.
    """

    index: NDArray[np.int64]
    score: NDArray[np.float64]
    kind: str
    auroc: float | None
    pca_auroc: float | None
    normal_only: bool = False
    odd: NDArray[np.bool_] | None = None


@questions.register("anomalies")
@dataclass(frozen=True, eq=False)
class FindAnomalies(Question[AnomalyScores]):
    """Score samples: -elbo, or the reconstruction where there is no elbo.

    part: "test" or "all". normal: the class that is not anomalous, or None.
    """

    does = "find anomalies"
    about = ("model", "dataset")
    policy = "replace"
    cached = True

    model: ModelSnapshot
    dataset: Dataset
    part: str = "test"
    normal: str | None = config.setting(None, "Normal", "The class that is normal")

    def answer(self, task: Task = NO_TASK) -> AnomalyScores:
        """Raises DataError where ``normal`` is no class."""
        from explorer.analysis import anomalies
        from explorer.analysis.basis import measured_on
        from explorer.analysis.passes import split_index

        data, model, normal = measured_on(self.dataset), self.model, self.normal
        odd = None if normal is None else anomalies.odd_ones(data, [normal])
        index = split_index(data, self.part)
        alone = odd is not None and anomalies.saw_only(model, self.dataset, [str(normal)], odd)
        k = model.config.latent_dim
        linear = anomalies.normal_pca(data, k, odd if alone else None, task)
        scores = anomalies.score(live(model), data, index, linear, task)
        marked = None if odd is None else odd[index]
        auroc, pca_auroc = (
            None if marked is None else anomalies.auroc(marked, values)
            for values in (scores.score, scores.pca_mse)
        )
        return AnomalyScores(index, scores.score, scores.kind, auroc, pca_auroc, alone, marked)
