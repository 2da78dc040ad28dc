"""p(x|z): what the decoder's output means (math section 2).

The decoder emits *raw* numbers, one picture of them per draw: (L, B, C, H, W). A likelihood scores
a sample under them, shows their mean and samples pixels. Scores are nats, summed over D features.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, softplus

from explorer.models.exponential import continuous_bernoulli_log_prob, continuous_bernoulli_mean
from explorer.registry import Registry

LOG_2PI = math.log(2.0 * math.pi)
LOG_SIGMA_FLOOR = -6.0
START = -1.0  # log sigma of a fresh model: between the spread of pixels and a good fit
Link = Callable[[Tensor], Tensor]
LINKS: dict[str, Link] = {"sigmoid": torch.sigmoid, "identity": lambda raw: raw}


class Likelihood(nn.Module, ABC):
    """Scores, shows and samples x given the decoder's raw output; learned ones hold parameters.

    link: raw -> location, for those whose mean is not settled by their own form.
    """

    outputs: int = 1  # raw numbers per feature

    def __init__(self, link: Link = torch.sigmoid) -> None:
        super().__init__()
        self.link = link

    @abstractmethod
    def log_prob(self, raw: Tensor, x: Tensor) -> Tensor:
        """log p(x|z), summed over features: (L, B, C, H, W), (B, C, H, W) -> (L, B)."""

    @abstractmethod
    def mean(self, raw: Tensor) -> Tensor:
        """E[x|z], which is what a screen shows; same shape as raw."""

    @abstractmethod
    def sample(self, raw: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """Pixels drawn from p(x|z); same shape as raw."""


likelihoods: Registry[type[Likelihood]] = Registry("likelihood")


def summed(per_feature: Tensor) -> Tensor:
    """(..., C, H, W) -> (...)."""
    return per_feature.flatten(-3).sum(-1)


@likelihoods.register("bernoulli")
class Bernoulli(Likelihood):
    """Bernoulli on logits; a likelihood for x in {0, 1} only."""

    def log_prob(self, raw: Tensor, x: Tensor) -> Tensor:
        """sum of x log p + (1 - x) log(1 - p), on logits."""
        target = x.expand_as(raw)
        return -summed(binary_cross_entropy_with_logits(raw, target, reduction="none"))

    def mean(self, raw: Tensor) -> Tensor:
        """p = sigmoid(raw)."""
        return torch.sigmoid(raw)

    def sample(self, raw: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """Black or white."""
        return torch.bernoulli(torch.sigmoid(raw), generator=generator)


@likelihoods.register("continuous-bernoulli")
class ContinuousBernoulli(Likelihood):
    """A density on [0, 1] with the Bernoulli's shape; shown by its mean, not its parameter.

    Loaiza-Ganem & Cunningham 2019. Unbounded where x is exactly 0 or 1: on pictures with an even
    background the logits, and with them the codes, drift outwards for as long as one trains.
    """

    def log_prob(self, raw: Tensor, x: Tensor) -> Tensor:
        """sum of x t - A(t), t = raw."""
        return continuous_bernoulli_log_prob(raw, x)

    def mean(self, raw: Tensor) -> Tensor:
        """A'(t), which is not sigmoid(t)."""
        return continuous_bernoulli_mean(raw)

    def sample(self, raw: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """By the inverse of the distribution function."""
        u = uniform_like(raw, generator)
        t = -raw.abs().clamp(min=1e-3)  # the inverse of the distribution function, for t < 0
        low = torch.log1p(u * torch.expm1(t)) / t
        return torch.where(raw > 0, 1.0 - low, low)


class Gaussian(Likelihood, ABC):
    """N(m, sigma^2) for every feature, m = link(raw)."""

    @abstractmethod
    def log_sigma(self) -> Tensor:
        """log sigma in the units of x: ()."""

    def log_prob(self, raw: Tensor, x: Tensor) -> Tensor:
        """-1/2 sum of (x - m)^2 / sigma^2 + 2 log sigma + log 2 pi."""
        features = x[0].numel()
        log_sigma = self.log_sigma()
        squares = summed((self.link(raw) - x).square())  # (L, B)
        constant = features * (log_sigma + 0.5 * LOG_2PI)
        return -0.5 * squares * (-2.0 * log_sigma).exp() - constant

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

    ``pace`` lets log sigma travel faster than the weights: Adam moves a parameter by about the
    learning rate a step, and sigma has one to three nats to go.
    """

    pace = 10.0

    def __init__(self, link: Link = torch.sigmoid) -> None:
        super().__init__(link)
        self.free = nn.Parameter(torch.tensor(START / self.pace))

    def log_sigma(self) -> Tensor:
        """Above its floor by softplus."""
        return LOG_SIGMA_FLOOR + softplus(self.pace * self.free - LOG_SIGMA_FLOOR)


def uniform_like(raw: Tensor, generator: torch.Generator | None) -> Tensor:
    """Draws from U(0, 1) in the shape, type and place of ``raw``."""
    return torch.rand(raw.shape, generator=generator, dtype=raw.dtype, device=raw.device)
