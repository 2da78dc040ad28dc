"""Dense layers, as a piece to choose."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.models.pieces.bodies import WithDropout, body_pieces


@body_pieces.register("mlp")
@dataclass(frozen=True)
class Mlp(WithDropout):
    """Dense layers: quick, good for small samples."""

    name = "mlp"
    title = "dense layers"
    help = "Dense layers: quick, good for small samples"
    order = 10
