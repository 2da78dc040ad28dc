"""Stand-ins with known answers: a linear model that is exact, and toy data."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor, nn

from explorer.data.dataset import Dataset, Preparation
from explorer.models.autoencoder import Autoencoder
from explorer.models.bodies import Encoder
from explorer.models.likelihoods import LINKS
from explorer.models.likelihoods.gaussian import FixedGaussian
from explorer.models.posteriors import Posterior, PosteriorLayer
from explorer.models.posteriors.diagonal import DiagonalGaussian
from explorer.models.priors.standard import StandardNormal


class ExactPosterior(PosteriorLayer):
    """p(z|x) of the linear model: its features are the posterior's mean already."""

    def __init__(self, latent_dim: int, variance: Tensor) -> None:
        super().__init__(latent_dim, latent_dim)
        self.register_buffer("logvar", variance.log())

    def forward(self, features: Tensor) -> Posterior:
        logvar: Tensor = self.get_buffer("logvar")
        return DiagonalGaussian(features, logvar.expand_as(features))


class LinearModel(Autoencoder):
    """x = offset + W z + sigma eps, z ~ N(0, I), with orthogonal columns of W: all is closed form.

    The encoder gives the true posterior N(W^T (x - offset) / (s^2 + sigma^2), sigma^2 / (s^2 +
    sigma^2)) for columns of length s, so the ELBO equals the evidence (`log_evidence`).
    """

    def __init__(
        self, preparation: Preparation, latent_dim: int = 2, *, scale: float = 2.0, seed: int = 0
    ) -> None:
        features, sigma = preparation.features, 0.5
        generator = torch.Generator().manual_seed(seed)
        random = torch.randn(features, latent_dim, generator=generator, dtype=torch.float64)
        basis = torch.linalg.qr(random).Q * scale  # (D, d)
        down = nn.Linear(features, latent_dim, dtype=torch.float64)
        up = nn.Linear(latent_dim, features, dtype=torch.float64)
        total = scale**2 + sigma**2
        with torch.no_grad():
            up.weight.copy_(basis)
            up.bias.fill_(0.5)
            down.weight.copy_(basis.T / total)
            down.bias.copy_(-(basis.T / total).sum(1) * 0.5)
        picture = (preparation.channels, preparation.height, preparation.width)
        variance = torch.full((latent_dim,), sigma**2 / total, dtype=torch.float64)
        super().__init__(
            encoder=Encoder([nn.Flatten(), down], latent_dim),
            posterior=ExactPosterior(latent_dim, variance),
            decoder=nn.Sequential(up, nn.Unflatten(1, picture)),
            likelihood=FixedGaussian(LINKS["identity"], sigma),
            prior=StandardNormal(latent_dim),
        )
        self.basis, self.sigma, self.scale = basis, sigma, scale
        self.requires_grad_(requires_grad=False).eval()

    def exact_decode(self, z: Tensor) -> Tensor:
        """offset + W z, row by row: (B, d) -> (B, D)."""
        return 0.5 + z @ self.basis.T

    def log_evidence(self, x: Tensor) -> Tensor:
        """log N(x; offset, W W^T + sigma^2 I): (B, C, H, W) -> (B,)."""
        centred = x.flatten(1) - 0.5
        cov = self.basis @ self.basis.T + self.sigma**2 * torch.eye(len(self.basis)).double()
        normal = torch.distributions.MultivariateNormal(torch.zeros(len(cov)).double(), cov)
        return normal.log_prob(centred)

    def log_evidence_by_hand(self, x: Tensor) -> Tensor:
        """The same by the matrix determinant lemma: fast for large D."""
        centred = x.flatten(1) - 0.5
        d, features = self.basis.shape[1], len(self.basis)
        total = self.scale**2 + self.sigma**2
        inside = (centred @ self.basis).square().sum(1) / (self.sigma**2 * total)
        mahalanobis = centred.square().sum(1) / self.sigma**2 - inside
        logdet = d * math.log(total) + (features - d) * math.log(self.sigma**2)
        return -0.5 * (mahalanobis + logdet + features * math.log(2 * math.pi))


def toy_dataset(
    n: int = 60,
    *,
    height: int = 8,
    width: int = 8,
    channels: int = 1,
    classes: int = 3,
    levels: int = 255,
    seed: int = 0,
) -> Dataset:
    """Soft blobs, one place for each class; every fifth sample is held out."""
    rng = np.random.default_rng(seed)
    labels = np.arange(n) % classes
    angle = 2 * np.pi * labels / classes
    centre = np.stack([np.sin(angle), np.cos(angle)], 1) * 0.5 + rng.normal(0, 0.1, (n, 2))
    rows, columns = np.linspace(-1, 1, height), np.linspace(-1, 1, width)
    away = (rows[:, None] - centre[:, :1, None]) ** 2 + (columns - centre[:, 1:, None]) ** 2
    tint = rng.uniform(0.5, 1.0, (n, 1, 1, channels))
    x = (np.exp(-6 * away)[..., None] * tint * levels).round().astype(np.uint8)
    return Dataset(
        name="toy",
        x=x,
        preparation=Preparation(height, width, channels, high=float(levels), levels=levels),
        test=np.arange(n) % 5 == 4,
        labels=labels.astype(np.int64),
        classes=tuple("abcdefghij"[:classes]),
        source="toy",
    )


def constant_dataset(n: int = 2, value: int = 0) -> Dataset:
    """``n`` equal samples, none held out."""
    x = np.full((n, 8, 8, 1), value, np.uint8)
    return Dataset("constant", x, Preparation(8, 8), np.zeros(n, bool))
