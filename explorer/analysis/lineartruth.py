"""What linear models must reach: PCA's error and subspace, probabilistic PCA's evidence (math 6).

A linear autoencoder's decoder is x = W z + b. Its optimum spans the first d principal directions
(Baldi & Hornik 1989); a linear VAE's is probabilistic PCA, noise included (Lucas et al. 2019).
Neither finds the principal *axes*: angles between subspaces and errors are compared, never codes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import torch
from numpy.typing import NDArray

from explorer.analysis import ppca
from explorer.analysis.applications.restoring import denoise
from explorer.analysis.passes import parts_of
from explorer.analysis.pca import Pca
from explorer.analysis.reconstructions import squared_errors
from explorer.data.dataset import Dataset, Floats, Preparation
from explorer.errors import ModelError
from explorer.models.autoencoder import Autoencoder
from explorer.models.batches import to_numpy
from explorer.models.encoding import device_of
from explorer.models.likelihoods.gaussian import LearnedGaussian
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LinearTruth:
    """A linear model beside its optimum, on the training part that both were fitted to.

    mse, best_mse: per feature. angles: (d,) principal angles to PCA's subspace, radians, falling.
    evidence, best_evidence: mean log p(x), nats per sample, and sigma2, best_sigma2: the noise;
    None where the model has no learned sigma.
    """

    mse: float
    best_mse: float
    angles: Doubles
    evidence: float | None = None
    best_evidence: float | None = None
    sigma2: float | None = None
    best_sigma2: float | None = None

    @property
    def ratio(self) -> float | None:
        """The model's error over the least there can be; None where that is 0."""
        return self.mse / self.best_mse if self.best_mse > 0.0 else None


@dataclass(frozen=True, eq=False)
class Optimum:
    """What PCA says a linear model of d dimensions must come to; it hangs on the data alone.

    rows: (n, D) of the training part. mse: per feature. components: (D, d).
    """

    rows: Floats
    linear: Pca
    d: int

    @property
    def mse(self) -> float:
        """The least there can be."""
        return eckart_young(self.linear, self.d)

    @property
    def components(self) -> Doubles:
        """A basis of the subspace of PCA."""
        return self.linear.components[: self.d].T.astype(np.float64)

    @cached_property
    def evidence(self) -> float:
        """Of probabilistic PCA: mean log p(x), nats per sample."""
        found = np.empty(len(self.rows))
        for part in parts_of(np.arange(len(self.rows)), NO_TASK, ""):
            found[part] = ppca.log_likelihood(self.linear, self.d, self.rows[part])
        return float(found.mean())


def optimum(dataset: Dataset, linear: Pca, d: int) -> Optimum:
    """Of the training part. linear: PCA of that part, at least d components."""
    return Optimum(dataset.unit(dataset.train_index), linear, d)


def watch(
    model: Autoencoder, preparation: Preparation, best: Optimum, task: Task = NO_TASK
) -> LinearTruth:
    """How far a linear model is from the ``best`` there can be of its data and dimension.

    Raises ModelError for a decoder that is not linear.
    """
    mean, weights = affine(model)
    errors = squared_errors(best.rows, denoise(model, best.rows, preparation, task))
    truth = LinearTruth(
        mse=float(errors.mean()),
        best_mse=best.mse,
        angles=subspace_angles(weights, best.components),
    )
    if not isinstance(model.likelihood, LearnedGaussian):
        return truth
    sigma2 = float(model.likelihood.log_sigma().detach().double().mul(2.0).exp())
    ours = np.empty(len(best.rows))
    for part in parts_of(np.arange(len(best.rows)), task, "evidence"):
        rows = best.rows[part].astype(np.float64)
        ours[part] = gaussian_evidence(rows, mean, weights, sigma2)
    return replace(
        truth,
        evidence=float(ours.mean()),
        best_evidence=best.evidence,
        sigma2=sigma2,
        best_sigma2=ppca.noise_variance(best.linear, best.d),
    )


def affine(model: Autoencoder) -> tuple[Doubles, Doubles]:
    """b (D,) and W (D, d) of a decoder x = W z + b; raises ModelError where it is another."""
    d = model.prior.latent_dim
    probes = torch.cat([torch.zeros(1, d), torch.eye(d), 2.0 * torch.ones(1, d)])
    with torch.inference_mode():
        rows = to_numpy(model.decode(probes.to(device_of(model)))).astype(np.float64)
    mean, weights = rows[0], (rows[1:-1] - rows[0]).T
    line = mean + weights @ np.full(d, 2.0)
    if not np.allclose(line, rows[-1], rtol=1e-3, atol=1e-3 * max(1.0, float(np.abs(rows).max()))):
        raise ModelError("this decoder is not linear", remedy="use linear-ae or linear-vae")
    return mean, weights


def eckart_young(linear: Pca, k: int) -> float:
    """The least mean squared error per feature of rank k: what PCA leaves of the variance.

    Eckart & Young 1936; on the samples PCA was fitted to.
    """
    left = linear.total_variance - float(linear.variance[:k].sum())
    return max(left, 0.0) / len(linear.mean)


def subspace_angles(one: Doubles, other: Doubles) -> Doubles:
    """Principal angles between the spans of columns, radians, falling.

    (D, k), (D, l) -> (min(k, l),). By their sines, too, as a cosine near 1 has no digits left
    (Bjorck & Golub 1973).
    """
    q, p = np.linalg.qr(one)[0], np.linalg.qr(other)[0]
    if q.shape[1] < p.shape[1]:
        q, p = p, q
    cosines = np.linalg.svd(q.T @ p, compute_uv=False)  # falling
    sines = np.linalg.svd(p - q @ (q.T @ p), compute_uv=False)[::-1]  # rising
    angles: Doubles = np.arctan2(sines, cosines)[::-1]
    return angles


def gaussian_evidence(rows: Doubles, mean: Doubles, weights: Doubles, sigma2: float) -> Doubles:
    """log N(x; mean, W W^T + sigma^2 I): rows (n, D), mean (D,), W (D, k) -> (n,), in nats."""
    features, k = weights.shape
    inside = weights.T @ weights + sigma2 * np.eye(k)  # the matrix determinant lemma, both times
    away = rows - mean
    projected = away @ weights  # (n, k)
    explained = np.einsum("ij,ij->i", projected, np.linalg.solve(inside, projected.T).T)
    squares = np.einsum("ij,ij->i", away, away)
    log_det = np.linalg.slogdet(inside)[1] + (features - k) * math.log(sigma2)
    constant = features * math.log(2.0 * math.pi) + log_det
    density: Doubles = -0.5 * (constant + (squares - explained) / sigma2)
    return density
