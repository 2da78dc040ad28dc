"""CSV: a table as text, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import IO, Any

from explorer.export.kinds import kinds
from explorer.export.things import Columns


class Csv:
    """See `explorer.export.kinds.FileKind`."""

    title = "CSV table"
    suffixes: tuple[str, ...] = (".csv",)
    face = "table"
    order = 2

    def write(self, value: Columns, file: IO[bytes]) -> None:
        """Columns of one length under their names; what is not known is empty."""
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        writer = csv.writer(text)
        writer.writerow(value)
        cells = [[_cell(cell) for cell in _listed(column)] for column in value.values()]
        writer.writerows(zip(*cells, strict=True))
        text.flush()
        text.detach()  # the file is closed by whoever opened it


def as_text(columns: Columns) -> str:
    """The table as a clipboard takes it, with plain ends of lines."""
    out = io.BytesIO()
    Csv().write(columns, out)
    return out.getvalue().decode().replace("\r\n", "\n")


def _listed(column: Any) -> list[Any]:
    """NumPy's numbers as Python's."""
    return list(column.tolist() if hasattr(column, "tolist") else column)


def _cell(value: object) -> object:
    """A float with the digits that single precision has; a missing one is empty."""
    if isinstance(value, float):
        return "" if value != value else f"{value:.9g}"
    return "" if value is None else value


kinds.register("csv")(Csv())
