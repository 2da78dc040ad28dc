"""One sample, its reconstruction by the model and by PCA, and their errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.analysis.pca import Pca
from explorer.compute.live import live
from explorer.data.binarising import settled
from explorer.data.dataset import Bytes, Dataset, Floats
from explorer.data.drawing import LARGE, drawn
from explorer.models.config import ModelSnapshot
from explorer.task import Task


@dataclass(frozen=True, eq=False)
class CompareRequest:
    """Reconstruct sample ``index`` by the model and by PCA with as many components."""

    dataset: Dataset
    index: int
    model: ModelSnapshot | None
    pca: Pca | None


@dataclass(frozen=True, eq=False)
class Comparison:
    """One sample three times, (H, W, C) uint8, and MSE per feature in [0, 1] units.

    original: as it is measured, so of data that is drawn anew each time the one fixed draw.
    mean, std: (d,) its posterior. k: how many PCA components. None where there is no model or PCA.
    """

    index: int
    model_id: str | None
    original: Bytes
    reconstruction: Bytes | None
    pca_reconstruction: Bytes | None
    mse: float | None
    pca_mse: float | None
    mean: Floats | None
    std: Floats | None
    k: int


def compare(request: CompareRequest, task: Task) -> Comparison:
    """Original, model's and PCA's reconstruction of one sample, with their errors."""
    from explorer.analysis.reconstructions import given_back, squared_errors

    data, i = settled(request.dataset), request.index
    kept, original = data.preparation, data.unit(np.array([i]))
    k = 2 if request.model is None else request.model.config.latent_dim
    mse = pca_mse = mean = std = reconstruction = pca_reconstruction = model_id = None
    if request.model is not None:
        seen = given_back(live(request.model), data, np.array([i]))
        mean, std, model_id = seen.codes.mean[0], seen.codes.std[0], request.model.id
        mse, reconstruction = float(seen.mse[0]), drawn(seen.vae[0], kept, LARGE)
    if request.pca is not None:
        k = min(k, len(request.pca.components))
        linear = request.pca.reconstruct(request.pca.project(original)[:, :k])
        pca_mse = float(squared_errors(original, linear)[0])
        pca_reconstruction = drawn(linear[0].astype(np.float32), kept, LARGE)
    shown = drawn(original[0], kept, LARGE) if kept.is_float else data.picture(i)
    return Comparison(
        i, model_id, shown, reconstruction, pca_reconstruction, mse, pca_mse, mean, std, k
    )
