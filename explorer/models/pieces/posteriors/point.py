"""A point, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.models.pieces.posteriors import PosteriorPiece, posterior_pieces


@posterior_pieces.register("point")
@dataclass(frozen=True)
class Point(PosteriorPiece):
    """A code is a point, and nothing says how sure it is."""

    name = "point"
    title = "a point"
    help = "A code is a point, and nothing says how sure it is."
