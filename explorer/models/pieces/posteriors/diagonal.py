"""A Gaussian along the axes, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.models.pieces.posteriors import PosteriorPiece, posterior_pieces


@posterior_pieces.register("diagonal")
@dataclass(frozen=True)
class Diagonal(PosteriorPiece):
    """A code is a Gaussian whose dimensions are independent."""

    name = "diagonal"
    title = "a Gaussian along the axes"
    help = "A code is a Gaussian whose dimensions are independent."
