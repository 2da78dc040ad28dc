"""Holes, one a file: which part of a sample is hidden, to see whether a model fills it.

A new one is a file that registers a `Hole`: the page that fills one, and `inpaint --hole`, offer
it. Help pages read its words, so that numpy is imported inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.registry import Registry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Shares = NDArray[np.float64]


class Hole:
    """One of them. title: what lists say of a picture, along: of a signal or a row; by order."""

    title: str = ""
    along: str = ""
    order: float = 0

    def hides(self, down: Shares, right: Shares) -> Mask:
        """Of a picture: the middles of its places, 0 to 1, (H, W) each -> True in the hole."""
        raise NotImplementedError

    def hides_along(self, right: Shares) -> Mask:
        """Of one row: (1, W) -> True in the hole."""
        raise NotImplementedError


holes: Registry[Hole] = Registry("hole")


def in_order() -> list[str]:
    """Their names, as they are offered."""
    return sorted(holes, key=lambda name: holes[name].order)


def known(name: str, height: int, width: int) -> Mask:
    """What a hole leaves of a sample: (H, W), False in the hole. One row loses a run of it."""
    import numpy as np

    rows, columns = np.indices((height, width)) + 0.5
    down, right = rows / height, columns / width
    hole = holes[name]
    return ~(hole.hides_along(right) if height == 1 else hole.hides(down, right))


holes.discover(__name__)
