"""What codes are drawn from where log p(x) is estimated: a mixture that misses no mode it can see.

A defensive mixture (Owen & Zhou 2000): the encoder's posterior, Gaussians at two modes, a wide one,
and the prior. A weight is p(x, z) over the density of the whole mixture, whichever part z was drawn
from (the balance heuristic, Veach & Guibas 1995), so that the mean of the weights has no bias.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from explorer.analysis.evidence.modes import Modes
from explorer.models.posteriors import Posterior
from explorer.models.priors import Prior

ENCODER, BEST, SECOND, WIDE, PRIOR = range(5)
PATTERN = (ENCODER, BEST, SECOND, BEST, PRIOR, BEST, WIDE, BEST, SECOND, ENCODER)
INFLATED, WIDENED = 1.1, 1.7  # times the widths of a mode
LOG_2PI = math.log(2.0 * math.pi)


class Alone:
    """The encoder's posterior by itself."""

    def __init__(self, posterior: Posterior) -> None:
        self.posterior = posterior

    def sample(self, parts: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Codes and their log-density: (L, B, d), (L, B)."""
        return self.posterior.sample_with_log_prob(generator, len(parts))


@dataclass(frozen=True, eq=False)
class Proposal:
    """The mixture for B samples. mean: (3, B, d) of its Gaussians; root: (3, B, d, d).

    whitening: (3, B, d, d), the inverses of the roots. shares: (5,) of all draws that each part
    has.
    """

    posterior: Posterior
    prior: Prior
    mean: Tensor
    root: Tensor
    whitening: Tensor
    shares: Tensor

    @classmethod
    def at(cls, modes: Modes, posterior: Posterior, prior: Prior, shares: Tensor) -> Proposal:
        """Around two modes, the first of them twice."""
        mean = torch.stack([modes.mean[0], modes.mean[-1], modes.mean[0]])
        sizes = ((0, INFLATED), (-1, INFLATED), (0, WIDENED))
        root = torch.stack([modes.root[i] * by for i, by in sizes])
        upright = torch.eye(root.shape[-1], device=root.device, dtype=torch.float64)
        whitening = torch.linalg.solve_triangular(root.double(), upright, upper=False)
        return cls(posterior, prior, mean, root, whitening.to(root), shares)

    def sample(self, parts: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Codes from ``parts`` (L,) and their log-density in the mixture: (L, B, d), (L, B)."""
        z = self.draw(parts, generator)
        return z, self.log_prob(z)

    def draw(self, parts: Tensor, generator: torch.Generator) -> Tensor:
        """A code of each sample from each of ``parts`` (L,): (L, B, d)."""
        b, d = self.mean.shape[1:]
        z = self.mean.new_empty(len(parts), b, d)
        for part in sorted(set(parts.tolist())):
            here = torch.nonzero(parts == part)[:, 0].to(z.device)
            z[here] = self._drawn(part, len(here), generator)
        return z

    def _drawn(self, part: int, count: int, generator: torch.Generator) -> Tensor:
        b, d = self.mean.shape[1:]
        if part == ENCODER:
            return self.posterior.sample(generator, count)
        if part == PRIOR:
            return self.prior.sample(count * b, generator).to(self.mean).view(count, b, d)
        eps = self.mean.new_empty(b, count, d).normal_(generator=generator)
        return self.mean[part - 1] + (eps @ self.root[part - 1].mT).transpose(0, 1)

    def log_prob(self, z: Tensor) -> Tensor:
        """log of the mixture's density: (L, B, d) -> (L, B)."""
        return self.by_part(z).logsumexp(0)

    def by_part(self, z: Tensor) -> Tensor:
        """log of each part's share times its density: (L, B, d) -> (5, L, B)."""
        parts = [self.posterior.log_prob(z), *self._gaussians(z), self.prior.log_prob(z)]
        logs = self.shares.to(z).log()
        return torch.stack([one + log for one, log in zip(parts, logs, strict=True)])

    def _gaussians(self, z: Tensor) -> Tensor:
        """log-densities (3, L, B), by products of matrices: (L, d) with (d, d) for each sample."""
        away = z.transpose(0, 1) - self.mean[:, :, None]  # (3, B, L, d)
        eps = away @ self.whitening.mT
        size = self.root.diagonal(dim1=-2, dim2=-1).log().sum(-1)  # (3, B)
        return (-0.5 * (eps.square() + LOG_2PI).sum(-1) - size[..., None]).mT


def pattern(draws: int) -> Tensor:
    """Which part each draw is from: (draws,) int64, ten after ten alike."""
    return torch.tensor(PATTERN).repeat(-(-draws // len(PATTERN)))[:draws]


def shares_of(parts: Tensor) -> Tensor:
    """The share of the draws (L,) that each part has: (5,) float64."""
    return torch.bincount(parts, minlength=PRIOR + 1).double() / len(parts)
