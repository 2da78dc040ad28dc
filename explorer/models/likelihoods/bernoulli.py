"""Bernoulli on logits: black or white."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, softplus

from explorer.models.likelihoods import Likelihood, flat, likelihoods, summed


@likelihoods.register("bernoulli")
class Bernoulli(Likelihood):
    """Bernoulli on logits; a likelihood for x in {0, 1} only."""

    discrete = mass_is_exact = True

    def log_prob(self, raw: Tensor, x: Tensor) -> Tensor:
        """sum of x log p + (1 - x) log(1 - p), on logits."""
        target = x.expand_as(raw)
        return -summed(binary_cross_entropy_with_logits(raw, target, reduction="none"))

    def log_prob_table(self, raw: Tensor, x: Tensor) -> Tensor:
        """sum of x t - log(1 + e^t), t = raw."""
        logits = flat(raw)
        return logits @ flat(x).T - softplus(logits).sum(1)[:, None]

    def log_mass(self, raw: Tensor, x: Tensor) -> Tensor:
        """The same: x in {0, 1} has a probability."""
        return self.log_prob(raw, x)

    def mean(self, raw: Tensor) -> Tensor:
        """p = sigmoid(raw)."""
        return torch.sigmoid(raw)

    def sample(self, raw: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """Black or white."""
        return torch.bernoulli(torch.sigmoid(raw), generator=generator)
