"""No hidden layer, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.models.pieces.bodies import BodyPiece, body_pieces


@body_pieces.register("linear")
@dataclass(frozen=True)
class Linear(BodyPiece):
    """One linear map each way, as PCA has it."""

    name = "linear"
    title = "linear"
    help = "One linear map each way, as PCA has it"
    order = 40
    everywhere = False
