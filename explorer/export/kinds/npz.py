"""NPZ: a table as NumPy arrays, a column each, without a pickle."""

from __future__ import annotations

from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from explorer.export.kinds import kinds
from explorer.export.things import Columns


class Npz:
    """See `explorer.export.kinds.Kind`."""

    title = "NumPy arrays"
    suffixes: tuple[str, ...] = (".npz",)
    face = "table"
    order = 3

    def write(self, value: Columns, file: IO[bytes]) -> None:
        """Columns of one length; a missing number is NaN."""
        arrays: dict[str, Any] = {name: _array(column) for name, column in value.items()}
        np.savez(file, **arrays)


def _array(column: Any) -> NDArray[Any]:
    if isinstance(column, np.ndarray):
        return column
    if any(value is None for value in column):
        column = [np.nan if value is None else value for value in column]
    array = np.array(column)
    return array.astype(str) if array.dtype == object else array


kinds.register("npz")(Npz())
