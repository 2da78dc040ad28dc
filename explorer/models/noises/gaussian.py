"""Gaussian noise: a draw of its own for each number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.models.noises import Ends, Noise, noises

if TYPE_CHECKING:
    import torch
    from torch import Tensor


class Gaussian(Noise):
    """x + sigma eps; not cut at the ends."""

    title, order = "Gaussian", 0
    tip = "Adds to each number a draw from N(0, \u03c3\u00b2)"
    amount, symbol = "sigma, in the units of x", "\u03c3"

    def apply(
        self, x: Tensor, amount: float, generator: torch.Generator | None, ends: Ends
    ) -> Tensor:
        """sigma = amount."""
        import torch

        return torch.empty_like(x).normal_(generator=generator).mul_(amount).add_(x)


noises.register("gaussian")(Gaussian())
