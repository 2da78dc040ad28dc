"""A mixture of Gaussians fitted to codes after training, by EM; how many is chosen by BIC.

Ghosh et al. 2020 (RAE): sampling a plain autoencoder from such a fit brings MNIST's FID from 58.7
to 10.7. scikit-learn is imported inside.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.quality import subsample
from explorer.data.dataset import Floats
from explorer.data.words.wording import many
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]

COMPONENTS = (*range(1, 11), 12, 14, 16, 20, 24, 32)
PATIENCE = 3  # numbers of components in a row without a better BIC, then no more are tried
MOST_CODES = 10_000  # that a fit sees
SHARPEST = 1e-6  # added to each variance, as a share of the codes' own


@dataclass(frozen=True, eq=False)
class FittedMixture:
    """sum_k weights_k N(means_k, covariances_k): (K,), (K, d), (K, d, d). bic: lower is better."""

    weights: Doubles
    means: Doubles
    covariances: Doubles
    bic: float

    def __len__(self) -> int:
        return len(self.weights)

    def sample(self, n: int, rng: np.random.Generator, eps: Doubles | None = None) -> Doubles:
        """n draws (n, d), made from standard normal ``eps`` (n, d) if they are given."""
        picked = rng.choice(len(self), n, p=self.weights)
        if eps is None:
            eps = rng.standard_normal((n, self.means.shape[1]))
        root = np.linalg.cholesky(self.covariances)[picked]
        drawn: Doubles = self.means[picked] + np.einsum("nij,nj->ni", root, eps)
        return drawn

    def log_density(self, z: Floats | Doubles) -> Doubles:
        """log p(z) in nats: (m, d) -> (m,)."""
        points = np.asarray(z, np.float64)
        each = np.empty((len(points), len(self)))
        for k, (mean, covariance) in enumerate(zip(self.means, self.covariances, strict=True)):
            root = np.linalg.cholesky(covariance)
            eps = np.linalg.solve(root, (points - mean).T)  # (d, m)
            log_root = np.log(np.diag(root)).sum()
            each[:, k] = -0.5 * (eps**2 + np.log(2.0 * np.pi)).sum(axis=0) - log_root
        each += np.log(self.weights)
        top = each.max(axis=1, keepdims=True)
        density: Doubles = top[:, 0] + np.log(np.exp(each - top).sum(axis=1))
        return density


def fit(
    codes: Floats,
    task: Task = NO_TASK,
    *,
    components: Sequence[int] = COMPONENTS,
    seed: int = 0,
) -> FittedMixture:
    """The mixture of least BIC = K' log n - 2 log L (Schwarz 1978) for codes (n, d).

    Tried from few components to many, until more have not helped three times.
    """
    rows = codes[subsample(len(codes), MOST_CODES, seed)].astype(np.float64)
    middle, spread = rows.mean(axis=0), rows.std(axis=0)
    unit = np.where(spread > 0.0, spread, 1.0)
    best, worse = None, 0
    for i, k in enumerate(components):
        task.check()
        task.progress(i / len(components), f"a mixture of {many(k, 'Gaussian', 'Gaussians')}")
        if k > len(rows) or worse >= PATIENCE:
            break
        found = _em((rows - middle) / unit, k, seed)
        better = best is None or found.bic < best.bic
        best, worse = (found, 0) if better else (best, worse + 1)
    assert best is not None
    scale = unit[:, None] * unit
    bic = best.bic + 2.0 * len(rows) * float(np.log(unit).sum())
    return FittedMixture(best.weights, best.means * unit + middle, best.covariances * scale, bic)


def _em(rows: Doubles, k: int, seed: int) -> FittedMixture:
    """k components of any covariance, from k-means, the better of two starts."""
    from sklearn.mixture import GaussianMixture
    from threadpoolctl import threadpool_limits

    model = GaussianMixture(k, n_init=2, reg_covar=SHARPEST, random_state=seed)
    with warnings.catch_warnings(), threadpool_limits(1):
        warnings.simplefilter("ignore")  # not quite converged is good enough to sample from
        model.fit(rows)
    bic = float(model.bic(rows))
    return FittedMixture(model.weights_, model.means_, model.covariances_, bic)
