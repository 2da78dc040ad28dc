"""q(z|x): what an encoder says about one sample (math section 2).

A *posterior layer* turns the encoder's features into a *posterior*, a distribution over z of each
sample in the batch. Layers may hold parameters (a flow would); posteriors hold tensors only.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod

import torch
from torch import Tensor, nn
from torch.nn.functional import softplus

from explorer.models.priors import Prior, StandardNormal
from explorer.registry import Registry

LOGVAR_RANGE = (-30.0, 20.0)
WIDEST = 6.0  # a layer's logvar stays below: one sample gone wild costs 200 nats, not e^20
LOG_2PI = math.log(2.0 * math.pi)


class Posterior(ABC):
    """A distribution over z for each of B samples. mean, std: (B, d)."""

    mean: Tensor
    std: Tensor
    has_density: bool = True

    @abstractmethod
    def sample(self, generator: torch.Generator | None = None, draws: int = 1) -> Tensor:
        """``draws`` reparameterised draws per sample: (L, B, d)."""

    @abstractmethod
    def log_prob(self, z: Tensor) -> Tensor:
        """log q(z|x) in nats, summed over d: (..., B, d) -> (..., B)."""

    def kl_per_dim(self, prior: Prior) -> Tensor | None:
        """KL(q || p) of each dimension where it has a closed form: (B, d)."""
        return None

    def kl(self, prior: Prior) -> Tensor | None:
        """KL(q || p) where it has a closed form: (B,)."""
        per_dim = self.kl_per_dim(prior)
        return None if per_dim is None else per_dim.sum(-1)


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


class PosteriorLayer(nn.Module, ABC):
    """Encoder features (B, width) to a posterior over d latent dimensions."""

    def __init__(self, width: int, latent_dim: int) -> None:
        super().__init__()
        self.width = width
        self.latent_dim = latent_dim

    @abstractmethod
    def forward(self, features: Tensor) -> Posterior:
        """The posterior of each sample."""

    def unscaled(self, z: Tensor) -> Tensor:
        """z in the units the decoder works in: (..., d) -> (..., d)."""
        return z


posteriors: Registry[type[PosteriorLayer]] = Registry("posterior")


@posteriors.register("point")
class PointLayer(PosteriorLayer):
    """features -> mu."""

    def __init__(self, width: int, latent_dim: int) -> None:
        super().__init__(width, latent_dim)
        self.linear = nn.Linear(width, latent_dim)

    def forward(self, features: Tensor) -> Posterior:
        """(B, width) -> point masses."""
        return PointMass(self.linear(features))


@posteriors.register("diagonal")
class DiagonalLayer(PosteriorLayer):
    """features -> (mu, logvar), each dimension in a unit of its own.

    Measuring z in other units changes no likelihood, only the KL, and the KL is least where the
    codes spread as widely as the prior. Weights find that slowly; one learned unit per dimension,
    which divides the code and multiplies it again before the decoder, finds it at ``pace`` times
    the speed. So the plane shows N(0, I) where there are codes, at every moment of a training.
    """

    pace = 10.0

    def __init__(self, width: int, latent_dim: int) -> None:
        super().__init__(width, latent_dim)
        self.linear = nn.Linear(width, 2 * latent_dim)
        self.log_unit = nn.Parameter(torch.zeros(latent_dim))

    def unscaled(self, z: Tensor) -> Tensor:
        """z times its unit."""
        return z * (self.pace * self.log_unit).exp()

    def forward(self, features: Tensor) -> Posterior:
        """(B, width) -> diagonal Gaussians."""
        mean, free = self.linear(features).chunk(2, dim=-1)
        logvar = WIDEST - softplus(WIDEST - free)
        log_unit = self.pace * self.log_unit
        return DiagonalGaussian(mean * (-log_unit).exp(), logvar - 2.0 * log_unit)
