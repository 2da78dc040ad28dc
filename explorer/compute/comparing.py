"""One sample, or a picture of the user's own, its reconstruction by the model and by PCA."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from explorer.analysis.pca import Pca
from explorer.compute.live import live
from explorer.data.binarising import binarised, grey, settled
from explorer.data.dataset import Bytes, Dataset, Floats, Preparation
from explorer.data.drawing import LARGE, drawn
from explorer.data.own import OwnPicture
from explorer.data.steps.scaling import Scale
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
class CompareOwnRequest:
    """Reconstruct a picture that is no sample, made as data of ``preparation`` is."""

    own: OwnPicture
    preparation: Preparation
    model: ModelSnapshot | None
    pca: Pca | None


@dataclass(frozen=True, eq=False)
class Comparison:
    """One sample three times, (H, W, C) uint8, and MSE per feature in [0, 1] units.

    index: of the sample, or None where it is ``own``. rows: the same three as (D,) in the model's
    units. cov: (d, d) where the posterior is tilted and can be drawn. scores: (k,) by PCA.

    original: as it is measured, so of data that is drawn anew each time the one fixed draw.
    mean, std: (d,) its posterior. k: how many PCA components. None where there is no model or PCA.
    """

    index: int | None
    model_id: str | None
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


def compare(request: CompareRequest, task: Task) -> Comparison:
    """Original, model's and PCA's reconstruction of one sample, with their errors."""
    from explorer.analysis.reconstructions import given_back, squared_errors

    data, i = settled(request.dataset), request.index
    kept, original = data.preparation, data.unit(np.array([i]))
    k = 2 if request.model is None else request.model.config.latent_dim
    mse = pca_mse = mean = std = cov = reconstruction = pca_reconstruction = model_id = None
    row = linear = scores = None
    if request.model is not None:
        seen = given_back(live(request.model), data, np.array([i]))
        mean, std, model_id = seen.codes.mean[0], seen.codes.std[0], request.model.id
        cov = None if seen.codes.cov is None else seen.codes.cov[0]
        mse, row = float(seen.mse[0]), seen.vae[0]
        reconstruction = drawn(row, kept, LARGE)
    if request.pca is not None:
        k = min(k, len(request.pca.components))
        scores = request.pca.project(original)
        given = request.pca.reconstruct(scores[:, :k])
        pca_mse, linear = float(squared_errors(original, given)[0]), given[0].astype(np.float32)
        pca_reconstruction = drawn(linear, kept, LARGE)
    shown = drawn(original[0], kept, LARGE) if kept.is_float else data.picture(i)
    return Comparison(
        i, model_id, shown, reconstruction, pca_reconstruction, mse, pca_mse, mean, std, k,
        cov=cov, scores=None if scores is None else scores[0], rows=(original[0], row, linear),
    )  # fmt: skip


def compare_own(request: CompareOwnRequest, task: Task) -> Comparison:
    """The same of an own picture, as the only sample of a data set."""
    alone = dataset_of(request.own, request.preparation)
    seen = compare(CompareRequest(alone, 0, request.model, request.pca), task)
    return replace(seen, index=None, own=request.own)


def dataset_of(own: OwnPicture, preparation: Preparation) -> Dataset:
    """The picture as data of that preparation is kept, binarised where that is."""
    made = grey(preparation)
    kept = Scale(0, 255, made.levels).keep(own.whole)[None]
    alone = Dataset(own.name, kept, made, np.zeros(1, np.bool_))
    return binarised(alone, preparation.binarisation)
