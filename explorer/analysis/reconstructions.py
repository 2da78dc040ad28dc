"""Samples as they are, as the model gives them back, and as PCA does with as many components."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.passes import Index, decoded, parts_of
from explorer.analysis.pca import Pca
from explorer.data.binarising import settled
from explorer.data.dataset import Dataset, Floats
from explorer.models.autoencoder import Autoencoder
from explorer.models.config import Codes
from explorer.models.encoding import encode
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Reconstructions:
    """m samples three times: (m, D) float32 rows in [0, 1] units, H, W, C order.

    mse, pca_mse: (m,) mean squared error per feature.
    """

    original: Floats
    vae: Floats
    pca: Floats
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
    data = settled(dataset)
    codes = encode(model, data, index)
    original, vae = data.unit(index), decoded(model, codes.mean)
    return GivenBack(original, vae, codes, squared_errors(original, vae))


def reconstruct(model: Autoencoder, dataset: Dataset, index: Index, pca: Pca) -> Reconstructions:
    """Decode the mean code of each sample, and its first d principal scores."""
    seen = given_back(model, dataset, index)
    linear = pca.reconstruct(pca.project(seen.original)[:, : seen.codes.mean.shape[1]])
    error = squared_errors(seen.original, linear)
    return Reconstructions(seen.original, seen.vae, linear, seen.mse, error)


def mean_errors(
    model: Autoencoder, dataset: Dataset, index: Index, pca: Pca, task: Task = NO_TASK
) -> tuple[float, float]:
    """MSE per feature over all samples at ``index``: the model's and PCA's."""
    mse, pca_mse = errors_of(model, dataset, index, pca, task)
    return float(mse.mean()), float(pca_mse.mean())


def errors_of(
    model: Autoencoder, dataset: Dataset, index: Index, pca: Pca, task: Task = NO_TASK
) -> tuple[Doubles, Doubles]:
    """MSE per feature of each sample at ``index``: the model's and PCA's, (m,) each."""
    mse, pca_mse = np.empty(len(index)), np.empty(len(index))
    for part in parts_of(index, task, "reconstructing"):
        found = reconstruct(model, dataset, index[part], pca)
        mse[part], pca_mse[part] = found.mse, found.pca_mse
    return mse, pca_mse


def squared_errors(rows: Floats, others: Floats) -> Doubles:
    """Mean squared difference per feature: (m, D), (m, D) -> (m,)."""
    difference = rows - others
    total = np.einsum("ij,ij->i", difference, difference, dtype=np.float64)
    errors: Doubles = total / rows.shape[1]
    return errors
