"""The formulas that the window lets one play with, for numbers and arrays alike. Numpy only.

Nats throughout; ``sigma`` is always a standard deviation (theory, section 1).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

Doubles = NDArray[np.float64]

LOG_2PI = math.log(2.0 * math.pi)
LOG_SIGMA_FLOOR = -6.0  # of a learned sigma, as in models.likelihoods.gaussian
SLOPE = 10.0  # of its parameter, there too


def kl_to_standard(mu: ArrayLike, sigma: ArrayLike) -> Doubles:
    """KL(N(mu, sigma^2) || N(0, 1)) = 1/2 (mu^2 + sigma^2 - 1 - 2 log sigma), in nats.

    One dimension; shapes broadcast; sigma > 0. See theory, section 2.1, and Kingma &
    Welling 2014, appendix B.
    """
    m, s = np.asarray(mu, np.float64), np.asarray(sigma, np.float64)
    return np.asarray(0.5 * (m * m + s * s - 1.0) - np.log(s))


def normal_density(x: ArrayLike, mu: ArrayLike = 0.0, sigma: ArrayLike = 1.0) -> Doubles:
    """N(x; mu, sigma^2) = e^(-(x - mu)^2 / (2 sigma^2)) / (sigma sqrt(2 pi)); shapes broadcast."""
    error = np.asarray(x, np.float64) - np.asarray(mu, np.float64)
    return np.asarray(np.exp(gaussian_log_likelihood(error, sigma)))


def gaussian_log_likelihood(error: ArrayLike, sigma: ArrayLike) -> Doubles:
    """log N(x; m, sigma^2) = -1/2 (e^2 / sigma^2 + 2 log sigma + log 2 pi), e = x - m, in nats.

    One feature; shapes broadcast; sigma > 0. See theory, section 2.2.
    """
    e, s = np.asarray(error, np.float64), np.asarray(sigma, np.float64)
    return np.asarray(-0.5 * (np.square(e / s) + LOG_2PI) - np.log(s))


def best_sigma(error: ArrayLike) -> Doubles:
    """The sigma at which `gaussian_log_likelihood` is greatest: |e|.

    d/d sigma = e^2 / sigma^3 - 1 / sigma = 0; over many features sigma*^2 = mean(e^2), the
    optimal-sigma form of Rybkin et al. 2021.
    """
    return np.abs(np.asarray(error, np.float64))


def best_log_likelihood(error: ArrayLike) -> Doubles:
    """`gaussian_log_likelihood` at the best sigma: -log |e| - 1/2 - 1/2 log 2 pi.

    It has no upper bound: it goes to infinity as the error goes to 0.
    """
    return np.asarray(-np.log(best_sigma(error)) - 0.5 - 0.5 * LOG_2PI)


def sigma_of_beta(beta: float) -> float:
    """The sigma of a beta = 1 VAE that has the same optimum as ``1/2 SSE + beta KL``: sqrt(beta).

    Dividing ``1/2 SSE + beta KL`` by beta gives ``SSE / (2 beta) + KL``, the loss of a Gaussian
    likelihood with sigma^2 = beta (theory, section 4).
    """
    return math.sqrt(beta)


def sigma_of_mean_mse(weight: float, features: int) -> float:
    """The sigma that ``mean-MSE + weight KL`` stands for: sigma^2 = weight D / 2.

    ``SSE / D + w KL``, divided by w, is ``SSE / (2 sigma^2) + KL`` with 2 sigma^2 = w D
    (theory, section 4): w = 1 on 28 x 28 is sigma^2 = 392, certain collapse.
    """
    return math.sqrt(weight * features / 2.0)


def learned_sigma(weights: Mapping[str, NDArray[np.generic]]) -> float | None:
    """The one sigma that a model learned for all features, or None where it has none.

    ``log sigma = -6 + softplus(10 f + 6)``, f its parameter: bounded below (theory, section 2.2).
    """
    free = weights.get("likelihood.free")
    if free is None or free.size != 1:
        return None
    raised = SLOPE * float(free.reshape(())) - LOG_SIGMA_FLOOR
    return math.exp(LOG_SIGMA_FLOOR + float(np.logaddexp(0.0, raised)))
