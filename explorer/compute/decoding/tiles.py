"""Question: what do the points of a plane stand for, as pictures? A grid of them for each tile."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from explorer.compute.live import decode_rows
from explorer.compute.question import Question, questions
from explorer.data.dataset import Bytes, Floats, Preparation
from explorer.data.pictures.drawing import all_drawn, picture_shape
from explorer.models.codes import PLOTTABLE
from explorer.models.config import ModelSnapshot
from explorer.task import NO_TASK, Task

GRID = 2  # cells along each side of a tile
CHUNK = 256  # pictures that are decoded at once: more are slower, each of them
BYTES = (2, 1, 0, None) if sys.byteorder == "little" else (None, 0, 1, 2)  # of 0xffRRGGBB

Points = NDArray[np.floating]  # (m, 2)
Pixels = NDArray[np.uint32]  # (h, w) 0xffRRGGBB


class Tile(NamedTuple):
    """``GRID`` x ``GRID`` cells, each 2^-level plane units wide and as high as a picture asks.

    i, j: how many tiles to the right of the origin it begins, and how many above.
    """

    level: int
    i: int
    j: int


@dataclass(frozen=True, eq=False)
class Slice:
    """What the points of a plane stand for: codes that a model decodes, or rows of data themselves.

    key: two slices of one key have the same picture at every point. place: two of one place are
    pictures of the same space, one of which may stand in for the other until that is drawn.
    subject: the fields of the state that it is about. model: decodes codes; None: of rows.
    unproject: points (m, 2) to codes (m, d), or to rows (m, D) in the model's units.
    """

    key: Hashable
    place: Hashable
    subject: Mapping[str, object]
    preparation: Preparation
    unproject: Callable[[NDArray[np.float32]], Floats]
    model: ModelSnapshot | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width of a picture in pixels."""
        return picture_shape(self.preparation)[:2]

    def pictures(self, points: Points) -> Bytes:
        """(m, 2) -> (m, H, W, C); what lies beyond every code is drawn as where codes end."""
        at = np.clip(points, -PLOTTABLE, PLOTTABLE).astype(np.float32)
        parts = (self._rows(at[k : k + CHUNK]) for k in range(0, len(at), CHUNK))
        return np.concatenate([all_drawn(rows, self.preparation) for rows in parts])

    def _rows(self, points: NDArray[np.float32]) -> Floats:
        found = self.unproject(points)
        return found if self.model is None else decode_rows(self.model, found)


@dataclass(frozen=True, eq=False)
class DrawnTiles:
    """pixels: of each tile, its upper edge first. seconds: what they took."""

    pixels: Mapping[Tile, Pixels]
    seconds: float


@questions.register("decode tiles")
@dataclass(frozen=True, eq=False)
class DecodeTiles(Question[DrawnTiles]):
    """Decode the middles of all cells of some tiles, in one batch. model: that of the slice."""

    does = "draw the decoded plane"
    about = ("model",)
    lane = "tiles"
    policy = "queue"
    quiet = True

    model: ModelSnapshot | None
    slice: Slice
    tiles: tuple[Tile, ...]

    @property
    def subject(self) -> dict[str, object]:
        """That of the slice."""
        return dict(self.slice.subject)

    def answer(self, task: Task = NO_TASK) -> DrawnTiles:
        """Every tile that was asked for."""
        start, (height, width) = time.perf_counter(), self.slice.shape
        points = np.concatenate([middles(tile, height / width) for tile in self.tiles])
        screen = _packed(self.slice.pictures(points))  # (k * cells, H, W)
        grids = screen.reshape(-1, GRID, GRID, height, width)[:, ::-1]  # the upper row first
        sheets = grids.transpose(0, 1, 3, 2, 4).reshape(-1, GRID * height, GRID * width)
        pixels = dict(zip(self.tiles, map(np.ascontiguousarray, sheets), strict=True))
        return DrawnTiles(pixels, time.perf_counter() - start)


def middles(tile: Tile, aspect: float) -> NDArray[np.float64]:
    """Where the cells of a tile are decoded: (GRID * GRID, 2), row by row from below.

    aspect: height over width of a cell.
    """
    side, steps = 2.0**-tile.level, np.arange(GRID) + 0.5
    a = (tile.i * GRID + steps) * side
    b = (tile.j * GRID + steps) * side * aspect
    return np.column_stack([np.tile(a, GRID), np.repeat(b, GRID)])


def _packed(pictures: Bytes) -> Pixels:
    """(m, H, W, C) bytes, grey or in colour, as a screen has them: (m, H, W)."""
    if pictures.shape[3] == 1:
        grey = pictures[..., 0].astype(np.uint32)
        return grey * np.uint32(0x010101) | np.uint32(0xFF000000)
    parts = np.full((*pictures.shape[:3], 4), 255, np.uint8)
    for place, channel in enumerate(BYTES):  # each by itself: all at once takes three times as long
        parts[..., place] = 255 if channel is None else pictures[..., channel]
    return parts.view(np.uint32)[..., 0]
