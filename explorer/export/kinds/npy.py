"""NPY: one NumPy array, without a pickle."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from explorer.export.kinds import kinds

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Npy:
    """See `explorer.export.kinds.FileKind`."""

    title = "NumPy array"
    suffixes: tuple[str, ...] = (".npy",)
    face = "array"
    order = 5

    def write(self, value: NDArray[Any], file: IO[bytes]) -> None:
        """As it is, its type and shape with it."""
        import numpy as np

        np.save(file, value, allow_pickle=False)


kinds.register("npy")(Npy())
