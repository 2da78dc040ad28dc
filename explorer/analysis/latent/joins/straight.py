"""Straight lines from node to node."""

from __future__ import annotations

from explorer.analysis.latent.joins import Join, joins


class Straight(Join):
    """The nodes themselves."""

    title, order = "Straight", 0
    tip = "(1 - t) a + t b from point to point"


joins.register("straight")(Straight())
