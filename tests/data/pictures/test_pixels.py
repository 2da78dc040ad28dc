"""Pictures as the screen has them."""

from __future__ import annotations

import numpy as np

from explorer.data.pictures.pixels import picture_of, stretched


def test_values_become_bytes_and_what_is_no_number_is_black() -> None:
    """Without a warning: pytest makes errors of them."""
    unit = np.array([0.0, 1.0, 0.5, -3.0, 7.0, np.nan, np.inf, -np.inf], np.float32)
    made = picture_of(unit, (2, 4, 1))
    assert made.dtype == np.uint8 and made.shape == (2, 4, 1)
    assert made.ravel().tolist() == [0, 255, 128, 0, 255, 0, 255, 0]


def test_bytes_of_fewer_levels_are_stretched() -> None:
    kept = np.array([0, 8, 16], np.uint8)
    assert stretched(kept, 16).tolist() == [0, 127, 255]
    assert stretched(kept, 255) is kept
