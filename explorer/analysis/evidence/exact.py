"""log p(x) itself, where it can be had: summed, in closed form, or integrated (theory, section 5).

A way is a function that gives log p(x) of each sample, or None for a model that it is not for.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from explorer.analysis import lineartruth
from explorer.analysis.evidence.mesh import mesh_of
from explorer.analysis.evidence.quadrature import integrate
from explorer.analysis.evidence.unfinished import Unfinished, fill
from explorer.analysis.latent import codebook
from explorer.analysis.passes import Index, batch_of
from explorer.data.dataset import Dataset
from explorer.errors import ModelError
from explorer.models.autoencoder import Autoencoder
from explorer.models.encoding import device_of
from explorer.models.likelihoods.gaussian import Gaussian
from explorer.models.priors.standard import StandardNormal
from explorer.models.threads import at_once
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]

TOGETHER = 256  # samples that are integrated in one thread, on the same decoded mesh
MESHED = 2048  # samples whose codes the mesh must hold
FLAT = 2  # dimensions that are integrated over

SUM, CLOSED, QUADRATURE = "sum over codes", "closed form", "quadrature"


@dataclass(frozen=True, eq=False)
class Asked:
    """What is wanted: log p(x) of the samples at ``index`` (n,).

    resume: a file for what is finished, None for nowhere. stamp: what tells it from others.
    reach: how far from 0 their codes lie, where it is known.
    """

    model: Autoencoder
    dataset: Dataset
    index: Index
    resume: Path | None = None
    stamp: str = ""
    reach: float | None = None

    def forget(self) -> None:
        """Remove the file: all is done."""
        if self.resume is not None:
            with contextlib.suppress(OSError):
                self.resume.unlink(missing_ok=True)


@dataclass(frozen=True, eq=False)
class Known:
    """log p(x), (n,) in nats, NaN for the samples that it could not be found of, and the way."""

    log_likelihood: Doubles
    way: str


def known(asked: Asked, task: Task = NO_TASK, workers: int | None = None) -> Known | None:
    """log p(x) by the first way that there is for this model; None where there is none."""
    for way, find in WAYS.items():
        found = find(asked, task, workers)
        if found is not None:
            return Known(found, way)
    return None


def _summed(asked: Asked, task: Task, _workers: int | None) -> Doubles | None:
    """Where z is a code of a book."""
    if codebook.book_of(asked.model) is None:
        return None
    return codebook.known_log_likelihood(asked.model, asked.dataset, asked.index, task)


def _closed(asked: Asked, task: Task, _workers: int | None) -> Doubles | None:
    """Where x = b + W z + sigma eps: N(b, W W^T + sigma^2 I)."""
    likelihood, prior = asked.model.likelihood, asked.model.prior
    if not isinstance(likelihood, Gaussian) or not isinstance(prior, StandardNormal):
        return None
    try:
        mean, weights = lineartruth.affine(asked.model)
    except ModelError:
        return None
    task.check()
    sigma2 = float(likelihood.log_sigma().double().mul(2.0).exp())
    rows = asked.dataset.unit(asked.index).astype(np.float64)
    return lineartruth.gaussian_evidence(rows, mean, weights, sigma2)


def _integrated(asked: Asked, task: Task, workers: int | None) -> Doubles | None:
    """Where z has one or two dimensions, and a mesh takes neither too many cells nor too long."""
    model, index = asked.model, asked.index
    if model.prior.latent_dim > FLAT or codebook.book_of(model) is not None:
        return None
    if not model.likelihood.tabled:
        return None
    task.progress(0.0, "a mesh over latent space")
    mesh = mesh_of(model, batch_of(model, asked.dataset, index[:MESHED]), task, reach=asked.reach)
    if mesh is None:
        return None
    found = Unfinished(asked.resume, asked.stamp, len(index), 1)

    def work(part: slice) -> Doubles:
        x = batch_of(model, asked.dataset, index[part])
        return integrate(model, x, mesh, task)[0][:, None]

    side_by_side = at_once(device_of(model), workers)
    fill(found, TOGETHER, work, task, "log p(x) by integration over z", side_by_side)
    found.save()
    return found.values[:, 0]


WAYS: dict[str, Callable[[Asked, Task, int | None], Doubles | None]] = {
    SUM: _summed,
    CLOSED: _closed,
    QUADRATURE: _integrated,
}
