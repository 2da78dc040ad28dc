"""Convolutions along a signal, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.data.kinds import Kind
from explorer.models.pieces.bodies import WithDropout, body_pieces


@body_pieces.register("conv1d")
@dataclass(frozen=True)
class Conv1d(WithDropout):
    """Convolutions along a signal."""

    name = "conv1d"
    title = "convolutions along an axis"
    help = "Convolutions along a signal"
    order = 21
    stands_for = "conv"

    @classmethod
    def fits(cls, kind: Kind) -> bool:
        """Where values lie along an axis."""
        return kind.has_axis
