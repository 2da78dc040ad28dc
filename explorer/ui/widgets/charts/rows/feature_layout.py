"""Where names, axis and values of a row of features stand."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.ui.widgets.charts.rows.series import REACH

LINE, SECOND = 18, 15  # px of a feature, and of the values where they stand below the name
EDGE = 3.0  # standard deviations at the ends of the axis, where no other is given
TICK_ROOM = 31  # px from one word below the axis to the next


@dataclass(frozen=True)
class FeatureLayout:
    """px from the left: names end, the axis runs from left to right, the columns of values end.

    below: whether the values stand below, where there is no room for all of it in one line.
    edge: standard deviations at the ends of the axis; what lies beyond is marked at the end.
    """

    name: float
    left: float
    right: float
    ends: tuple[float, ...]
    columns: tuple[float, ...] = ()
    below: bool = False
    edge: float = EDGE

    @property
    def height(self) -> int:
        """px of a feature."""
        return LINE + SECOND if self.below else LINE

    def x(self, place: float) -> float:
        """Of so many standard deviations."""
        inner = max(self.right - self.left - 2 * REACH, 0.0)
        share = (min(max(place, -self.edge), self.edge) + self.edge) / (2 * self.edge)
        return self.left + REACH + share * inner

    def ticks(self, middle: str) -> tuple[tuple[float, str], ...]:
        """Places and words below the axis, as many letters as there is room for.

        middle: what is said at 0.
        """
        end = self.edge / 1.5
        apart = self.x(end) - self.x(0.0)
        if apart > TICK_ROOM:
            return (-end, f"\u2212{end:g}"), (0.0, middle), (end, f"+{end:g} sd")
        if apart > TICK_ROOM / 2:
            return (-end, f"\u2212{end:g}"), (0.0, "0"), (end, f"+{end:g}")
        return ((0.0, "0"),)
