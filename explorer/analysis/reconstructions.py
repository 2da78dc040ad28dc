"""Samples as they are, as the model gives them back, and as PCA does with as many components."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.basis import Values
from explorer.analysis.errors import means
from explorer.analysis.passes import Index, decoded, parts_of
from explorer.analysis.pca import Pca
from explorer.data.binarising import fixed_draw
from explorer.data.dataset import Dataset, Floats
from explorer.models.autoencoder import Autoencoder
from explorer.models.config import Codes
from explorer.models.encoding import DRAWABLE, encode
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Reconstructed:
    """What one pass over m samples finds, in the units of the model.

    codes: of the model. scores: (m, k) of PCA. mse, pca_mse: (m,) mean squared error per feature of
    the model's mean code decoded, and of as many principal scores.
    """

    codes: Codes
    scores: Floats
    mse: Doubles
    pca_mse: Doubles


@dataclass(frozen=True, eq=False)
class GivenBack:
    """m samples as they are measured, and from their mean codes: (m, D) rows in the model's units.

    mse: (m,) mean squared error per feature.
    """

    original: Floats
    vae: Floats
    codes: Codes
    mse: Doubles


def given_back(model: Autoencoder, dataset: Dataset, index: Index) -> GivenBack:
    """The one place that says how well a model gives samples back.

    Where pixels are drawn anew each time they are seen, both are of the one fixed draw: a sample
    has one error, wherever it is read.
    """
    data = fixed_draw(dataset)
    codes = encode(model, data, index)
    original, vae = data.unit(index), decoded(model, codes.mean)
    return GivenBack(original, vae, codes, squared_errors(original, vae))


def reconstructed(
    model: Autoencoder,
    dataset: Dataset,
    index: Index,
    linear: Pca,
    task: Task = NO_TASK,
    *,
    tilts: int = DRAWABLE,
) -> Reconstructed:
    """The samples at ``index`` encoded, decoded and projected, each once.

    tilts: dimensions up to which the codes keep a tilted posterior's covariance.
    """
    data = fixed_draw(dataset)
    codes = encode(model, data, index, task, tilts=tilts)
    d = codes.mean.shape[1]
    mse, pca_mse = np.empty(len(index)), np.empty(len(index))
    scores = np.empty((len(index), len(linear)), np.float32)
    for part in parts_of(index, task, "reconstructing"):
        original = data.unit(index[part])
        scores[part] = linear.project(original)
        mse[part] = squared_errors(original, decoded(model, codes.mean[part]))
        pca_mse[part] = squared_errors(original, linear.reconstruct(scores[part][:, :d]))
    return Reconstructed(codes, scores, mse, pca_mse)


def squared_errors(rows: Floats, others: Floats) -> Doubles:
    """Mean squared difference per feature: (m, D), (m, D) -> (m,)."""
    difference = rows - others
    total = np.einsum("ij,ij->i", difference, difference, dtype=np.float64)
    errors: Doubles = total / rows.shape[1]
    return errors


def errors_of(seen: Reconstructed) -> Values:
    """Mean squared errors, and by how much they differ on the same samples."""
    away, error = means.difference(seen.mse, seen.pca_mse)
    return {
        "mse": float(seen.mse.mean()),
        "pca_mse": float(seen.pca_mse.mean()),
        "mse_standard_error": means.standard_error(seen.mse),
        "pca_mse_standard_error": means.standard_error(seen.pca_mse),
        "difference_mse": away,
        "difference_mse_standard_error": error,
    }
