"""Convolutions over a picture, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.data.kinds import Kind
from explorer.models.pieces.bodies import WithDropout, body_pieces


@body_pieces.register("conv")
@dataclass(frozen=True)
class Conv(WithDropout):
    """Convolutions over pictures: for larger ones and for colour."""

    name = "conv"
    title = "convolutions"
    help = "Convolutions over pictures: for larger ones and for colour"
    order = 20

    @classmethod
    def fits(cls, kind: Kind) -> bool:
        """Where neighbours lie in two directions."""
        return kind.in_plane
