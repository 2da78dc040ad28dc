"""Isolation forest: how few random cuts set a sample apart (Liu, Ting & Zhou 2008)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.applications.detectors import Learned, detectors, learned_rows
from explorer.data.dataset import Dataset, Floats
from explorer.task import Task

Doubles = NDArray[np.float64]

TREES = 100  # as there: more change little


class IsolationForest:
    """See `explorer.analysis.applications.detectors.Detector`. It has nothing to choose."""

    name, title, order = "isolation-forest", "Isolation forest", 40

    def suits(self, known: Dataset) -> bool:
        """Always."""
        return True

    def learn(self, known: Dataset, seed: int, task: Task) -> Learned:
        """Trees of up to 256 samples each, scikit-learn's."""
        from sklearn.ensemble import IsolationForest as Forest

        forest = Forest(n_estimators=TREES, random_state=seed).fit(learned_rows(known, seed))

        def score(rows: Floats) -> Doubles:
            return -np.asarray(forest.score_samples(rows), np.float64)

        return Learned(score, {})


detectors.register("isolation-forest")(IsolationForest())
