"""The standard normal, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.models.pieces.priors import PriorPiece, prior_pieces


@prior_pieces.register("standard-normal")
@dataclass(frozen=True)
class Standard(PriorPiece):
    """Codes are expected around 0, a standard deviation wide."""

    name = "standard-normal"
    title = "the standard normal"
    help = "Codes are expected around 0, a standard deviation wide."
