"""Probabilistic PCA: how unlikely a sample is, inside the components and beside them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.analysis import components, pca, ppca
from explorer.analysis.applications.detectors import Detector, Learned, detectors, parted
from explorer.data.dataset import Dataset, Floats
from explorer.task import Task

Doubles = NDArray[np.float64]


class ProbabilisticPca(Detector):
    """See `explorer.analysis.applications.detectors.Detector`. Tipping & Bishop 1999."""

    name, title = "ppca", "Probabilistic PCA"

    def learn(self, known: Dataset, seed: int, task: Task) -> Learned:
        """-log p(x) in nats under k components, k chosen on what is held back."""
        k = components.by_likelihood(parted(known, seed), task)
        linear = pca.fit(known, k, task)
        ppca.noise_variance(linear, k)  # which says where there is none

        def score(rows: Floats) -> Doubles:
            return -ppca.log_likelihood(linear, k, rows)

        return Learned(score, {"k": k})


detectors.register("ppca")(ProbabilisticPca())
