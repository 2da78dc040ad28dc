"""How probable a level is: the mass of a density between the middles to its neighbours.

Values in [0, 1] that come in steps, k / levels with k = 0 .. levels, are no draws of a density: a
density of points has no ceiling, a mass cannot exceed 1 (theory, section 2.4). A level's bin is one
step wide and has the level in its middle; the lowest one is open to -infinity, the highest to
infinity, so that the masses add up to 1 (Salimans et al. 2017, Ho et al. 2020). All is in
logarithms and holds in float32 as far out as squares do. Any shape.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import softplus

from explorer.models.exponential import log_partition

LOG_2PI = math.log(2.0 * math.pi)
NODES, SHARES = (torch.from_numpy(one) for one in np.polynomial.legendre.leggauss(6))
NARROW = 1.0  # width of a bin times its distance from 0 below which the density is summed in it


class Symmetric(ABC):
    """A distribution around 0, as X in location + scale X."""

    @abstractmethod
    def above(self, t: Tensor) -> Tensor:
        """P(X > t)."""

    @abstractmethod
    def log_above(self, t: Tensor) -> Tensor:
        """log P(X > t)."""

    @abstractmethod
    def log_between(self, centre: Tensor, half: Tensor) -> Tensor:
        """log P(centre - half < X < centre + half), half > 0."""

    @abstractmethod
    def draw(self, like: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """Draws of X in the shape, type and place of ``like``."""


class Logistic(Symmetric):
    """P(X < t) = sigmoid(t)."""

    def above(self, t: Tensor) -> Tensor:
        """sigmoid(-t)."""
        return torch.sigmoid(-t)

    def log_above(self, t: Tensor) -> Tensor:
        """-log(1 + e^t)."""
        return -softplus(t)

    def log_between(self, centre: Tensor, half: Tensor) -> Tensor:
        """sigmoid(b) - sigmoid(a) = sigmoid(b) sigmoid(-a) (1 - e^(a - b)): nothing cancels."""
        both = softplus(-centre - half) + softplus(centre - half)
        return torch.log(-torch.expm1(-2.0 * half)) - both

    def draw(self, like: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """logit(u)."""
        u = torch.empty_like(like).uniform_(generator=generator)
        tiny = torch.finfo(u.dtype).eps
        return torch.logit(u, eps=tiny)


class Normal(Symmetric):
    """N(0, 1)."""

    def above(self, t: Tensor) -> Tensor:
        """erfc(t / sqrt 2) / 2."""
        return 0.5 * torch.erfc(t * math.sqrt(0.5))

    def log_above(self, t: Tensor) -> Tensor:
        """By the scaled complement of the error function where t > 0: no underflow."""
        return _log_above(t, _log_scaled(t))

    def log_between(self, centre: Tensor, half: Tensor) -> Tensor:
        """A narrow bin by its density at six points, a wide one by both of its tails."""
        centre = centre.abs()
        half = half.expand_as(centre)
        narrow = 2.0 * half * centre.clamp(min=1.0) < NARROW
        if narrow.all():  # as nearly always: the rest takes six times as long
            return _narrow(centre, half, narrow)
        return torch.where(narrow, _narrow(centre, half, narrow), _wide(centre, half, narrow))

    def draw(self, like: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """Standard normal ones."""
        return torch.empty_like(like).normal_(generator=generator)


def _log_above(t: Tensor, scaled: Tensor) -> Tensor:
    """log Q(t), Q(t) = P(X > t), with what `_log_scaled` gives."""
    near = torch.log1p(-0.5 * torch.erfc(-t.clamp(max=0.0) * math.sqrt(0.5)))
    return torch.where(t > 0.0, scaled - 0.5 * t.square(), near)


def _wide(centre: Tensor, half: Tensor, narrow: Tensor) -> Tensor:
    """log(Q(u) - Q(v)) = log Q(u) + log(1 - Q(v) / Q(u)); far out squares cancel by hand."""
    half = half.masked_fill(narrow, NARROW)
    u, v = centre - half, centre + half
    at_u, at_v = _log_scaled(u), _log_scaled(v)
    near = _log_above(u, at_u)
    apart = torch.where(u > 0.0, at_u - at_v + 2.0 * centre * half, near - _log_above(v, at_v))
    return near + torch.log(-torch.expm1(-apart))


def _log_scaled(t: Tensor) -> Tensor:
    """log(Q(t) e^(t^2 / 2)) of t > 0; log 1/2 of others."""
    return torch.log(0.5 * torch.special.erfcx(t.clamp(min=0.0) * math.sqrt(0.5)))


def _narrow(centre: Tensor, half: Tensor, narrow: Tensor) -> Tensor:
    """log of phi(c) int exp(-c t - t^2 / 2) dt over a bin, by Gauss and Legendre: good to 1e-10."""
    half = half.masked_fill(~narrow, 0.5 * NARROW)
    away = centre.masked_fill(~narrow, 0.0)
    total = torch.zeros_like(half)
    for node, share in zip(NODES.tolist(), SHARES.tolist(), strict=True):
        t = node * half
        total = total + share * torch.exp(-t * (away + 0.5 * t))
    return -0.5 * (centre.square() + LOG_2PI) + torch.log(half * total)


LOGISTIC, NORMAL = Logistic(), Normal()


def level_of(x: Tensor, levels: int) -> Tensor:
    """The level k = 0 .. levels next to x, as a number of its type."""
    return torch.round(x * levels).clamp(0, levels)


def log_mass(noise: Symmetric, location: Tensor, scale: Tensor, x: Tensor, levels: int) -> Tensor:
    """log P(the level of x) for each feature, where a value is location + scale X."""
    level = level_of(x, levels)
    centre, half = (level / levels - location) / scale, 0.5 / (levels * scale)
    inside = noise.log_between(centre, half)
    at_end = ((level == 0) | (level == levels)).expand_as(centre)
    outwards = torch.where(level == 0, -centre, centre) - half
    return inside.masked_scatter(at_end, noise.log_above(outwards[at_end]))


def expected(noise: Symmetric, location: Tensor, scale: Tensor, levels: int) -> Tensor:
    """E of the level / levels: the mean of P(value > edge) over the edges between levels."""
    total = torch.zeros_like(location)
    for k in range(levels):
        total += noise.above(((k + 0.5) / levels - location) / scale)
    return total / levels


def drawn(
    noise: Symmetric,
    location: Tensor,
    scale: Tensor,
    levels: int,
    generator: torch.Generator | None = None,
) -> Tensor:
    """Values k / levels, each with the probability of its level."""
    return level_of(location + scale * noise.draw(location, generator), levels) / levels


def log_mass_of_exponential(t: Tensor, x: Tensor, levels: int) -> Tensor:
    """log P(the level of x) for each feature under e^(x t) on [0, 1], the continuous Bernoulli.

    Bins end at 0 and 1, where the density does: int e^(x t - A(t)) dx over one that starts at a and
    is w wide is a t + A(w t) - A(t) + log w.
    """
    level = level_of(x, levels)
    start = ((level - 0.5) / levels).clamp(min=0.0)
    width = ((level + 0.5) / levels).clamp(max=1.0) - start
    return start * t + log_partition(width * t) - log_partition(t) + torch.log(width)
