"""The point mass: z = mu, as plain autoencoders have it."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from explorer.models.posteriors import Posterior, PosteriorLayer, posteriors


class PointMass(Posterior):
    """z = mu, as in a plain autoencoder. It has no density, so the KL does not exist."""

    has_density = False

    def __init__(self, mean: Tensor) -> None:
        self.mean = mean  # (B, d)

    @property
    def std(self) -> Tensor:  # type: ignore[override]
        """Zeros: (B, d)."""
        return torch.zeros_like(self.mean)

    def sample(self, generator: torch.Generator | None = None, draws: int = 1) -> Tensor:
        """The mean, L times."""
        return self.mean.expand(draws, *self.mean.shape)

    def log_prob(self, z: Tensor) -> Tensor:
        """There is none: raises NotImplementedError."""
        raise NotImplementedError("a point mass has no density")


@posteriors.register("point")
class PointLayer(PosteriorLayer):
    """features -> mu."""

    def __init__(self, width: int, latent_dim: int) -> None:
        super().__init__(width, latent_dim)
        self.linear = nn.Linear(width, latent_dim)

    def forward(self, features: Tensor) -> Posterior:
        """(B, width) -> point masses."""
        return PointMass(self.linear(features))
