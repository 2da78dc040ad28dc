"""The full-covariance Gaussian (Kingma & Welling 2019, algorithm 2): tilted ellipses."""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor, nn

from explorer.models.posteriors import LOG_2PI, LOGVAR_RANGE, Posterior, posteriors
from explorer.models.posteriors.diagonal import DiagonalLayer
from explorer.models.priors import Prior
from explorer.models.priors.standard import StandardNormal

STEEPEST = 20.0  # times its own sigma that a dimension may lean on another


class FullGaussian(Posterior):
    """q = N(mu, L L^T) with L = tril(offdiag, -1) + diag(exp(s)), z = mu + L eps.

    mean, log_scale = s: (B, d). offdiag: (B, d (d - 1) / 2), row by row.
    """

    tilted = True
    carries_log_prob = True

    def __init__(self, mean: Tensor, log_scale: Tensor, offdiag: Tensor) -> None:
        self.mean = mean
        self.log_scale = limited(log_scale)
        self.scale_tril: Tensor = lower_triangle(self.log_scale.exp(), offdiag)  # (B, d, d)

    @property
    def std(self) -> Tensor:  # type: ignore[override]
        """The lengths of the rows of L: (B, d)."""
        return self.scale_tril.square().sum(-1).sqrt()

    def sample(self, generator: torch.Generator | None = None, draws: int = 1) -> Tensor:
        """mu + L eps."""
        return self.sample_with_log_prob(generator, draws)[0]

    def sample_with_log_prob(
        self, generator: torch.Generator | None = None, draws: int = 1
    ) -> tuple[Tensor, Tensor]:
        """mu + L eps, and its density by eps."""
        eps = self.mean.new_empty((draws, *self.mean.shape)).normal_(generator=generator)
        z = self.mean + (self.scale_tril * eps[..., None, :]).sum(-1)  # (L, B, d)
        return z, self._log_density(eps)

    def log_prob(self, z: Tensor) -> Tensor:
        """eps = L^-1 (z - mu), solved for all draws of a sample together."""
        away = (z - self.mean).reshape(-1, *self.mean.shape)  # (L, B, d)
        eps = torch.linalg.solve_triangular(self.scale_tril, away.permute(1, 2, 0), upper=False)
        return self._log_density(eps.permute(2, 0, 1)).reshape(z.shape[:-1])

    def _log_density(self, eps: Tensor) -> Tensor:
        """-1/2 sum(eps^2 + log 2 pi) - sum(s): (L, B, d) -> (L, B)."""
        return -0.5 * (eps.square() + LOG_2PI).sum(-1) - self.log_scale.sum(-1)

    def kl_per_dim(self, prior: Prior) -> Tensor | None:
        """1/2 (row^2 + mu^2 - 1) - s against N(0, I), else None.

        The chain rule's terms: of z_j given z_1 .. z_{j-1}, none below 0. Their sum is
        1/2 (||L||_F^2 + ||mu||^2 - d) - sum(s).
        """
        if not isinstance(prior, StandardNormal):
            return None
        rows = self.scale_tril.square().sum(-1)
        return 0.5 * (rows + self.mean.square() - 1.0) - self.log_scale


def limited(log_scale: Tensor) -> Tensor:
    """Scales whose squares are numbers still, whatever the weights are."""
    return log_scale.clamp(0.5 * LOGVAR_RANGE[0], 0.5 * LOGVAR_RANGE[1])


def lower_triangle(diagonal: Tensor, below: Tensor) -> Tensor:
    """The matrices with these entries: (B, d), (B, d (d - 1) / 2) -> (B, d, d)."""
    d = diagonal.shape[-1]
    entries = torch.cat([diagonal, below, torch.zeros_like(diagonal[:, :1])], -1)
    return entries[:, _places(d, diagonal.device)].view(-1, d, d)


@lru_cache(maxsize=64)
@torch.inference_mode(mode=False)  # kept for a training that may come later
def _places(d: int, device: torch.device) -> Tensor:
    """Where in (diagonal, below, 0) each entry of the matrix comes from: (d * d,)."""
    places = torch.full((d, d), d + d * (d - 1) // 2, device="cpu")
    places.fill_diagonal_(0).diagonal().copy_(torch.arange(d, device="cpu"))
    row, column = torch.tril_indices(d, d, -1, device="cpu")
    places[row, column] = d + torch.arange(len(row), device="cpu")
    return places.flatten().to(device)


@lru_cache(maxsize=64)
@torch.inference_mode(mode=False)
def _rows(d: int, device: torch.device) -> Tensor:
    """The row of each entry below the diagonal: (d (d - 1) / 2,)."""
    return torch.tril_indices(d, d, -1, device="cpu")[0].to(device)


class Lean(nn.Module):
    """How far each dimension leans on those before it: (B, width) -> (B, d (d - 1) / 2)."""

    def __init__(self, width: int, pairs: int) -> None:
        super().__init__()
        self.linear = nn.Linear(width, pairs)

    def reset(self, generator: torch.Generator) -> None:
        """Nowhere at the start."""
        nn.init.zeros_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)

    def forward(self, features: Tensor) -> Tensor:
        """Within softly held limits."""
        return STEEPEST * torch.tanh(self.linear(features) / STEEPEST)


@posteriors.register("full")
class FullLayer(DiagonalLayer):
    """features -> (mu, s, offdiag): a diagonal Gaussian whose dimensions may lean on each other.

    How far is told in units of a row's own exp(s), so that narrow posteriors tilt as easily as wide
    ones: offdiag_ij = exp(s_i) lean_ij.
    """

    def __init__(self, width: int, latent_dim: int) -> None:
        super().__init__(width, latent_dim)
        pairs = latent_dim * (latent_dim - 1) // 2
        self.lean = Lean(width, pairs) if pairs else None

    def forward(self, features: Tensor) -> Posterior:
        """(B, width) -> Gaussians."""
        mean, logvar = self.moments(features)
        log_scale = limited(0.5 * logvar)  # what the leaning is measured in, too
        if self.lean is None:
            return FullGaussian(mean, log_scale, log_scale[:, :0])
        own = log_scale.exp()[:, _rows(self.latent_dim, mean.device)]
        return FullGaussian(mean, log_scale, own * self.lean(features))
