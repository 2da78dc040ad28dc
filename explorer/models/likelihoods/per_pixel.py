"""The Gaussian that tells a sigma for every pixel: the theory has it, and it is dangerous."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import softplus

from explorer.models.levels import NORMAL, log_mass
from explorer.models.likelihoods import Likelihood, flat, likelihoods, summed
from explorer.models.likelihoods.gaussian import LOG_2PI, LOG_SIGMA_FLOOR, START


@likelihoods.register("gaussian-per-pixel")
class PerPixelGaussian(Likelihood):
    """N(m, sigma^2), both from the decoder; log sigma >= -6 by softplus.

    Where the fit is exact, as on an even background, sigma runs to its floor: the bound rises by
    up to 5 nats a pixel and the samples get no better (Rybkin et al. 2021, table 3).
    """

    outputs = 2
    mass_is_exact = True

    def parts(self, raw: Tensor) -> tuple[Tensor, Tensor]:
        """m and log sigma: (..., 2 C, H, W) -> (..., C, H, W) each."""
        location, free = raw.chunk(2, -3)
        return self.link(location), LOG_SIGMA_FLOOR + softplus(free + START - LOG_SIGMA_FLOOR)

    def log_prob(self, raw: Tensor, x: Tensor) -> Tensor:
        """-1/2 sum of (x - m)^2 / sigma^2 + 2 log sigma + log 2 pi."""
        mean, log_sigma = self.parts(raw)
        eps = (x - mean) * (-log_sigma).exp()
        return summed(-0.5 * (eps.square() + LOG_2PI) - log_sigma)

    def log_prob_table(self, raw: Tensor, x: Tensor) -> Tensor:
        """The square multiplied out, as for one sigma."""
        mean, log_sigma = (flat(part) for part in self.parts(raw))
        rows, precision = flat(x), (-2.0 * log_sigma).exp()
        squares = precision @ rows.square().T - 2.0 * (mean * precision) @ rows.T
        own = (mean.square() * precision + 2.0 * log_sigma + LOG_2PI).sum(1)
        return -0.5 * (squares + own[:, None])

    def log_mass(self, raw: Tensor, x: Tensor) -> Tensor:
        """By the distribution function; the lowest and highest level are open to infinity."""
        mean, log_sigma = self.parts(raw)
        return summed(log_mass(NORMAL, mean, log_sigma.exp(), x, self.levels))

    def mean(self, raw: Tensor) -> Tensor:
        """m, the first C channels."""
        return self.link(raw.chunk(2, -3)[0])

    def sample(self, raw: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """m + sigma eps: may leave [0, 1]."""
        mean, log_sigma = self.parts(raw)
        return mean + log_sigma.exp() * torch.empty_like(mean).normal_(generator=generator)
