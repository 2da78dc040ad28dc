"""The continuous Bernoulli: grey values from 0 to 1."""

from __future__ import annotations

import torch
from torch import Tensor

from explorer.models.exponential import (
    continuous_bernoulli_log_prob,
    continuous_bernoulli_mean,
    log_partition,
)
from explorer.models.levels import log_mass_of_exponential
from explorer.models.likelihoods import Likelihood, flat, likelihoods, summed, uniform_like


@likelihoods.register("continuous-bernoulli")
class ContinuousBernoulli(Likelihood):
    """A density on [0, 1] with the Bernoulli's shape; shown by its mean, not its parameter.

    Loaiza-Ganem & Cunningham 2019. Unbounded where x is exactly 0 or 1: on pictures with an even
    background the logits, and with them the codes, drift outwards for as long as one trains.
    """

    mass_is_exact = True

    def log_prob(self, raw: Tensor, x: Tensor) -> Tensor:
        """sum of x t - A(t), t = raw."""
        return continuous_bernoulli_log_prob(raw, x)

    def log_prob_table(self, raw: Tensor, x: Tensor) -> Tensor:
        """sum of x t - A(t)."""
        t = flat(raw)
        return t @ flat(x).T - log_partition(t).sum(1)[:, None]

    def log_mass(self, raw: Tensor, x: Tensor) -> Tensor:
        """By the distribution function, in closed form."""
        return summed(log_mass_of_exponential(raw, x, self.levels))

    def mean(self, raw: Tensor) -> Tensor:
        """A'(t), which is not sigmoid(t)."""
        return continuous_bernoulli_mean(raw)

    def sample(self, raw: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """By the inverse of the distribution function."""
        u = uniform_like(raw, generator)
        t = -raw.abs().clamp(min=1e-3)  # the inverse of the distribution function, for t < 0
        low = torch.log1p(u * torch.expm1(t)) / t
        return torch.where(raw > 0, 1.0 - low, low)
