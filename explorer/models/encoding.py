"""Codes of a whole data set, in chunks."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from explorer.data.dataset import Dataset
from explorer.models.autoencoder import Autoencoder, frozen
from explorer.models.batches import to_tensor
from explorer.models.config import Codes
from explorer.task import NO_TASK, Task

CHUNK = 1024


@torch.no_grad()
def encode(
    model: Autoencoder,
    dataset: Dataset,
    index: NDArray[np.int64] | None = None,
    task: Task = NO_TASK,
    *,
    model_id: str = "",
) -> Codes:
    """q(z|x) of the samples at ``index`` (all by default). The model must be in eval mode."""
    index = np.arange(len(dataset)) if index is None else index
    means, stds, kls = [], [], []
    for start in range(0, len(index), CHUNK):
        task.check()
        task.progress(start / len(index), "encoding")
        rows = dataset.x[index[start : start + CHUNK]]
        posterior = model.encode(to_tensor(rows, dataset.preparation.levels, device_of(model)))
        kl = posterior.kl_per_dim(model.prior)
        means.append(posterior.mean)
        stds.append(posterior.std)
        kls += [] if kl is None else [kl]
    return Codes(
        model_id=model_id,
        mean=frozen(torch.cat(means)),
        std=frozen(torch.cat(stds)),
        index=_read_only(index),
        kl_per_dim=frozen(torch.cat(kls).mean(0)) if kls else None,
    )


def device_of(model: torch.nn.Module) -> torch.device:
    """Where its weights lie."""
    return next(model.parameters()).device


def _read_only(index: NDArray[np.int64]) -> NDArray[np.int64]:
    copy = index.astype(np.int64)
    copy.flags.writeable = False
    return copy
