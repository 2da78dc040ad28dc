"""Probabilities of levels: a density's mass between the middles to the next ones.

Values that come in steps, as 8-bit pictures do, have a probability and not a density: log p is at
most 0, and -log2 p is the length of a code (theory, section 2.4).
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn.functional import softplus

from explorer.models import levels
from explorer.models.levels import LOGISTIC, NORMAL, Symmetric
from explorer.models.likelihoods import Likelihood, Link, flat, likelihoods, summed
from explorer.models.likelihoods.gaussian import START as LOG_SIGMA

NARROWEST = 3.0  # nats of log scale below one step: the level in the middle has all the mass
FEW = 32  # levels
START = -1.5  # log scale of a fresh logistic, as wide as a Gaussian of e^-1


class Discretised(Likelihood, ABC):
    """The level next to location + scale X, the lowest and highest level open to infinity.

    The location is 1/2 + raw and may leave [0, 1], whatever the link: so an even background can be
    as good as sure, and is shown black or white.
    """

    discrete = True
    mass_is_exact = True
    noise: ClassVar[Symmetric]

    @abstractmethod
    def parts(self, raw: Tensor) -> tuple[Tensor, Tensor]:
        """Location (..., C, H, W) and scale, which has that shape too or none."""

    @property
    def floor(self) -> float:
        """The least log scale: where it is much below a step nothing changes any more."""
        return -math.log(self.levels) - NARROWEST

    def log_prob(self, raw: Tensor, x: Tensor) -> Tensor:
        """sum of log P(the level of x); x that lies between levels counts as the next one."""
        return summed(levels.log_mass(self.noise, *self.parts(raw), x, self.levels))

    @property
    def tabled(self) -> bool:  # type: ignore[override]
        """Of few levels a table of each is a product of matrices; bytes take a minute a mesh."""
        return self.levels <= FEW

    def log_prob_table(self, raw: Tensor, x: Tensor) -> Tensor:
        """Level after level: its mass at each feature, for the samples that have it there."""
        if not self.tabled:
            return super().log_prob_table(raw, x)
        location, scale = self.parts(raw)
        level = levels.level_of(x, self.levels).flatten(1).cpu()  # (B, D)
        total = torch.zeros(len(raw), len(x), dtype=torch.float64)
        for k in range(self.levels + 1):
            value = torch.full_like(location, k / self.levels)
            mass = levels.log_mass(self.noise, location, scale, value, self.levels)
            total += flat(mass) @ (level == k).double().T
        return total

    def log_mass(self, raw: Tensor, x: Tensor) -> Tensor:
        """The same."""
        return self.log_prob(raw, x)

    def mean(self, raw: Tensor) -> Tensor:
        """E of the level, in [0, 1]."""
        return levels.expected(self.noise, *self.parts(raw), self.levels)

    def sample(self, raw: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """Levels."""
        return levels.drawn(self.noise, *self.parts(raw), self.levels, generator)


@likelihoods.register("discretised-logistic")
class DiscretisedLogistic(Discretised):
    """Location and scale of each feature from the decoder (Salimans et al. 2017)."""

    outputs = 2
    noise = LOGISTIC

    def parts(self, raw: Tensor) -> tuple[Tensor, Tensor]:
        """log scale is bent to stay between its floor and 0: (..., 2 C, H, W) -> (..., C, H, W)."""
        location, free = raw.chunk(2, -3)
        log_scale = self.floor + softplus(free + START - self.floor)
        return 0.5 + location, (-softplus(-log_scale)).exp()


@likelihoods.register("discretised-gaussian")
class DiscretisedGaussian(Discretised):
    """Location from the decoder, one learned sigma for all features (Ho et al. 2020).

    ``lr_scale`` lets log sigma travel faster than the weights, as in `LearnedGaussian`.
    """

    noise = NORMAL
    lr_scale = 10.0

    def __init__(self, link: Link = torch.sigmoid) -> None:
        super().__init__(link)
        self.free = nn.Parameter(torch.tensor(LOG_SIGMA / self.lr_scale))

    def parts(self, raw: Tensor) -> tuple[Tensor, Tensor]:
        """(..., C, H, W) and ()."""
        log_sigma = self.floor + softplus(self.lr_scale * self.free - self.floor)
        return 0.5 + raw, log_sigma.exp()
