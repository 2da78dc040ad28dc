"""How the numbers of one sample lie in an array on the disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn, Protocol

from explorer.errors import DataError


class Stored(Protocol):
    """An array as far as its header tells of it; the first axis is that of the samples."""

    @property
    def name(self) -> str:
        """What the file calls it."""

    @property
    def where(self) -> str:
        """Its file."""

    @property
    def shape(self) -> tuple[int, ...]:
        """(n, ...)."""


@dataclass(frozen=True)
class Layout:
    """kind: a name in the registry of kinds. shape: (H, W, C) of one sample.

    order: how it lies on the disk: hw, hwc, chw, lc, cl or flat. warnings: what had to be guessed.
    """

    kind: str
    shape: tuple[int, int, int]
    order: str
    warnings: tuple[str, ...] = ()


def refuse(source: Stored, kind: str, wanted: str) -> NoReturn:
    """Raise DataError: an array of this shape holds no samples of that kind."""
    raise DataError(
        f"{source.name} of shape {shape_text(source.shape)} cannot be read as {kind}",
        where=source.where,
        remedy=f"give {wanted}",
    )


def shape_text(shape: Sequence[int]) -> str:
    """A shape as Python writes it: (60, 28, 28), (5,)."""
    return "(" + ", ".join(str(s) for s in shape) + ("," if len(shape) == 1 else "") + ")"
