"""Curves and bars as small pictures, for samples that are no pictures themselves.

Drawn on white, with fixed limits that the preparation decides, so that two drawings of one data set
can be compared. Numpy only and far below a millisecond: the atlas draws hundreds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.data.pictures.pixels import Bytes, Floats
from explorer.data.preparation import Preparation

HEIGHT, WIDTH = 64, 96  # pixels of a drawing
REACH = 2.5  # standard deviations from the middle to the edge
_HEX = "0072B2 D55E00 009E73 CC79A7 E69F00 56B4E9 000000 F0E442"
OKABE_ITO = np.array([(*bytes.fromhex(one),) for one in _HEX.split()], np.float32)
_GROUND, _RULE = 255.0, 205.0  # white, and the grey of the line at zero
_PEN = 1.5  # pixels

Array = NDArray[np.float64]
Canvas = NDArray[np.float32]


def curves_drawn(row: Floats, preparation: Preparation, scale: int = 1) -> Bytes:
    """Each channel from left to right, between its own limits, in the data's own units."""
    canvas = _canvas(scale)
    low, high = limits(preparation)
    values = preparation.original(row).reshape(-1, preparation.channels)  # (L, C)
    share = ((values - low) / (high - low)).clip(0.0, 1.0)
    for channel in range(preparation.channels):
        _line(canvas, share[:, channel], OKABE_ITO[channel % len(OKABE_ITO)], scale)
    return _bytes(canvas)


def limits(preparation: Preparation) -> tuple[Array, Array]:
    """The lowest and highest value drawn of each channel: (C,), (C,)."""
    shape = (-1, preparation.channels)
    features = preparation.features
    centre = np.array(preparation.centre or (0.0,) * features).reshape(shape)  # (L, C)
    spread = REACH * np.array(preparation.scale or (1.0,) * features).reshape(shape)
    return (centre - spread).min(axis=0), (centre + spread).max(axis=0)


def _line(canvas: Canvas, share: NDArray[np.floating], colour: Canvas, scale: int) -> None:
    """One curve of heights in [0, 1]: in each column of pixels the stretch it runs through."""
    height, width = canvas.shape[:2]
    low, high = _stretches(np.asarray(share, np.float64), width)
    wide = (scale - 1) // 2  # further columns to each side that a thick pen blackens
    window = np.lib.stride_tricks.sliding_window_view
    low = window(np.pad(low, wide, mode="edge"), 2 * wide + 1).min(axis=1)
    high = window(np.pad(high, wide, mode="edge"), 2 * wide + 1).max(axis=1)
    margin, half = 2.0 * scale, _PEN * scale / 2
    top = margin + (1.0 - high) * (height - 2.0 * margin) - half
    bottom = margin + (1.0 - low) * (height - 2.0 * margin) + half
    first, last = max(0, int(top.min())), min(height, int(bottom.max()) + 1)
    edge = np.arange(first, last, dtype=np.float32)[:, None]
    top, bottom = top.astype(np.float32), bottom.astype(np.float32)
    cover = (np.minimum(bottom, edge + 1) - np.maximum(top, edge)).clip(0.0, 1.0)  # (h, W)
    there = canvas[first:last]
    there += cover[..., None] * (colour - there)


def _stretches(share: Array, width: int) -> tuple[Array, Array]:
    """The lowest and highest point in each of ``width`` columns of the line through (L,) values."""
    edges = np.linspace(0, len(share) - 1, width + 1)
    at = np.union1d(np.arange(len(share)), edges)
    line = np.interp(at, np.arange(len(share)), share)
    start = np.searchsorted(at, edges)
    low = np.minimum.reduceat(line, start[:-1])
    high = np.maximum.reduceat(line, start[:-1])
    after = line[start[1:]]  # a column ends where the next begins
    return np.minimum(low, after), np.maximum(high, after)


def bars_drawn(row: Floats, scale: int = 1) -> Bytes:
    """A bar a column from the first at the top, right and blue above the mean."""
    canvas = _canvas(scale)
    height, width = canvas.shape[:2]
    middle, half = width / 2, width / 2 - 2.0 * scale
    canvas[:, width // 2 - scale : width // 2] = _RULE
    line, value = _bands(row, height, gap=scale)
    reach = np.asarray((value / REACH).clip(-1.0, 1.0) * half, np.float32)
    left, right = middle + np.minimum(reach, 0.0), middle + np.maximum(reach, 0.0)
    edge = np.arange(width, dtype=np.float32)
    cover = (np.minimum(right[:, None], edge + 1) - np.maximum(left[:, None], edge)).clip(0.0, 1.0)
    colours = OKABE_ITO[(value < 0).astype(int)]  # (lines, 3)
    canvas[line] += cover[..., None] * (colours[:, None] - canvas[line])
    return _bytes(canvas)


def _bands(row: Floats, height: int, gap: int) -> tuple[NDArray[np.int64], Array]:
    """Which lines of pixels are part of a bar, and its value; crowded bars share a line's mean."""
    values, d = np.asarray(row, np.float64), len(row)
    if d > height:
        edges = np.linspace(0, d, height + 1).astype(np.int64)
        return np.arange(height), np.add.reduceat(values, edges[:-1]) / np.diff(edges)
    starts = np.linspace(0, height, d + 1).round().astype(np.int64)
    owner = np.repeat(np.arange(d), np.diff(starts))  # (height,) the bar of each line
    thick = np.diff(starts)[owner] > 2 * gap
    inside = ~thick | (np.arange(height) < starts[owner + 1] - gap)
    lines = np.flatnonzero(inside)
    return lines, values[owner[lines]]


def _canvas(scale: int) -> Canvas:
    return np.full((HEIGHT * scale, WIDTH * scale, 3), _GROUND, np.float32)


def _bytes(canvas: Canvas) -> Bytes:
    return (canvas + 0.5).astype(np.uint8)
