"""How well the model gives each sample back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.compute import live
from explorer.data.dataset import Dataset
from explorer.models.config import ModelSnapshot
from explorer.task import Task


@dataclass(frozen=True, eq=False)
class ErrorsRequest:
    """The errors of every sample of ``dataset``."""

    model: ModelSnapshot
    dataset: Dataset


@dataclass(frozen=True, eq=False)
class Errors:
    """mse: (n,) mean squared error per feature of the reconstruction from the mean code."""

    model_id: str
    mse: NDArray[np.float64]


def errors(request: ErrorsRequest, task: Task) -> Errors:
    """mean_i (x_i - decode(mu(x))_i)^2 of each sample."""
    from explorer.analysis.passes import parts_of
    from explorer.analysis.reconstructions import given_back

    model, data = live(request.model), request.dataset
    index, mse = np.arange(len(data)), np.empty(len(data))
    for part in parts_of(index, task, "errors of the samples"):
        mse[part] = given_back(model, data, index[part]).mse
    return Errors(request.model.id, mse)
