"""The uniform one over codes, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.models.pieces.codebook import CodebookPiece
from explorer.models.pieces.priors import PriorPiece, prior_pieces


@prior_pieces.register("codes")
@dataclass(frozen=True)
class UniformCodes(CodebookPiece, PriorPiece):
    """Each grid of codes is as likely as any other."""

    name = "codes"
    title = "the uniform one over codes"
    help = "Each grid of codes is as likely as any other."
