"""How blocks of pictures, one a class, share an area: as large as still shows many."""

from __future__ import annotations

import math
from dataclasses import dataclass

LABEL, GAP, APART = 20, 2, 16  # px: of a label; between pictures; between blocks
WANTED, LEAST = 60, 4  # pictures in all, and in a block
LARGEST = 112  # px of a picture's side: many small ones say more than a few large ones
SMALLEST = 20  # px of a picture's side


@dataclass(frozen=True)
class MontageLayout:
    """columns: blocks beside each other. block: (w, h) px with its label. cell: (w, h) px.

    across, down: pictures in a block. blocks: how many have room.
    """

    columns: int
    block: tuple[float, float]
    cell: tuple[float, float]
    across: int
    down: int
    blocks: int

    def block_at(self, i: int) -> tuple[float, float]:
        """Left and top of a block."""
        w, h = self.block
        return (i % self.columns) * (w + APART), (i // self.columns) * (h + APART)

    def cell_at(self, i: int) -> tuple[float, float]:
        """Left and top of a picture in its block."""
        w, h = self.cell
        return (i % self.across) * (w + GAP), LABEL + (i // self.across) * (h + GAP)


def laid_out(
    width: float, height: float, picture: tuple[int, int], blocks: int, ratio: float = 1.0
) -> MontageLayout | None:
    """The layout with the largest pictures (w, h), then with the most; None without any room.

    ratio: device pixels per px: factors are whole in device pixels.
    """
    count = blocks
    while count:
        wanted = max(LEAST, math.ceil(WANTED / count))
        for factor in _factors(picture, ratio):
            cell = (picture[0] * factor, picture[1] * factor)
            found = [_fit(width, height, cell, count, columns) for columns in range(1, count + 1)]
            fitting = [one for one in found if one is not None and one.across * one.down >= wanted]
            if fitting:
                return max(fitting, key=lambda one: one.across * one.down)
        count = count * 3 // 4
    return None


def _factors(picture: tuple[int, int], ratio: float) -> list[float]:
    """From large to small: whole ones, then those that make a picture smaller."""
    side = max(picture)
    most = max(int(LARGEST * ratio / side), 1)
    whole = [factor / ratio for factor in range(most, 0, -1)]
    smaller = [1 / part / ratio for part in range(2, 64)]
    kept = [factor for factor in (*whole, *smaller) if SMALLEST <= side * factor <= LARGEST * 2]
    return kept or [SMALLEST / side]


def _fit(
    width: float, height: float, cell: tuple[float, float], count: int, columns: int
) -> MontageLayout | None:
    lines = math.ceil(count / columns)
    block = ((width - APART * (columns - 1)) / columns, (height - APART * (lines - 1)) / lines)
    across = int((block[0] + GAP) // (cell[0] + GAP))
    down = int((block[1] - LABEL + GAP) // (cell[1] + GAP))
    if across < 1 or down < 1:
        return None
    return MontageLayout(columns, block, cell, across, down, count)
