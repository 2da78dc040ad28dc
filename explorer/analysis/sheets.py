"""Samples as one picture: strips of them under each other, or a square sheet. Numpy only.

Rows are (m, D) in the units of the model.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from explorer.data.dataset import Bytes, Floats, Preparation
from explorer.data.pictures.drawing import drawn

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


def sheet(pictures: Bytes) -> Bytes:
    """Pictures (m, H, W, C), about as many across as down, white where there is none."""
    across = math.ceil(math.sqrt(len(pictures)))
    missing = -len(pictures) % across
    white = np.full((missing, *pictures.shape[1:]), 255, np.uint8)
    lines = np.concatenate([pictures, white]).reshape(-1, across, *pictures.shape[1:])
    return np.concatenate([np.concatenate([*line], axis=1) for line in lines])
