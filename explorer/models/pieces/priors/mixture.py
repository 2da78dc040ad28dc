"""A mixture of Gaussians, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.config import setting
from explorer.models.pieces.priors import PriorPiece, prior_pieces


@prior_pieces.register("mixture")
@dataclass(frozen=True)
class Mixture(PriorPiece):
    """Codes are expected in groups, which are learned."""

    name = "mixture"
    title = "a mixture of Gaussians"
    help = "Codes are expected in groups, which are learned."

    components: int = setting(10, "Components", "Gaussians in the prior.", low=1, high=10_000)
