"""Pictures of one size side by side: how large they are in a given width."""

from __future__ import annotations

import math

from PySide6.QtCore import QRect, QRectF, QSize

from explorer.ui.widgets.pictures.pixels import fit_rect

COLUMNS, GAP = 3, 4  # px between two of them
WELL_SEEN = 112  # px of the larger side of each, wherever there is room for it


def least_width() -> int:
    """px at which each is well seen."""
    return COLUMNS * WELL_SEEN + (COLUMNS - 1) * GAP


def columns(width: int, height: int) -> list[QRect]:
    """Where each stands: as wide as the others, over the whole height."""
    side = column_width(width)
    first = (width - COLUMNS * side - (COLUMNS - 1) * GAP) // 2
    return [QRect(first + i * (side + GAP), 0, side, height) for i in range(COLUMNS)]


def pairs(width: int, height: int, rows: int) -> list[QRect]:
    """Where each of two in a row stands, row by row."""
    side, high = (width - GAP) // 2, (height - (rows - 1) * GAP) // rows
    return [
        QRect(i * (side + GAP), j * (high + GAP), side, high) for j in range(rows) for i in range(2)
    ]


def column_width(width: int) -> int:
    """px of one of the columns in so many px."""
    return max((width - (COLUMNS - 1) * GAP) // COLUMNS, 1)


def picture_height(picture: QSize | None, width: int, ratio: float) -> int:
    """px of height that a picture takes in a column of ``width`` px; a square without one."""
    if picture is None:
        return min(width, WELL_SEEN)
    room = QRectF(0, 0, width, width)
    return math.ceil(fit_rect(picture, room, ratio, least=WELL_SEEN).height())
