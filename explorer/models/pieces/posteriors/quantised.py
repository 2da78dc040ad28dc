"""Codes of a book, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.models.pieces.codebook import CodebookPiece
from explorer.models.pieces.posteriors import PosteriorPiece, posterior_pieces


@posterior_pieces.register("quantised")
@dataclass(frozen=True)
class Quantised(CodebookPiece, PosteriorPiece):
    """A code is one of a learned book at each position."""

    name = "quantised"
    title = "codes of a book"
    help = "A code is one of a learned book at each position."
