"""Rows of a table: numbers that each have a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.data.kinds import Kind, kinds
from explorer.data.layout import Layout, Stored, refuse
from explorer.data.words.wording import many

if TYPE_CHECKING:
    from explorer.data.pictures.pixels import Bytes, Floats
    from explorer.data.preparation import Preparation


class Table(Kind):
    """(1, D, 1) standardised numbers, drawn as a bar for each column."""

    name = "table"
    one, many = "row", "rows"
    array_names = ("table", "rows", "features")
    has_columns = True
    gaps = True
    named_axis = 1

    def laid_out(self, source: Stored) -> Layout:
        """(n, columns)."""
        if len(source.shape) != 2:
            refuse(source, "a table", "(n, columns)")
        return row(source.shape[1])

    def told_shape(self, shape: tuple[int, int, int]) -> tuple[int, ...]:
        """(columns,)."""
        return shape[1:2]

    def counted(self, preparation: Preparation) -> str:
        """Columns."""
        return many(preparation.features, "column", "columns")

    def drawn(self, row: Floats, preparation: Preparation, scale: int) -> Bytes:
        """A bar a column, from the top down."""
        from explorer.data.pictures.charts import bars_drawn

        return bars_drawn(row, scale)

    def told(self, row: Floats, preparation: Preparation) -> list[str]:
        """The columns in the units of the file."""
        from explorer.data.features import told

        return told(preparation, row)

    def largest(self, weights: Floats, preparation: Preparation) -> str:
        """The columns with the largest weights."""
        from explorer.data.features import largest

        return largest(preparation, weights)


kinds.register("table")(Table())


def row(length: int, *said: str) -> Layout:
    """Rows of ``length`` columns; ``said``: what had to be guessed."""
    return Layout("table", (1, length, 1), "flat", said)
