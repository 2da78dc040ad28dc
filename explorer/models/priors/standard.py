"""N(0, I): the prior of nearly all."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from explorer.models.priors import Prior, priors

LOG_2PI = math.log(2.0 * math.pi)


@priors.register("standard-normal")
class StandardNormal(Prior):
    """p(z) = N(0, I)."""

    def sample(self, n: int, generator: torch.Generator | None = None) -> Tensor:
        """eps."""
        device = "cpu" if generator is None else generator.device
        return torch.randn(n, self.latent_dim, generator=generator, device=device)

    def log_prob(self, z: Tensor) -> Tensor:
        """-1/2 sum(z^2 + log 2 pi)."""
        return -0.5 * (z.square() + LOG_2PI).sum(-1)
