"""Pictures as the screen has them, and the arrays that data is kept in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]


def stretched(kept: Bytes, levels: int) -> Bytes:
    """Kept bytes stretched from 0..levels to 0..255 for the screen; any shape."""
    if levels == 255:
        return kept
    return (kept.astype(np.uint16) * 255 // levels).astype(np.uint8)


def picture_of(unit: Floats, shape: tuple[int, int, int]) -> Bytes:
    """Values in [0, 1], (D,) in H, W, C order, as an (H, W, C) uint8 picture; NaN is black."""
    held = np.fmin(np.fmax(unit.reshape(shape), 0.0), 1.0)  # of NaN and 0 the latter
    return (held * 255.0 + 0.5).astype(np.uint8)
