"""The network of Burda et al. 2015, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.models.pieces.bodies import WithDropout, body_pieces


@body_pieces.register("burda")
@dataclass(frozen=True)
class Burda(WithDropout):
    """Two hidden layers of tanh units, 200 wide in Burda et al. 2015."""

    name = "burda"
    title = "two tanh layers"
    help = "Two hidden layers of tanh units, 200 wide in Burda et al. 2015"
    order = 30
