"""Half of a sample, at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.analysis.applications.holes import Hole, holes

if TYPE_CHECKING:
    from explorer.analysis.applications.holes import Mask, Shares


class Half(Hole):
    """See its title."""

    title, along, order = "Lower half", "Last half", 20

    def hides(self, down: Shares, right: Shares) -> Mask:
        """From the middle on."""
        return down >= 0.5

    def hides_along(self, right: Shares) -> Mask:
        """From the middle on."""
        return right >= 0.5


holes.register("half")(Half())
