"""NPZ: NumPy arrays by their names, or a table, a column each; without a pickle."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from explorer.export.kinds import kinds
from explorer.export.things import Arrays, Columns

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Npz:
    """See `explorer.export.kinds.FileKind`."""

    title = "NumPy arrays"
    suffixes: tuple[str, ...] = (".npz",)
    face = "arrays"
    order = 3

    def write(self, value: Arrays | Columns, file: IO[bytes]) -> None:
        """Arrays of any shape, or columns of one length, where a missing number is NaN."""
        import numpy as np

        arrays: dict[str, Any] = {name: _array(column) for name, column in value.items()}
        np.savez(file, **arrays)


def _array(column: Any) -> NDArray[Any]:
    import numpy as np

    if isinstance(column, np.ndarray):
        return column
    if any(value is None for value in column):
        column = [np.nan if value is None else value for value in column]
    array = np.array(column)
    return array.astype(str) if array.dtype == object else array


kinds.register("npz")(Npz())
