"""The diagonal Gaussian (Kingma & Welling 2014)."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import softplus

from explorer.models.posteriors import (
    LOG_2PI,
    LOGVAR_RANGE,
    WIDEST,
    Posterior,
    PosteriorLayer,
    posteriors,
)
from explorer.models.priors import Prior
from explorer.models.priors.standard import StandardNormal


class DiagonalGaussian(Posterior):
    """q = N(mu, diag sigma^2), from ``logvar = 2 log sigma`` clamped to [-30, 20].

    Kingma & Welling 2014, appendix B.
    """

    def __init__(self, mean: Tensor, logvar: Tensor) -> None:
        self.mean = mean  # (B, d)
        self.logvar = logvar.clamp(*LOGVAR_RANGE)  # (B, d)

    @property
    def std(self) -> Tensor:  # type: ignore[override]
        """sigma: (B, d)."""
        return (0.5 * self.logvar).exp()

    def sample(self, generator: torch.Generator | None = None, draws: int = 1) -> Tensor:
        """mu + sigma eps."""
        shape = (draws, *self.mean.shape)
        eps = self.mean.new_empty(shape).normal_(generator=generator)
        return self.mean + self.std * eps  # (L, B, d)

    def log_prob(self, z: Tensor) -> Tensor:
        """-1/2 sum(eps^2 + log 2 pi) - sum(log sigma)."""
        eps = (z - self.mean) / self.std  # (..., B, d)
        return -0.5 * (eps.square() + LOG_2PI + self.logvar).sum(-1)

    def kl_per_dim(self, prior: Prior) -> Tensor | None:
        """1/2 (mu^2 + sigma^2 - 1 - 2 log sigma) against N(0, I), else None."""
        if not isinstance(prior, StandardNormal):
            return None
        return 0.5 * (self.mean.square() + self.logvar.exp() - 1.0 - self.logvar)


@posteriors.register("diagonal")
class DiagonalLayer(PosteriorLayer):
    """features -> (mu, logvar), each dimension in a unit of its own.

    Measuring z in other units changes no likelihood, only the KL, and the KL is least where the
    codes spread as widely as the prior. Weights find that slowly; one learned unit per dimension,
    which divides the code and multiplies it again before the decoder, finds it at ``lr_scale``
    times the speed. So the plane shows N(0, I) where there are codes, at any time of a training.
    """

    lr_scale = 10.0

    def __init__(self, width: int, latent_dim: int) -> None:
        super().__init__(width, latent_dim)
        self.linear = nn.Linear(width, 2 * latent_dim)
        self.log_unit = nn.Parameter(torch.zeros(latent_dim))

    def unscaled(self, z: Tensor) -> Tensor:
        """z times its unit."""
        return z * (self.lr_scale * self.log_unit).exp()

    def own_moments(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """mu and logvar before they are measured in the unit: (B, width) -> (B, d) each."""
        mean, free = self.linear(features).chunk(2, dim=-1)
        return mean, WIDEST - softplus(WIDEST - free)

    def moments(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """mu and logvar of z: (B, width) -> (B, d) each."""
        mean, logvar = self.own_moments(features)
        log_unit = self.lr_scale * self.log_unit
        return mean * (-log_unit).exp(), logvar - 2.0 * log_unit

    def forward(self, features: Tensor) -> Posterior:
        """(B, width) -> diagonal Gaussians."""
        return DiagonalGaussian(*self.moments(features))
