"""Codes of a whole data set, in chunks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explorer.data.dataset import Dataset
from explorer.models.autoencoder import Autoencoder, frozen
from explorer.models.batches import to_tensor
from explorer.models.config import Codes
from explorer.models.posteriors import Posterior
from explorer.task import NO_TASK, Task

CHUNK = 1024
DRAWABLE = 3  # dimensions up to which the window draws tilted ellipses
ALL = 1 << 30  # dimensions: what is computed from a covariance needs it whatever its size


@torch.no_grad()
def encode(
    model: Autoencoder,
    dataset: Dataset,
    index: NDArray[np.int64] | None = None,
    task: Task = NO_TASK,
    *,
    model_id: str = "",
    tilts: int = DRAWABLE,
) -> Codes:
    """q(z|x) of the samples at ``index`` (all by default). The model must be in eval mode.

    tilts: dimensions up to which the covariance of a tilted posterior is kept, d x d a sample.
    """
    index = np.arange(len(dataset)) if index is None else index
    d = model.prior.latent_dim
    mean, std = np.empty((2, len(index), d), np.float32)  # filled in place: memory stays level
    cov, kl = list[Tensor](), list[Tensor]()
    for part, posterior in _posteriors(model, dataset, index, task):
        mean[part], std[part] = posterior.mean.cpu().numpy(), posterior.std.cpu().numpy()
        if posterior.tilted and d <= tilts:
            cov.append(posterior.covariance().cpu())
        per_dim = posterior.kl_per_dim(model.prior)
        if per_dim is not None:
            kl.append(per_dim.sum(0))
    return Codes(
        model_id, _read_only(mean), _read_only(std), _read_only(index.astype(np.int64)),
        kl_per_dim=frozen(sum(kl[1:], kl[0]) / len(index)) if kl else None,
        cov=frozen(torch.cat(cov)) if cov else None,
    )  # fmt: skip


def _posteriors(
    model: Autoencoder, dataset: Dataset, index: NDArray[np.int64], task: Task
) -> Iterator[tuple[slice, Posterior]]:
    """Which of ``index``, and q(z|x) of those; a chunk at a time."""
    for start in range(0, len(index), CHUNK):
        task.check()
        task.progress(start / len(index), "encoding")
        part = slice(start, start + CHUNK)
        rows = dataset.x[index[part]]
        yield part, model.encode(to_tensor(rows, dataset.preparation.levels, device_of(model)))


def device_of(model: torch.nn.Module) -> torch.device:
    """Where its weights lie."""
    return next(model.parameters()).device


def _read_only(array: NDArray[Any]) -> NDArray[Any]:
    array.flags.writeable = False
    return array
