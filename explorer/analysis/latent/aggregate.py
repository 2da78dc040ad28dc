"""Where all codes together lie, against where the prior expects them.

q(z) = 1/n sum_i q(z|x_i) is the aggregate posterior. Hoffman & Johnson 2016: the mean KL(q(z|x) ||
p(z)) is I(x; z) + KL(q(z) || p(z)). Here it is of the Gaussians that `Codes` holds; what it tells
is in `growth`.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.latent.growth import DENSITY, RARE, LogDensity
from explorer.analysis.passes import parts_of
from explorer.data.dataset import Floats
from explorer.errors import ModelError
from explorer.models.config import Codes
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]
Index = NDArray[np.int64]

LOG_2PI = math.log(2.0 * math.pi)
PASS_VALUES = 2**20  # pairs of a point and a code in memory at once
MASS = 0.99  # where the prior has mass: the densest region with this much of it


def standard_normal(z: Doubles) -> Doubles:
    """log N(z; 0, I): (m, d) -> (m,)."""
    density: Doubles = -0.5 * (z**2 + LOG_2PI).sum(axis=1)
    return density


class AggregatePosterior:
    """q(z) of codes with widths. Raises ModelError for points: those have no density."""

    def __init__(self, codes: Codes) -> None:
        if codes.cov is None and not (codes.std > 0.0).all():
            raise ModelError(
                "codes that are points have no density", remedy="use a variational model"
            )
        mean = codes.mean.astype(np.float64)
        self.n, self.d = mean.shape
        self.mean = mean
        if codes.cov is None:
            self.root = codes.std.astype(np.float64)  # (n, d), or (n, d, d) lower triangular
            self._natural = _diagonal_family(mean, self.root)
        else:
            self.root = cholesky(codes.cov)
            self._natural = _full_family(mean, self.root)

    @property
    def rows(self) -> int:
        """Points whose densities under every code are in memory at once."""
        return max(1, PASS_VALUES // int(self.n))

    def each(self, z: Doubles) -> Doubles:
        """log q(z|x_i) in nats of every code i: (b, d) -> (b, n)."""
        found: Doubles = _features(z, full=self.root.ndim == 3) @ self._natural.T
        return found

    def log_density(self, z: Floats | Doubles, task: Task = NO_TASK) -> Doubles:
        """log q(z) in nats: (m, d) -> (m,)."""
        points = np.asarray(z, np.float64)
        log_density = np.empty(len(points))
        for part in parts_of(np.arange(len(points)), task, DENSITY, self.rows):
            each = self.each(points[part])
            top = each.max(axis=1, keepdims=True)
            log_density[part] = top[:, 0] + np.log(np.exp(each - top).mean(axis=1))
        return log_density

    def sample(self, n: int, rng: np.random.Generator) -> tuple[Doubles, Doubles, Index]:
        """n draws (n, d), log q(z|x_i) of the x_i each came from (n,), and i (n,).

        All codes give equal shares.
        """
        picked = rng.permutation(np.arange(n) % self.n)
        eps = rng.standard_normal((n, self.d))
        root = self.root[picked]
        if root.ndim == 3:
            away, scale = np.einsum("nij,nj->ni", root, eps), np.einsum("nii->ni", root)
        else:
            away, scale = root * eps, root
        log_own = standard_normal(eps) - np.log(scale).sum(axis=1)
        away += self.mean[picked]
        return away, log_own, picked


def holes(
    codes: Codes,
    z: Floats | Doubles,
    task: Task = NO_TASK,
    *,
    log_prior: LogDensity = standard_normal,
    prior_draws: Doubles | None = None,
    seed: int = 0,
) -> NDArray[np.bool_]:
    """Where the prior has mass and q has none: points (m, d), of a grid perhaps, -> (m,)."""
    q = AggregatePosterior(codes)
    points = np.asarray(z, np.float64)
    if prior_draws is None:
        prior_draws = np.random.default_rng(seed).standard_normal((10_000, q.d))
    least = np.quantile(log_prior(prior_draws), 1.0 - MASS)
    log_p = log_prior(points)
    found: NDArray[np.bool_] = log_p >= least
    found[found] = q.log_density(points[found], task) - log_p[found] < math.log(RARE)
    return found


def cholesky(cov: Floats) -> Doubles:
    """L with L L^T = cov: (n, d, d) float32 -> (n, d, d).

    A covariance that rounding has left without a root gets the nearest that has one.
    """
    wide = cov.astype(np.float64)
    try:
        return np.asarray(np.linalg.cholesky(wide), np.float64)
    except np.linalg.LinAlgError:
        values, vectors = np.linalg.eigh(wide)
        least = 1e-6 * values[:, -1:]
        mended = np.einsum("nij,nj,nkj->nik", vectors, np.maximum(values, least), vectors)
        return np.asarray(np.linalg.cholesky(mended), np.float64)


def _features(z: Doubles, *, full: bool) -> Doubles:
    """What log-densities of Gaussians are linear in: squares (or all products), z, 1."""
    squares = (z[:, :, None] * z[:, None, :]).reshape(len(z), -1) if full else z**2
    return np.concatenate([squares, z, np.ones((len(z), 1))], axis=1)


def _diagonal_family(mean: Doubles, std: Doubles) -> Doubles:
    """Natural parameters for `_features`: (n, d), (n, d) -> (n, 2 d + 1)."""
    precision = std**-2
    constant = -0.5 * (mean**2 * precision + LOG_2PI).sum(axis=1) - np.log(std).sum(axis=1)
    return np.concatenate([-0.5 * precision, mean * precision, constant[:, None]], axis=1)


def _full_family(mean: Doubles, root: Doubles) -> Doubles:
    """The same for covariances root root^T: (n, d), (n, d, d) -> (n, d d + d + 1)."""
    d = mean.shape[1]
    inverse = np.linalg.inv(root)
    precision = np.einsum("nki,nkj->nij", inverse, inverse)
    linear = np.einsum("nij,nj->ni", precision, mean)
    log_root = np.log(np.einsum("nii->ni", root)).sum(axis=1)
    constant = -0.5 * ((mean * linear).sum(axis=1) + d * LOG_2PI) - log_root
    flat = -0.5 * precision.reshape(len(mean), -1)
    return np.concatenate([flat, linear, constant[:, None]], axis=1)
