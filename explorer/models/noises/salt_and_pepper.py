"""Salt and pepper: some numbers are lost, and stand at an end of what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.models.noises import Ends, Noise, noises

if TYPE_CHECKING:
    import torch
    from torch import Tensor


class SaltAndPepper(Noise):
    """A share of all numbers becomes one of the two ends, either as likely."""

    title, order = "Salt and pepper", 10
    tip = "Makes a share of all numbers the lowest or the highest"
    amount, symbol = "share of all numbers", "share"

    def apply(
        self, x: Tensor, amount: float, generator: torch.Generator | None, ends: Ends
    ) -> Tensor:
        """The share is ``amount``; from 1 on it is all of them."""
        import torch

        u = torch.empty_like(x).uniform_(generator=generator)
        noisy = torch.where(u < 0.5 * amount, ends[0], ends[1])
        return torch.where(u < amount, noisy, x)


noises.register("salt-and-pepper")(SaltAndPepper())
