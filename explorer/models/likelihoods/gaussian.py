"""Gaussians: what they differ in is where sigma comes from."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod

import torch
from torch import Tensor, nn
from torch.nn.functional import softplus

from explorer.models.levels import NORMAL, log_mass
from explorer.models.likelihoods import Likelihood, Link, flat, likelihoods, summed

LOG_2PI = math.log(2.0 * math.pi)
LOG_SIGMA_FLOOR = -6.0
START = -1.0  # log sigma of a fresh model: between the spread of pixels and a good fit


class Gaussian(Likelihood, ABC):
    """N(m, sigma^2) for every feature, m = link(raw)."""

    mass_is_exact = True

    @abstractmethod
    def log_sigma(self) -> Tensor:
        """log sigma in the units of x: ()."""

    def log_prob(self, raw: Tensor, x: Tensor) -> Tensor:
        """-1/2 sum of (x - m)^2 / sigma^2 + 2 log sigma + log 2 pi."""
        return self._of_squares(summed((self.link(raw) - x).square()), x[0].numel())

    def log_prob_(self, raw: Tensor, x: Tensor) -> Tensor:
        """The differences are written over ``raw``, and their norm needs no squares."""
        torch.sub(self.link(raw), x, out=raw)
        squares = torch.linalg.vector_norm(raw.flatten(-3), dim=-1).square()
        return self._of_squares(squares, x[0].numel())

    def _of_squares(self, squares: Tensor, features: int) -> Tensor:
        """From the sums of (x - m)^2, any shape."""
        log_sigma = self.log_sigma().to(squares)
        constant = features * (log_sigma + 0.5 * LOG_2PI)
        return -0.5 * squares * (-2.0 * log_sigma).exp() - constant

    def log_prob_table(self, raw: Tensor, x: Tensor) -> Tensor:
        """(x - m)^2 = x^2 - 2 x m + m^2, summed."""
        mean, rows = flat(self.link(raw)), flat(x)
        squares = mean.square().sum(1)[:, None] - 2.0 * mean @ rows.T + rows.square().sum(1)
        return self._of_squares(squares, rows.shape[1])

    def log_mass(self, raw: Tensor, x: Tensor) -> Tensor:
        """By the distribution function; the lowest and highest level are open to infinity."""
        sigma = self.log_sigma().exp()
        return summed(log_mass(NORMAL, self.link(raw), sigma.to(raw), x, self.levels))

    def mean(self, raw: Tensor) -> Tensor:
        """m = link(raw)."""
        return self.link(raw)

    def sample(self, raw: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """m + sigma eps: may leave [0, 1]."""
        noise = torch.randn(raw.shape, generator=generator, dtype=raw.dtype, device=raw.device)
        return self.link(raw) + self.log_sigma().exp() * noise


@likelihoods.register("gaussian")
class FixedGaussian(Gaussian):
    """sigma = 1 by default: the reconstruction term is half the SSE plus D/2 log 2 pi."""

    def __init__(self, link: Link = torch.sigmoid, sigma: float = 1.0) -> None:
        super().__init__(link)
        self.sigma = sigma

    def log_sigma(self) -> Tensor:
        """A constant."""
        return torch.tensor(math.log(self.sigma))


@likelihoods.register("gaussian-learned")
class LearnedGaussian(Gaussian):
    """One learned sigma for all features, bounded below by e^-6 (Rybkin et al. 2021).

    ``lr_scale`` lets log sigma travel faster than the weights: Adam moves a parameter by about the
    learning rate a step, and sigma has one to three nats to go.
    """

    lr_scale = 10.0

    def __init__(self, link: Link = torch.sigmoid) -> None:
        super().__init__(link)
        self.free = nn.Parameter(torch.tensor(START / self.lr_scale))

    def log_sigma(self) -> Tensor:
        """Above its floor by softplus."""
        return LOG_SIGMA_FLOOR + softplus(self.lr_scale * self.free - LOG_SIGMA_FLOOR)
