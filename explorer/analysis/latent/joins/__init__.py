"""Kinds of paths, one a file: how the points of a path are joined.

A new one is a file that registers a `Join`: the command that joins A and B, and the list beside the
film, offer it. Numpy only; what else is needed is imported inside.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.registry import Registry
from explorer.task import NO_TASK, Task

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


class Join:
    """One kind: title and tip as lists say them, order: in those.

    over_codes: its way is found over the codes of samples, which takes a moment. by_hand: it is
    drawn in one stroke, so that its points are the way: nothing is to be joined, or taken back.
    """

    title: str = ""
    tip: str = ""
    order: float = 0
    over_codes: bool = False
    by_hand: bool = False

    def way(self, nodes: Floats, codes: Floats | None = None, task: Task = NO_TASK) -> Floats:
        """The polyline (k, d) from node to node (m, d); codes: (n, d), where they are known."""
        return nodes


joins: Registry[Join] = Registry("kind of path")


def offered() -> list[str]:
    """The names of those that join points, in their order."""
    names = [name for name in joins if not joins[name].by_hand]
    return sorted(names, key=lambda name: joins[name].order)


joins.discover(__name__)
