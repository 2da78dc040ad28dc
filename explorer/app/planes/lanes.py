"""One latent dimension in a plane: a lane for each class, in it a ridge of how dense the codes lie.

Across, z; upwards, which class it is, and within its lane the density of the class at z: each
sample stands at a random height below the ridge of its own class.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.app.snapshot import Snapshot
from explorer.data.dataset import Floats

SEED = 0
HEIGHT, MOST = 0.9, 0.35  # of the extent of the codes: of all lanes together, of one at most
RIDGE = 0.85  # of a lane's height that its highest ridge takes
CELLS, BLUR = 240, 4.0  # of a ridge along z; cells, the standard deviation of its smoothing

Doubles = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ClassLane:
    """label: of its class, None where there are none. base: the height of its lower edge.

    z, ridge: (CELLS,) where the density is known, and its height above the base, in latent units.
    """

    label: int | None
    name: str
    base: float
    z: Doubles
    ridge: Doubles


def lanes_of(now: Snapshot) -> tuple[list[ClassLane], Floats]:
    """The lanes of the codes shown, the first on top, and the height (n,) of each code in them."""
    codes, data = now.codes, now.dataset
    if codes is None or codes.mean.shape[1] != 1:
        return [], np.zeros(0, np.float32)
    z = codes.mean[:, 0].astype(np.float64)
    labels = None if data is None or data.labels is None else data.labels[codes.index]
    names = ("",) if labels is None or data is None else data.classes
    rows = [np.arange(len(z)) if labels is None else np.flatnonzero(labels == i)
            for i in range(len(names))]  # fmt: skip
    grid = _grid(z)
    high = min(HEIGHT / len(names), MOST) * _extent(grid)
    ridges = [_density(z[own], grid) for own in rows]
    most = max((float(ridge.max()) for ridge in ridges), default=0.0) or 1.0
    made, heights = [], np.zeros(len(z))
    share = np.random.default_rng(SEED).uniform(0.0, 1.0, len(z))
    for i, name in enumerate(names):
        base, own = (len(names) / 2 - 1 - i) * high, rows[i]
        tall = ridges[i] / most * RIDGE * high
        heights[own] = base + share[own] * np.interp(z[own], grid, tall)
        made.append(ClassLane(None if labels is None else i, name, base, grid, tall))
    return made, heights.astype(np.float32)


def _grid(z: Doubles) -> Doubles:
    """Cells from the lowest to the highest code, with room for the smoothing."""
    finite = z[np.isfinite(z)]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (-1.0, 1.0)
    least = max(1e-3, 1e-6 * max(abs(low), abs(high)))  # that far out there are no finer numbers
    room = max(high - low, least) * 4 * BLUR / CELLS
    return np.linspace(low - room, high + room, CELLS)


def _extent(grid: Doubles) -> float:
    """From end to end, rounded up so that lanes stand still while a model is trained."""
    return float(2.0 ** (np.ceil(np.log2(grid[-1] - grid[0]) * 2) / 2))


def _density(z: Doubles, grid: Doubles) -> Doubles:
    """How many codes lie in each cell, smoothed with a Gaussian: (CELLS,)."""
    step = grid[1] - grid[0]
    cells = np.floor((z[np.isfinite(z)] - grid[0]) / step + 0.5).astype(np.int64)
    counts = np.bincount(cells.clip(0, CELLS - 1), minlength=CELLS).astype(np.float64)
    reach = np.arange(-4 * int(BLUR), 4 * int(BLUR) + 1)
    kernel = np.exp(-0.5 * (reach / BLUR) ** 2)
    return np.convolve(counts, kernel / kernel.sum(), mode="same")
