"""p(x|z): what the decoder's output means (theory, section 2.2).

The decoder emits *raw* numbers, one picture of them per draw: (L, B, C, H, W). A likelihood scores
a sample under them, shows their mean and samples pixels. Scores are nats, summed over D features.
One family a file.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

import torch
from torch import Tensor, nn

from explorer.models.levels import NODES, SHARES, level_of
from explorer.registry import Registry

Link = Callable[[Tensor], Tensor]
LINKS: dict[str, Link] = {"sigmoid": torch.sigmoid, "identity": lambda raw: raw}


class Likelihood(nn.Module, ABC):
    """Scores, shows and samples x given the decoder's raw output; learned ones hold parameters.

    link: raw -> location, for those whose mean is not settled by their own form. outputs: raw
    numbers per feature. levels: how many steps from 0 to 1 x comes in, 0 where it comes in none; a
    model's data say so. tabled: whether `log_prob_table` is quick enough for a mesh over all z.
    discrete: whether `log_prob` is a probability's, at most 0, and no density's. mass_is_exact:
    whether `log_mass` is no bound.
    """

    outputs: int = 1
    levels: int = 255
    tabled: bool = True
    discrete: bool = False
    mass_is_exact: bool = False

    def __init__(self, link: Link = torch.sigmoid) -> None:
        super().__init__()
        self.link = link

    @abstractmethod
    def log_prob(self, raw: Tensor, x: Tensor) -> Tensor:
        """log p(x|z), summed over features: (L, B, C, H, W), (B, C, H, W) -> (L, B)."""

    def log_prob_(self, raw: Tensor, x: Tensor) -> Tensor:
        """`log_prob` where ``raw`` is of no more use: it may be written over, without a gradient.

        For families that so pass over memory less often.
        """
        return self.log_prob(raw, x)

    def log_prob_table(self, raw: Tensor, x: Tensor) -> Tensor:
        """log p(x|z) of every sample under every z, float64 on the CPU.

        (M, C', H, W), (B, C, H, W) -> (M, B). One sample after the other; families whose log p is
        linear in x and its square have it as a product of matrices.
        """
        columns = [self.log_prob(raw[:, None], one[None])[:, 0] for one in x]
        return torch.stack(columns, 1).cpu().double()

    def log_mass(self, raw: Tensor, x: Tensor) -> Tensor:
        """log P(the levels of x | z), p(x|z) summed over the bin of each; shapes as in `log_prob`.

        Here a lower bound where all features are independent given z: the mean of log p(x + u|z)
        over u in the bin (Theis et al. 2016), by Gauss and Legendre. Of the lowest and the highest
        level only that half of the bin is taken that lies in [0, 1].
        """
        level = level_of(x, self.levels)
        low = ((level - 0.5) / self.levels).clamp(min=0.0)
        width = ((level + 0.5) / self.levels).clamp(max=1.0) - low
        total = summed(width.log())
        for node, share in zip(NODES.tolist(), SHARES.tolist(), strict=True):
            total = total + 0.5 * share * self.log_prob(raw, low + 0.5 * (node + 1.0) * width)
        return total

    @abstractmethod
    def mean(self, raw: Tensor) -> Tensor:
        """E[x|z], which is what a screen shows: (..., outputs * C, H, W) -> (..., C, H, W)."""

    @abstractmethod
    def sample(self, raw: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """Pixels drawn from p(x|z): (..., outputs * C, H, W) -> (..., C, H, W)."""


likelihoods: Registry[type[Likelihood]] = Registry("likelihood")


def summed(per_feature: Tensor) -> Tensor:
    """(..., C, H, W) -> (...)."""
    return per_feature.flatten(-3).sum(-1)


def flat(pictures: Tensor) -> Tensor:
    """(M, C, H, W) -> (M, D), float64 on the CPU: products of many numbers keep their digits."""
    return pictures.flatten(1).cpu().double()


def uniform_like(raw: Tensor, generator: torch.Generator | None) -> Tensor:
    """Draws from U(0, 1) in the shape, type and place of ``raw``."""
    return torch.rand(raw.shape, generator=generator, dtype=raw.dtype, device=raw.device)


likelihoods.discover(__name__)
