"""A stroke of the pointer."""

from __future__ import annotations

from explorer.analysis.latent.joins import Join, joins


class Drawn(Join):
    """As it was drawn."""

    title, order, by_hand = "Drawn", 30, True
    tip = "As it was drawn, in equal steps"


joins.register("drawn")(Drawn())
