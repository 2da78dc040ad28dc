"""Samples as one picture: strips of them under each other, or a square sheet. Numpy only.

Rows are (m, D) in the units of the model.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from explorer.data.dataset import Bytes, Floats, Preparation
from explorer.data.drawing import drawn

GAP = 2  # white pixels between strips


def strip(rows: Floats, preparation: Preparation) -> Bytes:
    """Samples side by side: (H, m * W, C) uint8."""
    return np.concatenate([drawn(row, preparation) for row in rows], axis=1)


def strips(lines: Sequence[Floats], preparation: Preparation) -> Bytes:
    """A line of samples for each of ``lines``, from the top: (H', m * W, C) uint8."""
    drawings = [strip(rows, preparation) for rows in lines]
    between = np.full((GAP, *drawings[0].shape[1:]), 255, np.uint8)
    parts = [part for line in drawings for part in (line, between)]
    return np.concatenate(parts[:-1])


def sheet(rows: Floats, preparation: Preparation) -> Bytes:
    """All samples, line by line, about as many across as down, white where there is none."""
    across = math.ceil(math.sqrt(len(rows)))
    missing = -len(rows) % across
    lines = [strip(rows[i : i + across], preparation) for i in range(0, len(rows), across)]
    width = lines[0].shape[1] // across
    lines[-1] = np.pad(lines[-1], ((0, 0), (0, missing * width), (0, 0)), constant_values=255)
    return np.concatenate(lines)
