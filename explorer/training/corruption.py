"""Noise for denoising: what is put onto the encoder's input while the clean x is scored.

Each takes samples (B, C, H, W), an amount, a generator on their device and the lowest and highest
value that noise may bring, and returns samples of the same shape. See theory, section 4.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from explorer.registry import Registry

Ends = tuple[float, float]
Corruption = Callable[[Tensor, float, torch.Generator | None, Ends], Tensor]
corruptions: Registry[Corruption] = Registry("corruption")

BLANK = 0.0  # what a masked patch shows: black, or the mean of a standardised feature


@corruptions.register("gaussian")
def gaussian(x: Tensor, amount: float, generator: torch.Generator | None, ends: Ends) -> Tensor:
    """x + sigma eps, sigma = amount; not cut at the ends."""
    return torch.empty_like(x).normal_(generator=generator).mul_(amount).add_(x)


@corruptions.register("salt-and-pepper")
def salt_and_pepper(
    x: Tensor, amount: float, generator: torch.Generator | None, ends: Ends
) -> Tensor:
    """A share ``amount`` of all numbers becomes one of the two ends, either as likely."""
    u = torch.empty_like(x).uniform_(generator=generator)
    noisy = torch.where(u < 0.5 * amount, ends[0], ends[1])
    return torch.where(u < amount, noisy, x)


@corruptions.register("patch")
def patch(x: Tensor, amount: float, generator: torch.Generator | None, ends: Ends) -> Tensor:
    """A patch anywhere, ``amount`` of each side long (at least one pixel), is blank.

    In a signal it is a stretch of time, in a table some columns in a row.
    """
    *_, height, width = x.shape
    inside = (
        _stretch(x, height, amount, generator)[:, :, None]
        & (_stretch(x, width, amount, generator)[:, None, :])
    )
    return x.masked_fill(inside[:, None], BLANK)  # (B, 1, H, W)


def _stretch(x: Tensor, side: int, share: float, generator: torch.Generator | None) -> Tensor:
    """For each sample a run of ``share * side`` places: (B, side) bool."""
    length = min(side, max(1, round(share * side)))
    start = torch.randint(side - length + 1, (len(x), 1), generator=generator, device=x.device)
    place = torch.arange(side, device=x.device)
    return (place >= start) & (place < start + length)
