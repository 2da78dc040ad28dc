"""Ways through latent space: nodes (m, d), and a route, the fine polyline (k, d) that joins them.

How they are joined is a kind of path (`explorer.analysis.latent.joins`). Numpy only, but for
`off_data`, which imports scipy inside.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.latent.joins import joins
from explorer.task import NO_TASK, Task

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

LOOKED_AT = 1000  # codes whose gaps say what is usual
USUAL = 0.99  # quantile of the gaps between real codes beyond which a point lies off the data
SEED = 0


@dataclass(frozen=True, eq=False)
class LatentPath:
    """points: (m, d) nodes in the order of travel. kind: one of `joins`, how they are joined."""

    points: Floats
    kind: str = "straight"

    def __post_init__(self) -> None:
        if self.kind not in joins:
            raise ValueError(f"a path is {', '.join(joins)}, not {self.kind!r}")
        self.points.flags.writeable = False


@dataclass(frozen=True, eq=False)
class DataDistance:
    """Where a route leaves the data. gaps: (k,) distance of its points to the nearest code.

    limit: the 99 % quantile of the distances from a code to its nearest other code.
    share: of the points, whose gap is larger than the limit.
    """

    gaps: Floats
    limit: float

    @property
    def off(self) -> NDArray[np.bool_]:
        """(k,) True where the route has left the data."""
        return self.gaps > self.limit

    @property
    def share(self) -> float:
        """The part of the points that lie off the data, 0 to 1."""
        return float(self.off.mean()) if len(self.gaps) else 0.0


def route(path: LatentPath) -> Floats:
    """The polyline (k, d) of a path; of one whose way is found over codes, its nodes."""
    return joins[path.kind].way(path.points)


def steps(points: NDArray[np.floating]) -> Doubles:
    """Distances (k - 1,) between points (k, d) that follow one another."""
    steps: Doubles = np.linalg.norm(np.diff(points.astype(np.float64), axis=0), axis=1)
    return steps


def length(points: NDArray[np.floating]) -> float:
    """sum_i |x_{i+1} - x_i| of a polyline (k, d), in the units of its coordinates."""
    return float(steps(points).sum())


def resampled(points: NDArray[np.floating], count: int) -> Floats:
    """``count`` points (count, d) at equal steps along the polyline (k, d), both ends included."""
    way = np.concatenate([[0.0], np.cumsum(steps(points))])  # (k,) from the start
    if not len(points):
        return np.zeros(points.shape, np.float32)
    return _at(points, way, np.linspace(0, way[-1], count))


def at(points: NDArray[np.floating], share: float) -> Floats:
    """The point (d,) after ``share`` of the length of the polyline (k, d), 0 to 1."""
    way = np.concatenate([[0.0], np.cumsum(steps(points))])
    made: Floats = _at(points, way, np.array([share * way[-1]]))[0]
    return made


def _at(points: NDArray[np.floating], way: Doubles, wanted: Doubles) -> Floats:
    columns = [np.interp(wanted, way, points[:, i]) for i in range(points.shape[1])]
    return np.stack(columns, axis=1).astype(np.float32)


def off_data(points: Floats, codes: Floats, task: Task = NO_TASK) -> DataDistance:
    """How far points (k, d) are from the codes (n, d), against the gaps usual between codes."""
    from scipy.spatial import cKDTree

    finite = codes[np.isfinite(codes).all(axis=1)]
    if len(finite) < 2:
        return DataDistance(np.zeros(len(points), np.float32), np.inf)
    tree = cKDTree(finite)
    task.check()
    few = np.random.default_rng(SEED).permutation(len(finite))[:LOOKED_AT]
    usual = tree.query(finite[few], 2)[0][:, -1]  # (LOOKED_AT,) the nearest is the code itself
    gaps = tree.query(points)[0].astype(np.float32)
    return DataDistance(gaps, float(np.quantile(usual, USUAL)))
