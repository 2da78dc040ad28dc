"""A model with two modes in every posterior, of which its encoder knows one."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import integrate
from torch import Tensor, nn

from explorer.models.autoencoder import Autoencoder
from explorer.models.bodies import Encoder
from explorer.models.likelihoods import LINKS
from explorer.models.likelihoods.gaussian import FixedGaussian
from explorer.models.posteriors import Posterior, PosteriorLayer
from explorer.models.posteriors.diagonal import DiagonalGaussian
from explorer.models.priors.standard import StandardNormal

SIGMA, SIDE = 0.3, 2


class _One(PosteriorLayer):
    """N(sqrt(x_1), 0.05^2) in the first dimension, N(x_2, 0.3^2) in the others."""

    def forward(self, features: Tensor) -> Posterior:
        first = features[:, :1].clamp_min(1e-3).sqrt()
        mean = torch.cat([first, features[:, 1 : self.latent_dim]], 1)
        std = torch.full_like(mean, SIGMA)
        std[:, 0] = 0.05
        return DiagonalGaussian(mean, 2.0 * std.log())


class _Fold(nn.Module):
    """z -> (2 by 2) pictures (z_1^2, z_2, 0, 0): both signs of z_1 give the same."""

    def __init__(self) -> None:
        super().__init__()
        self.stretch = nn.Parameter(torch.ones(()))

    def forward(self, z: Tensor) -> Tensor:
        rest = torch.zeros(len(z), 4 - z.shape[1], dtype=z.dtype)
        return (self.stretch * torch.cat([z[:, :1].square(), z[:, 1:], rest], 1)).view(
            -1, 1, SIDE, SIDE
        )


def folded(latent_dim: int) -> Autoencoder:
    """x = (z_1^2, z_2, ..) + 0.3 eps, with up to four dimensions."""
    model = Autoencoder(
        encoder=Encoder([nn.Flatten()], 4),
        posterior=_One(4, latent_dim),
        decoder=_Fold(),
        likelihood=FixedGaussian(LINKS["identity"], SIGMA),
        prior=StandardNormal(latent_dim),
    )
    return model.requires_grad_(requires_grad=False).eval()


def evidence_of(rows: NDArray[np.float64], latent_dim: int) -> NDArray[np.float64]:
    """log p(x) of rows (n, 4): an integral over z_1, by scipy, times Gaussians."""
    return np.array([_evidence(row, latent_dim) for row in rows])


def _evidence(row: NDArray[np.float64], latent_dim: int) -> float:
    def joint(z: float) -> float:
        return float(_normal(row[0] - z**2, SIGMA) * _normal(z, 1.0))

    middle = np.sqrt(max(row[0], 0.0))
    first, _ = integrate.quad(joint, 0.0, 9.0, points=[middle, middle + 0.3], limit=500)
    spread = [np.hypot(1.0, SIGMA)] * (latent_dim - 1) + [SIGMA] * (4 - latent_dim)
    others = [np.log(_normal(x, s)) for x, s in zip(row[1:], spread, strict=True)]
    return float(np.log(2.0 * first) + np.sum(others))


def _normal(x: float, s: float) -> float:
    return float(np.exp(-0.5 * (x / s) ** 2) / (s * np.sqrt(2.0 * np.pi)))
