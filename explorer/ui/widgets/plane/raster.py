"""Points as one picture: every point is drawn, and the cost hardly depends on how many there are.

Each point is a number, ``draw order | colour | core``, and the largest at a pixel is seen, so later
points lie over earlier ones. Few points are stamped, a pixel of their disc after the other; for
many, the centres are marked and maxima of shifted copies of the canvas grow them into discs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Canvas = NDArray[np.uint32]

_CORE = np.uint32(1)
_COLOUR_BITS = 9  # 8 bits of colour (0 is "nothing here"), 1 bit "core of a disc, not its rim"
MOST_POINTS = 1 << (32 - _COLOUR_BITS)

# Half-widths of the rows of a disc, and of the disc with its rim, by diameter in pixels.
_DISCS: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {
    1: ((0,), ()),
    2: ((0,), (0, 1, 0)),
    3: ((0, 1, 0), (1, 1, 1)),
    5: ((1, 1, 1), (1, 2, 2, 2, 1)),
    7: ((1, 2, 2, 2, 1), (1, 2, 3, 3, 3, 2, 1)),
    9: ((2, 3, 3, 3, 3, 3, 2), (1, 3, 3, 4, 4, 4, 3, 3, 1)),
}
SIZES = tuple(_DISCS)
_REACH = 4  # pixels from the centre of the largest disc to its rim


def marks(colours: NDArray[np.uint8]) -> Canvas:
    """The canvas values of points in draw order: (n,) uint32 from colour numbers 0..254."""
    order = np.arange(len(colours), dtype=np.uint32) << np.uint32(_COLOUR_BITS)
    return order | ((colours.astype(np.uint32) + np.uint32(1)) << np.uint32(1)) | _CORE


def drawn(
    x: NDArray[np.float32],
    y: NDArray[np.float32],
    values: Canvas,
    shape: tuple[int, int],
    size: int,
) -> Canvas:
    """A canvas of ``shape`` (height, width) with a disc of ``size`` pixels at each point."""
    core, rim = _DISCS[size]
    pixels = len(x) * sum(2 * half + 1 for half in (*core, *rim))
    if pixels < shape[0] * shape[1]:
        return stamped(x, y, values, shape, size)
    return grown(scatter(x, y, values, *shape), size)


def stamped(
    x: NDArray[np.float32],
    y: NDArray[np.float32],
    values: Canvas,
    shape: tuple[int, int],
    size: int,
) -> Canvas:
    """What `drawn` gives, in a time that depends on the points and not on the canvas."""
    height, width = shape
    canvas = np.zeros((height + 2 * _REACH, width + 2 * _REACH), np.uint32)
    flat, stride = canvas.ravel(), width + 2 * _REACH
    inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    rows, columns = y[inside].astype(np.int64), x[inside].astype(np.int64)
    centres = (rows + _REACH) * stride + columns + _REACH
    core, rim = _DISCS[size]
    for halves, marks_ in ((rim, values[inside] & ~_CORE), (core, values[inside])):
        for offset in _offsets(halves, stride):
            at = centres + offset
            # of several points at one pixel the last, which is the largest, is written last
            flat[at] = np.maximum(flat[at], marks_)
    return canvas[_REACH:-_REACH, _REACH:-_REACH]


def _offsets(half_widths: tuple[int, ...], stride: int) -> list[int]:
    middle = len(half_widths) // 2
    return [
        (row - middle) * stride + column
        for row, half in enumerate(half_widths)
        for column in range(-half, half + 1)
    ]


def scatter(
    x: NDArray[np.float32], y: NDArray[np.float32], values: Canvas, height: int, width: int
) -> Canvas:
    """A (height, width) canvas with each point's value at its pixel; pixels outside are dropped.

    x, y: (n,) in pixels, y downwards. Where points share a pixel the last one stays.
    """
    canvas = np.zeros((height + 2, width + 2), np.uint32)  # its border takes what is outside
    column, row = _pixels(x, width), _pixels(y, height)
    canvas.ravel()[(row + 1) * (width + 2) + (column + 1)] = values
    return canvas[1:-1, 1:-1]


def _pixels(x: NDArray[np.float32], size: int) -> NDArray[np.int32]:
    """Whole pixels 0..size-1; -1 or ``size`` for what lies outside or is not a number."""
    inside = np.clip(x, -1, size)
    inside[~(x >= 0)] = -1  # a cast would round -0.5 up to 0, and NaN is nowhere
    return inside.astype(np.int32)


def grown(canvas: Canvas, size: int) -> Canvas:
    """Every mark as a disc of ``size`` pixels with a rim; ``size`` is one of `SIZES`."""
    core, rim = _DISCS[size]
    out = _dilated(canvas, core)
    if rim:
        np.maximum(out, _dilated(canvas & ~_CORE, rim), out=out)
    return out


def coloured(canvas: Canvas, lut: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """(H, W) premultiplied ARGB32 through a table (512,) indexed by colour and core."""
    return np.take(lut, canvas & np.uint32((1 << _COLOUR_BITS) - 1))


def table(
    lut: NDArray[np.uint8], alpha: float, rim: float, ground: NDArray[np.uint8] | None = None
) -> NDArray[np.uint32]:
    """The table for `coloured` from (k, 4) RGBA: cores get ``alpha``, rims ``alpha * rim``.

    ground: the colour (4,) of all rims, where they are not those of their cores.
    """
    out = np.zeros(1 << _COLOUR_BITS, np.uint32)
    rims = lut if ground is None else np.tile(ground, (len(lut), 1))
    for offset, colours, opacity in ((0, rims, alpha * rim), (1, lut, alpha)):
        out[2 + offset : 2 + offset + 2 * len(lut) : 2] = _premultiplied(colours, opacity)
    return out


def _premultiplied(colours: NDArray[np.uint8], opacity: float) -> NDArray[np.uint32]:
    """(k, 4) RGBA, less opaque, as ARGB32."""
    a = colours[:, 3].astype(np.float64) / 255 * opacity
    r, g, b = (np.round(colours[:, i] * a).astype(np.uint32) for i in range(3))
    alpha = np.round(a * 255).astype(np.uint32) << np.uint32(24)
    made: NDArray[np.uint32] = alpha | (r << np.uint32(16)) | (g << np.uint32(8)) | b
    return made


def size_for(n: int, area: float) -> int:
    """The diameter in pixels, 5 at most, at which n points cover no more than twice the area."""
    return max((s for s in (1, 2, 3, 5) if n * s * s <= 2 * area), default=1)


def _dilated(canvas: Canvas, half_widths: tuple[int, ...]) -> Canvas:
    """Maxima over a shape given by the half-width of each of its rows."""
    out = np.zeros_like(canvas)
    row, width, middle = canvas, 0, len(half_widths) // 2
    for half in range(max(half_widths) + 1):
        if half > width:
            row, width = _widened(row, canvas, half), half
        for offset, wanted in enumerate(half_widths):
            if wanted == half:
                _maximum_shifted(out, row, offset - middle)
    return out


def _widened(row: Canvas, canvas: Canvas, half: int) -> Canvas:
    out = row.copy()
    np.maximum(out[:, half:], canvas[:, :-half], out=out[:, half:])
    np.maximum(out[:, :-half], canvas[:, half:], out=out[:, :-half])
    return out


def _maximum_shifted(out: Canvas, row: Canvas, down: int) -> None:
    if down == 0:
        np.maximum(out, row, out=out)
    elif down > 0:
        np.maximum(out[down:], row[:-down], out=out[down:])
    else:
        np.maximum(out[:down], row[-down:], out=out[:down])
