"""Probabilistic PCA: the exact evidence a linear VAE can reach (theory, section 6)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.pca import Pca
from explorer.data.dataset import Floats
from explorer.errors import DataError

Doubles = NDArray[np.float64]


def noise_variance(pca: Pca, k: int) -> float:
    """sigma^2: the mean of the D - k eigenvalues that k components leave out.

    Tipping & Bishop 1999, equation 8. Raises DataError where nothing is left over.
    """
    left = len(pca.mean) - k
    if k > len(pca) or left <= 0:
        raise DataError(f"{k} components leave no noise to measure", remedy="take fewer")
    sigma2 = (pca.total_variance - float(pca.variance[:k].sum())) / left
    if sigma2 <= 1e-12 * pca.total_variance:
        raise DataError(f"{k} components explain the data without noise", remedy="take fewer")
    return sigma2


def has_noise(pca: Pca, k: int) -> bool:
    """Whether k components leave variance for the noise to explain."""
    try:
        noise_variance(pca, k)
    except DataError:
        return False
    return True


def log_likelihood(pca: Pca, k: int, rows: Floats) -> Doubles:
    """log N(x; mean, W W^T + sigma^2 I) of rows in the model's units: (b, D) -> (b,), in nats.

    In the components' own axes the covariance is diagonal: ``variance`` on the first k, sigma^2 on
    the rest. Tipping & Bishop 1999, equation 4.
    """
    sigma2 = noise_variance(pca, k)
    variance = np.maximum(pca.variance[:k], sigma2)
    centred = rows.astype(np.float64) - pca.mean
    squares = (centred @ pca.components[:k].T.astype(np.float64)) ** 2  # (b, k)
    rest = np.einsum("ij,ij->i", centred, centred) - squares.sum(axis=1)
    d = len(pca.mean)
    constant = d * math.log(2.0 * math.pi) + np.log(variance).sum() + (d - k) * math.log(sigma2)
    value: Doubles = -0.5 * (constant + (squares / variance).sum(axis=1) + rest / sigma2)
    return value
