"""Which part of a sample is hidden, to see whether a model fills it. numpy only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

HOLES = {"quarter": "Lower right quarter", "centre": "Centre", "half": "Lower half"}
HOLES_ALONG = {"quarter": "Last quarter", "centre": "Middle quarter", "half": "Last half"}
"""In words: of a picture, and of a signal or a row of a table."""


def holes(height: int, width: int) -> dict[str, Mask]:
    """Places to try it on: name -> known (H, W), False in the hole. One row loses a run of it."""
    rows, columns = np.indices((height, width)) + 0.5
    down, right = rows / height, columns / width
    if height == 1:
        lost = {"quarter": right >= 0.75, "centre": abs(right - 0.5) < 0.125, "half": right >= 0.5}
    else:
        middle = (abs(down - 0.5) < 0.25) & (abs(right - 0.5) < 0.25)
        quarter = (down >= 0.5) & (right >= 0.5)
        lost = {"quarter": quarter, "centre": middle, "half": down >= 0.5}
    return {name: ~there for name, there in lost.items()}
