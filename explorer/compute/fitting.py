"""What follows from data alone, and from a model and its data: PCA, and all codes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.analysis.pca import Pca
from explorer.compute.live import encode_rows, live
from explorer.data.binarising import settled
from explorer.data.dataset import Dataset, Floats
from explorer.models.config import Codes, ModelSnapshot
from explorer.task import Task


@dataclass(frozen=True, eq=False)
class EncodeRequest:
    """Find the codes of every sample of ``dataset``."""

    model: ModelSnapshot
    dataset: Dataset


@dataclass(frozen=True, eq=False)
class EncodeOneRequest:
    """Find the code of one sample of ``dataset``."""

    model: ModelSnapshot
    dataset: Dataset
    sample: int


def encode_one(request: EncodeOneRequest, task: Task) -> Floats:
    """The code (d,) of a sample: the mean of q(z|x)."""
    data, i = request.dataset, request.sample
    mean: Floats = encode_rows(request.model, data.x[i : i + 1], data.preparation.levels)[0][0]
    return mean


def encode(request: EncodeRequest, task: Task) -> Codes:
    """Codes of every sample as it is measured. Raises ModelError where they cannot be plotted."""
    from explorer.models import codes, encoding

    model, dataset = request.model, settled(request.dataset)
    found = encoding.encode(live(model), dataset, None, task, model_id=model.id)
    codes.check_codes(found, model.id, model.config.latent_dim, len(dataset))
    return found


def fit_pca(dataset: Dataset, task: Task) -> tuple[Pca, Floats]:
    """PCA of the training part, and the scores (n, k) of every sample, k at most 16.

    Both are of samples as they are measured.
    """
    from explorer.analysis import pca

    dataset = settled(dataset)
    fitted = pca.fit(dataset, k=64, task=task)
    k = min(16, len(fitted.components))
    scores = np.empty((len(dataset), k), np.float32)
    for start in range(0, len(dataset), 1000):
        task.check()
        part = slice(start, start + 1000)
        scores[part] = fitted.project(dataset.unit(part))[:, :k]
    return fitted, scores
