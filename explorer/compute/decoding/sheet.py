"""The decoded plane as one picture: what every cell of a part of it stands for."""

from __future__ import annotations

import numpy as np

from explorer.compute.decoding.tiles import Slice
from explorer.data.dataset import Bytes
from explorer.task import NO_TASK, Task

View = tuple[float, float, float, float]  # left, right, bottom, top


def sheet_of(slice_: Slice, view: View, across: int, task: Task = NO_TASK) -> Bytes:
    """(rows * H, across * W, C): ``across`` cells from left to right, as many rows as there is room
    for, at least one; each is decoded at its middle, the middle of all being that of the view.
    """
    left, right, bottom, top = view
    height, width = slice_.shape
    side = (right - left) / across
    high = side * height / width
    rows = max(1, round((top - bottom) / high))
    a = left + (np.arange(across) + 0.5) * side
    start = (top + bottom + rows * high) / 2  # of the upper edge
    made = []
    for row in range(rows):
        task.check()
        task.progress(row / rows, "decoding")
        b = np.full(across, start - (row + 0.5) * high)
        made.append(np.concatenate(slice_.pictures(np.column_stack([a, b])), axis=1))
    return np.concatenate(made)
