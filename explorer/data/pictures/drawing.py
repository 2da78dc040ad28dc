"""The picture of any sample: an image as it is, a signal as curves, a table's row as bars."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from explorer.data.kinds import kind_of
from explorer.data.pictures.charts import REACH
from explorer.data.pictures.pixels import Bytes, Floats
from explorer.data.preparation import Preparation

LARGE = 3  # times the size, where one sample is looked at


def drawn(unit_row: Floats, preparation: Preparation, scale: int = 1) -> Bytes:
    """The picture (H', W', C') uint8 of one row (D,) in the model's units.

    Images keep their own size; drawings are 64 x 96 in colour, times ``scale``.
    """
    return kind_of(preparation).drawn(unit_row, preparation, scale)


def all_drawn(unit_rows: Floats, preparation: Preparation) -> Bytes:
    """The pictures (n, H', W', C') uint8 of rows (n, D), each as `drawn` gives it."""
    return kind_of(preparation).all_drawn(unit_rows, preparation)


def weights_drawn(weights: Floats, preparation: Preparation) -> Bytes:
    """The picture of D weights of a signal or row, the largest at nine tenths of the edge."""
    neutral = replace(preparation, centre=(), scale=())
    limit = float(np.abs(weights).max()) or 1.0
    return drawn(np.asarray(weights * (0.9 * REACH / limit), np.float32), neutral)


def picture_shape(preparation: Preparation, scale: int = 1) -> tuple[int, int, int]:
    """(H', W', C') of what `drawn` gives."""
    return kind_of(preparation).drawn_shape(preparation, scale)
