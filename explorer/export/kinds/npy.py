"""NPY: one NumPy array, without a pickle."""

from __future__ import annotations

from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from explorer.export.kinds import kinds


class Npy:
    """See `explorer.export.kinds.Kind`."""

    title = "NumPy array"
    suffixes: tuple[str, ...] = (".npy",)
    face = "array"
    order = 5

    def write(self, value: NDArray[Any], file: IO[bytes]) -> None:
        """As it is, its type and shape with it."""
        np.save(file, value, allow_pickle=False)


kinds.register("npy")(Npy())
