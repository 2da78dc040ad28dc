"""Kinds of noise, one a file: what is put onto samples, for a model to take off again.

A new one is a file that registers a `Noise`: settings of trainings, the page that removes noise,
and `denoise` offer it. Help pages read its words, so that torch is imported inside. See theory,
section 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.registry import Registry

if TYPE_CHECKING:
    import torch
    from torch import Tensor

Ends = tuple[float, float]


class Noise:
    """One of them. title: what lists say. tip: a sentence on what it does; order: in those.

    amount: what its number is, in a word or two. symbol: what stands before that number.
    """

    title: str = ""
    tip: str = ""
    amount: str = ""
    symbol: str = ""
    order: float = 0

    def apply(
        self, x: Tensor, amount: float, generator: torch.Generator | None, ends: Ends
    ) -> Tensor:
        """Of samples (B, C, H, W) ones with noise, of the same shape; x stays as it is.

        generator: on their device. ends: the lowest and the highest value that noise may bring.
        """
        raise NotImplementedError


noises: Registry[Noise] = Registry("noise")


def in_order() -> list[str]:
    """Their names, as they are offered."""
    return sorted(noises, key=lambda name: noises[name].order)


def amounts() -> str:
    """What the number is of each: ``gaussian: sigma; patch: share of each side``."""
    return "; ".join(f"{name}: {noises[name].amount}" for name in in_order())


noises.discover(__name__)
