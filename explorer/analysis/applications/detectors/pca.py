"""PCA: the error that its components leave, of the data as the model has them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.analysis import components
from explorer.analysis import pca as principal
from explorer.analysis.applications.detectors import Detector, Learned, detectors, parted
from explorer.analysis.reconstructions import squared_errors
from explorer.data.dataset import Dataset, Floats
from explorer.task import Task

Doubles = NDArray[np.float64]


class PreparedPca(Detector):
    """See `explorer.analysis.applications.detectors.Detector`."""

    name, title = "pca", "PCA"

    def learn(self, known: Dataset, seed: int, task: Task) -> Learned:
        """k components of all that is known, k chosen on what is held back."""
        k = components.by_prediction(parted(known, seed), task)
        linear = principal.fit(known, k, task)

        def score(rows: Floats) -> Doubles:
            return squared_errors(rows, linear.reconstruct(linear.project(rows)))

        return Learned(score, {"k": k})


detectors.register("pca")(PreparedPca())
