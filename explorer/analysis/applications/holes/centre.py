"""The middle of a sample: all around it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.analysis.applications.holes import Hole, holes

if TYPE_CHECKING:
    from explorer.analysis.applications.holes import Mask, Shares


class Centre(Hole):
    """See its title."""

    title, along, order = "Centre", "Middle quarter", 10

    def hides(self, down: Shares, right: Shares) -> Mask:
        """Half of each side."""
        return (abs(down - 0.5) < 0.25) & (abs(right - 0.5) < 0.25)

    def hides_along(self, right: Shares) -> Mask:
        """An eighth on either side of the middle."""
        return abs(right - 0.5) < 0.125


holes.register("centre")(Centre())
