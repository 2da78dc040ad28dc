"""A linear VAE at its optimum: probabilistic PCA, noise included (theory, section 6)."""

from __future__ import annotations

import math

import numpy as np
import torch

from explorer.models.likelihoods.gaussian import LOG_SIGMA_FLOOR, LearnedGaussian
from explorer.models.posteriors import WIDEST
from explorer.models.posteriors.diagonal import DiagonalLayer
from explorer.training.finishes import Between, finishes
from explorer.training.finishes.linear_layers import (
    Doubles,
    give,
    leading,
    linear_layer,
    moments,
    weight_of,
)
from explorer.training.run import Run

LEAST = 1e-6  # log sigma above its floor, which softplus never reaches


@finishes.register("probabilistic PCA")
def probabilistic_pca(run: Run, between: Between) -> None:
    """W = V (Lambda - sigma^2)^1/2, sigma^2 the mean variance beyond (Tipping & Bishop 1999).

    A diagonal posterior is exact only where the columns of W are orthogonal (Lucas et al. 2019), so
    each axis of z is a principal one: that which the training came closest to, with its sign.
    Nothing is done where the KL is weighed, or where a code is as long as a sample.
    """
    decoder, config = linear_layer(run.model.decoder), run.config
    features, d = decoder.weight.shape
    if d >= features or config.beta != 1.0 or config.free_bits:
        return
    mean, total = moments(run, between)
    learned = weight_of(decoder) * _units(run)
    variance, basis = leading(run, mean, learned, between)
    floor = math.exp(2.0 * (LOG_SIGMA_FLOOR + LEAST))
    sigma2 = max((total - float(variance.sum())) / (features - d), floor)
    columns = basis * np.sqrt((variance - sigma2).clip(0.0))
    _put(run, mean, _in_learned_order(columns, learned), sigma2)


def _put(run: Run, mean: Doubles, weights: Doubles, sigma2: float) -> None:
    """x = W z + mean with noise sigma^2, and its exact posterior (Tipping & Bishop, equation 7)."""
    units, likelihood = _units(run), run.model.likelihood
    precision = np.square(weights).sum(axis=0) + sigma2  # (d,), times sigma^2
    back = (weights / precision).T  # (d, D)
    give(linear_layer(run.model.decoder), weights / units, mean)
    variance = sigma2 / precision * units**2
    spread = WIDEST - _softplus_inverse(WIDEST - np.log(variance).clip(max=WIDEST - LEAST))
    rows = np.vstack([units[:, None] * back, np.zeros_like(back)])
    give(linear_layer(run.model.posterior), rows, np.hstack([-units * (back @ mean), spread]))
    assert isinstance(likelihood, LearnedGaussian)
    above = _softplus_inverse(np.array(0.5 * math.log(sigma2) - LOG_SIGMA_FLOOR))
    with torch.no_grad():
        likelihood.free.fill_((float(above) + LOG_SIGMA_FLOOR) / likelihood.lr_scale)


def _units(run: Run) -> Doubles:
    """What each dimension of z is measured in: (d,)."""
    layer = run.model.posterior
    assert isinstance(layer, DiagonalLayer)
    units: Doubles = (layer.lr_scale * layer.log_unit.detach().cpu().double()).exp().numpy()
    return units


def _in_learned_order(columns: Doubles, learned: Doubles) -> Doubles:
    """Principal columns in the order and with the signs of the learned ones: (D, d)."""
    from scipy.optimize import linear_sum_assignment

    alike = columns.T @ learned  # (principal, learned)
    places = linear_sum_assignment(-np.abs(alike))[1]
    ordered = np.empty_like(columns)
    ordered[:, places] = columns * np.where(alike[np.arange(len(alike)), places] < 0.0, -1.0, 1.0)
    return ordered


def _softplus_inverse(value: Doubles) -> Doubles:
    """The x with log(1 + e^x) = value, for value > 0."""
    x: Doubles = value + np.log(-np.expm1(-value))
    return x
