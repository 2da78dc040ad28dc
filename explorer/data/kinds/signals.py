"""Signals: values along time or another axis, in one channel or several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.data.kinds import Kind, kinds
from explorer.data.layout import Layout, Stored, refuse
from explorer.data.words.wording import many

if TYPE_CHECKING:
    from explorer.data.pictures.pixels import Bytes, Floats
    from explorer.data.preparation import Preparation

MOST_CHANNELS = 16  # sides up to this are channels, where the values are no bytes


class Signals(Kind):
    """(1, L, C) standardised numbers, drawn as a curve for each channel."""

    name = "signals"
    one, many = "signal", "signals"
    array_names = ("signals", "waves", "series")
    has_axis = True
    named_axis = 2
    chart = "curves"
    drawn_along = 1
    convolutions = "conv1d"

    def laid_out(self, source: Stored) -> Layout:
        """(n, L), (n, L, C), (n, C, L) where C is the short one, or our own (n, 1, L, C)."""
        axes = source.shape[1:]
        if len(axes) == 3 and axes[0] == 1:
            axes = axes[1:]
        if len(axes) == 1:
            return Layout(self.name, (1, axes[0], 1), "lc")
        if len(axes) == 3:
            refuse(source, self.many, "(n, length, channels)")
        a, b = axes
        if len(source.shape) == 3 and a < b and a <= MOST_CHANNELS:
            return Layout(self.name, (1, b, a), "cl")
        return Layout(self.name, (1, a, b), "lc")

    def told_shape(self, shape: tuple[int, int, int]) -> tuple[int, ...]:
        """(length, channels)."""
        return shape[1:]

    def counted(self, preparation: Preparation) -> str:
        """Channels, and their length."""
        channels = many(preparation.channels, "channel", "channels")
        return f"{channels} of {preparation.width:,} values"

    def drawn(self, row: Floats, preparation: Preparation, scale: int) -> Bytes:
        """Each channel from left to right, between its own limits."""
        from explorer.data.pictures.charts import curves_drawn

        return curves_drawn(row, preparation, scale)


kinds.register("signals")(Signals())
