"""Samples as one picture: strips of them under each other, or a square sheet."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from explorer.data.dataset import Bytes, Floats, Preparation
from explorer.data.drawing import drawn
from explorer.terminal.files import write_picture

GAP = 2  # white pixels between strips


def write_strips(
    out: Path, strips: Sequence[Floats], preparation: Preparation, scale: int = 0
) -> int:
    """A PNG with one line of samples for each of ``strips``, (m, D) each, from the top.

    Returns the scale, as `write_picture` does.
    """
    lines = [_line(rows, preparation) for rows in strips]
    between = np.full((GAP, *lines[0].shape[1:]), 255, np.uint8)
    parts = [part for line in lines for part in (line, between)]
    return write_picture(out, np.concatenate(parts[:-1]), scale)


def write_sheet(out: Path, rows: Floats, preparation: Preparation, scale: int = 0) -> int:
    """A PNG with all samples (m, D), line by line, about as many across as down.

    Returns the scale, as `write_picture` does.
    """
    across = math.ceil(math.sqrt(len(rows)))
    missing = -len(rows) % across
    lines = [
        _line(rows[start : start + across], preparation) for start in range(0, len(rows), across)
    ]
    width = lines[0].shape[1] // across
    lines[-1] = np.pad(lines[-1], ((0, 0), (0, missing * width), (0, 0)), constant_values=255)
    return write_picture(out, np.concatenate(lines), scale)


def _line(rows: Floats, preparation: Preparation) -> Bytes:
    return np.concatenate([drawn(row, preparation) for row in rows], axis=1)
