"""A tilted Gaussian, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.models.pieces.posteriors import PosteriorPiece, posterior_pieces


@posterior_pieces.register("full")
@dataclass(frozen=True)
class Full(PosteriorPiece):
    """A code is a Gaussian whose dimensions may lean on each other."""

    name = "full"
    title = "a tilted Gaussian"
    help = "A code is a Gaussian whose dimensions may lean on each other."
