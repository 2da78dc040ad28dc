"""q(z|x): what an encoder says about one sample (theory, section 2.1).

A *posterior layer* turns the encoder's features into a *posterior*, a distribution over z of each
sample in the batch. Layers may hold parameters (a flow would); posteriors hold tensors only.
One posterior a file.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod

import torch
from torch import Tensor, nn

from explorer.models.priors import Prior
from explorer.registry import Registry

LOGVAR_RANGE = (-30.0, 20.0)
WIDEST = 6.0  # a layer's logvar stays below: one sample gone wild costs 200 nats, not e^20
LOG_2PI = math.log(2.0 * math.pi)


class Posterior(ABC):
    """A distribution over z for each of B samples. mean, std: (B, d).

    discrete: whether all mass lies on one of the codes of a book, so that draws tell nothing new.
    penalty: (B,) nats that training takes off its objective (a codebook's terms), or None.
    scale_tril: (B, d, d) Cholesky factor of the covariance of a full Gaussian, or None. tilted:
    whether the covariance may be more than a diagonal.
    carries_log_prob: drawing z gives log q(z|x) at once, and asking for it later costs more.
    """

    mean: Tensor
    std: Tensor
    has_density: bool = True
    discrete: bool = False
    penalty: Tensor | None = None
    scale_tril: Tensor | None = None
    tilted: bool = False
    carries_log_prob: bool = False

    @abstractmethod
    def sample(self, generator: torch.Generator | None = None, draws: int = 1) -> Tensor:
        """``draws`` reparameterised draws per sample: (L, B, d)."""

    @abstractmethod
    def log_prob(self, z: Tensor) -> Tensor:
        """log q(z|x) in nats, summed over d: (..., B, d) -> (..., B)."""

    def sample_with_log_prob(
        self, generator: torch.Generator | None = None, draws: int = 1
    ) -> tuple[Tensor, Tensor]:
        """``draws`` reparameterised draws and their log q(z|x): (L, B, d), (L, B)."""
        z = self.sample(generator, draws)
        return z, self.log_prob(z)

    def covariance(self) -> Tensor:
        """Cov[z|x]: (B, d, d)."""
        if self.scale_tril is not None:
            return self.scale_tril @ self.scale_tril.mT
        return torch.diag_embed(self.std.square())

    def kl_per_dim(self, prior: Prior) -> Tensor | None:
        """KL(q || p) of each dimension where it has a closed form: (B, d)."""
        return None

    def kl(self, prior: Prior) -> Tensor | None:
        """KL(q || p) where it has a closed form: (B,)."""
        per_dim = self.kl_per_dim(prior)
        return None if per_dim is None else per_dim.sum(-1)


class PosteriorLayer(nn.Module, ABC):
    """Encoder features (B, width) to a posterior over d latent dimensions."""

    def __init__(self, width: int, latent_dim: int) -> None:
        super().__init__()
        self.width = width
        self.latent_dim = latent_dim

    @abstractmethod
    def forward(self, features: Tensor) -> Posterior:
        """The posterior of each sample."""

    def bind(self, prior: Prior) -> None:
        """Hand the prior what it shares with this layer, as a codebook."""

    def unscaled(self, z: Tensor) -> Tensor:
        """z in the units the decoder works in: (..., d) -> (..., d)."""
        return z


posteriors: Registry[type[PosteriorLayer]] = Registry("posterior")
posteriors.discover(__name__)
