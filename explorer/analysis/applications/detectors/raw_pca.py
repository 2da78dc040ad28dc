"""PCA of the data in the units that they came in: directions that vary more count for more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.applications.detectors import Learned, detectors
from explorer.analysis.applications.detectors.pca import PreparedPca
from explorer.data.dataset import Dataset, Floats
from explorer.data.preparation import Preparation
from explorer.task import Task

Doubles = NDArray[np.float64]


class RawPca(PreparedPca):
    """See `explorer.analysis.applications.detectors.Detector`."""

    name, title = "pca-raw", "PCA, unscaled"

    def suits(self, known: Dataset) -> bool:
        """Where scales differ; of one scale the order of scores is the same."""
        return len(set(known.preparation.scale)) > 1

    def learn(self, known: Dataset, seed: int, task: Task) -> Learned:
        """The same of rows whose scale is undone."""
        weights = _weights(known.preparation)
        learned = super().learn(unscaled(known), seed, task)

        def score(rows: Floats) -> Doubles:
            return learned.score(rows * weights)

        return Learned(score, learned.setting)


def unscaled(known: Dataset) -> Dataset:
    """The same samples with their scale undone, up to one factor for all; their centre stays 0.

    PCA takes no notice of either, and float32 keeps its digits.
    """
    made = known.preparation
    rows = known.x.reshape(len(known), -1) * _weights(made)
    plain = replace(made, centre=(), scale=())
    return replace(known, x=rows.reshape(known.x.shape).astype(np.float32), preparation=plain)


def _weights(made: Preparation) -> Floats:
    """(D,) the scale of each feature; 1 is the largest."""
    scale = np.array(made.scale)
    weights: Floats = (scale / scale.max()).astype(np.float32)
    return weights


detectors.register("pca-raw")(RawPca())
