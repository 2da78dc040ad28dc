"""A bent Gaussian, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.config import setting
from explorer.models.pieces.posteriors import PosteriorPiece, posterior_pieces


@posterior_pieces.register("flow")
@dataclass(frozen=True)
class Flow(PosteriorPiece):
    """A code is a Gaussian that is bent by a chain of steps."""

    name = "flow"
    title = "a bent Gaussian"
    help = "A code is a Gaussian that is bent by a chain of steps."

    flow_steps: int = setting(
        4, "Flow steps", "Steps that bend the Gaussian; 0 leaves it diagonal.", low=0, high=64
    )
