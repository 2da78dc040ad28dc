"""p(z): where codes are expected before any sample is seen (math section 2)."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod

import torch
from torch import Tensor, nn

from explorer.registry import Registry

LOG_2PI = math.log(2.0 * math.pi)


class Prior(nn.Module, ABC):
    """A distribution over z; learned ones hold parameters."""

    def __init__(self, latent_dim: int) -> None:
        super().__init__()
        self.latent_dim = latent_dim

    @abstractmethod
    def sample(self, n: int, generator: torch.Generator | None = None) -> Tensor:
        """n draws on the generator's device: (n, d)."""

    @abstractmethod
    def log_prob(self, z: Tensor) -> Tensor:
        """log p(z) in nats, summed over d: (..., d) -> (...)."""


priors: Registry[type[Prior]] = Registry("prior")


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
