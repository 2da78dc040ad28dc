"""How heavy the tail of importance weights is: the Pareto k of the largest ones.

Vehtari et al. 2024: below 0.5 the error of a mean of weights falls as it should, from 0.7 on no
number of draws that one can afford makes it sure. And all else that the weights tell.
"""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Doubles = NDArray[np.float64]

FEWEST = 5  # of a tail that a shape is fitted to
PRIOR, WEIGHT = 3.0, 10.0  # Zhang & Stephens 2009; ten draws at k = 0.5, Vehtari et al., appendix


def tail_length(draws: int) -> int:
    """How many of the largest weights count as the tail: Vehtari et al., equation 13."""
    return math.ceil(min(0.2 * draws, 3.0 * math.sqrt(draws)))


def of_weights(log_weight: Tensor) -> tuple[Tensor, ...]:
    """L_K, effective draws, L_{K/10} and Pareto k of log w (K, B): (B,) each."""
    draws, b = log_weight.shape
    total = log_weight.logsumexp(0)
    effective = (2.0 * total - (2.0 * log_weight).logsumexp(0)).exp()  # (sum w)^2 / sum w^2
    found = (total - math.log(draws), effective)
    few = draws // 100 * 10  # whole patterns of proposals
    if not few:
        return *found, *torch.full((2, b), math.nan, dtype=torch.float64)
    tenth = log_weight[: 10 * few].view(10, few, b).logsumexp(1).mean(0) - math.log(few)
    return *found, tenth, torch.from_numpy(pareto_k(log_weight.numpy()))


def pareto_k(log_weights: Doubles) -> Doubles:
    """k of each column: (K, n) log weights -> (n,); NaN with too few draws or equal weights."""
    draws, n = log_weights.shape
    length = tail_length(draws)
    if length < FEWEST:
        return np.full(n, np.nan)
    ordered = np.sort(log_weights, axis=0)
    weights = np.exp(ordered[-length - 1 :] - ordered[-1])  # the next one, and the tail's
    return np.array([_of(excess) for excess in (weights[1:] - weights[0]).T])


def _of(excess: Doubles) -> float:
    """Of one tail; a little drawn to 0.5, where few draws say little."""
    if not np.isfinite(excess).all() or np.allclose(excess, 0.0):
        return math.nan
    n = len(excess)
    return (n * shape_of(excess) + 0.5 * WEIGHT) / (n + WEIGHT)


def shape_of(excess: Doubles) -> float:
    """The shape k of the generalised Pareto distribution of rising ``excess`` (m,) over 0.

    Zhang & Stephens 2009: a posterior mean over a grid of values of -k / sigma.
    """
    n, grid = len(excess), 30 + math.isqrt(len(excess))
    above = excess[excess > 0.0]  # weights may be equal
    quartile = above[(len(above) + 2) // 4 - 1]
    b = 1.0 - np.sqrt(grid / (np.arange(1, grid + 1) - 0.5))
    b = b / (PRIOR * quartile) + 1.0 / excess[-1]
    k = np.log1p(-b[:, None] * excess).mean(axis=1)
    likelihood = n * (np.log(-b / k) - k)  # up to a constant
    weight = np.exp(likelihood - likelihood.max())
    mean = float((b * weight).sum() / weight.sum())
    return float(np.log1p(-mean * excess).mean())
