"""A patch: one part of each sample is blank, wherever it falls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.models.noises import Ends, Noise, noises

if TYPE_CHECKING:
    import torch
    from torch import Tensor

BLANK = 0.0  # what is in it: black, or the mean of a standardised feature


class Patch(Noise):
    """In a signal it is a stretch of time, in a table some columns in a row."""

    title, order = "Patch", 20
    tip = "Blanks a patch of the sample, at a place that is drawn"
    amount, symbol = "share of each side", "side"

    def apply(
        self, x: Tensor, amount: float, generator: torch.Generator | None, ends: Ends
    ) -> Tensor:
        """``amount`` of each side long, and at least one pixel."""
        *_, height, width = x.shape
        down = stretch(x, height, amount, generator)[:, :, None]
        inside = down & stretch(x, width, amount, generator)[:, None, :]
        return x.masked_fill(inside[:, None], BLANK)  # (B, 1, H, W)


def stretch(x: Tensor, side: int, share: float, generator: torch.Generator | None) -> Tensor:
    """For each sample a run of ``share * side`` places: (B, side) bool."""
    import torch

    length = min(side, max(1, round(share * side)))
    start = torch.randint(side - length + 1, (len(x), 1), generator=generator, device=x.device)
    place = torch.arange(side, device=x.device)
    return (place >= start) & (place < start + length)


noises.register("patch")(Patch())
