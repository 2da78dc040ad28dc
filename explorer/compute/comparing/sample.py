"""Question: how do the model and PCA give one sample back?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.analysis.pca import Pca
from explorer.compute.live import live
from explorer.compute.question import Question, questions
from explorer.data.binarising import fixed_draw
from explorer.data.dataset import Bytes, Dataset, Floats
from explorer.data.pictures.drawing import LARGE, drawn
from explorer.data.pictures.own import OwnPicture
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task


@dataclass(frozen=True, eq=False)
class Comparison:
    """One sample three times, (H, W, C) uint8, and MSE per feature, x in the model's units.

    index: of the sample, or None where it is ``own``. rows: the same three as (D,) in the model's
    units. cov: (d, d) where the posterior is tilted and can be drawn. scores: (k,) by PCA.

    original: as it is measured, so of data that is drawn anew each time the one fixed draw.
    mean, std: (d,) its posterior. k: how many PCA components. None where there is no model or PCA.
    """

    index: int | None
    original: Bytes
    reconstruction: Bytes | None
    pca_reconstruction: Bytes | None
    mse: float | None
    pca_mse: float | None
    mean: Floats | None
    std: Floats | None
    k: int
    own: OwnPicture | None = None
    cov: Floats | None = None
    scores: Floats | None = None
    rows: tuple[Floats | None, Floats | None, Floats | None] = (None, None, None)


@questions.register("compare")
@dataclass(frozen=True, eq=False)
class Compare(Question[Comparison]):
    """Reconstruct a sample by the model, and by PCA with as many components."""

    does = "reconstruct the selected sample"
    about = ("model", "dataset", "sample", "pca")
    lane = "live"
    quiet = True

    dataset: Dataset
    sample: int
    model: ModelSnapshot | None
    pca: Pca | None

    def answer(self, task: Task = NO_TASK) -> Comparison:
        """Original, model's and PCA's reconstruction, with their errors."""
        from explorer.analysis.reconstructions import given_back, squared_errors

        data, i = fixed_draw(self.dataset), self.sample
        kept, original = data.preparation, data.unit(np.array([i]))
        k = 2 if self.model is None else self.model.config.latent_dim
        mse = pca_mse = mean = std = cov = reconstruction = pca_reconstruction = None
        row = linear = scores = None
        if self.model is not None:
            seen = given_back(live(self.model), data, np.array([i]))
            mean, std = seen.codes.mean[0], seen.codes.std[0]
            cov = None if seen.codes.cov is None else seen.codes.cov[0]
            mse, row = float(seen.mse[0]), seen.vae[0]
            reconstruction = drawn(row, kept, LARGE)
        if self.pca is not None:
            k = min(k, len(self.pca.components))
            scores = self.pca.project(original)
            given = self.pca.reconstruct(scores[:, :k])
            pca_mse, linear = float(squared_errors(original, given)[0]), given[0].astype(np.float32)
            pca_reconstruction = drawn(linear, kept, LARGE)
        shown = data.picture(i, LARGE)
        return Comparison(
            i, shown, reconstruction, pca_reconstruction, mse, pca_mse, mean, std, k,
            cov=cov, scores=None if scores is None else scores[0], rows=(original[0], row, linear),
        )  # fmt: skip
