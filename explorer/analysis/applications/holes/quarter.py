"""A quarter of a sample, at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.analysis.applications.holes import Hole, holes

if TYPE_CHECKING:
    from explorer.analysis.applications.holes import Mask, Shares


class Quarter(Hole):
    """See its title."""

    title, along, order = "Lower right quarter", "Last quarter", 0

    def hides(self, down: Shares, right: Shares) -> Mask:
        """The middles that lie in it."""
        return (down >= 0.5) & (right >= 0.5)

    def hides_along(self, right: Shares) -> Mask:
        """The last of four."""
        return right >= 0.75


holes.register("quarter")(Quarter())
