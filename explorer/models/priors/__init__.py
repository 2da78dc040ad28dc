"""p(z): where codes are expected before any sample is seen. One prior a file.

See theory, section 2.3.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import torch
from torch import Tensor, nn

from explorer.registry import Registry


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
priors.discover(__name__)
