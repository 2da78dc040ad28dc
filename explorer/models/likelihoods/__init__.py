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

from explorer.registry import Registry

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

    def log_prob_table(self, raw: Tensor, x: Tensor) -> Tensor:
        """log p(x|z) of every sample under every z, float64 on the CPU.

        (M, C', H, W), (B, C, H, W) -> (M, B). One sample after the other; families whose log p is
        linear in x and its square have it as a product of matrices.
        """
        columns = [self.log_prob(raw[:, None], one[None])[:, 0] for one in x]
        return torch.stack(columns, 1).cpu().double()

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
