"""Isolation forest: how few random cuts set a sample apart (Liu, Ting & Zhou 2008)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.applications.detectors import Detector, Learned, detectors, learned_rows
from explorer.data.dataset import Dataset, Floats
from explorer.task import Task

Doubles = NDArray[np.float64]


class IsolationForest(Detector):
    """See `explorer.analysis.applications.detectors.Detector`. It has nothing to choose."""

    name, title = "isolation-forest", "Isolation forest"

    def learn(self, known: Dataset, seed: int, task: Task) -> Learned:
        """A hundred trees of up to 256 samples each, as there: scikit-learn's."""
        from sklearn.ensemble import IsolationForest as Forest

        forest = Forest(random_state=seed).fit(learned_rows(known, seed))

        def score(rows: Floats) -> Doubles:
            return -np.asarray(forest.score_samples(rows), np.float64)

        return Learned(score, {})


detectors.register("isolation-forest")(IsolationForest())
