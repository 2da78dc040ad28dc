"""Ways through latent space: straight, spherical, drawn by hand, along real neighbours.

A way is given by its nodes (m, d); a route is the fine polyline (k, d) that joins them. Numpy only,
but for `along_neighbours` and `off_data`, which import scipy inside.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.task import NO_TASK, Task

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

KINDS = ("straight", "spherical", "drawn", "neighbours")
ARC_STEPS = 32  # of a spherical route, between two nodes
NEIGHBOURS = 10  # of each code, in the graph
MOST_NODES = 20_000  # codes in the graph, evenly taken from more
LOOKED_AT = 1000  # codes whose gaps say what is usual
USUAL = 0.99  # quantile of the gaps between real codes beyond which a point lies off the data
SEED = 0


@dataclass(frozen=True, eq=False)
class LatentPath:
    """points: (m, d) nodes in the order of travel. kind: one of `KINDS`, how they are joined."""

    points: Floats
    kind: str = "straight"

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"a path is {', '.join(KINDS)}, not {self.kind!r}")
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


def lerp(a: Floats, b: Floats, t: NDArray[np.floating]) -> Doubles:
    """(1 - t) a + t b for a, b: (d,) and t: (k,); returns (k, d)."""
    share = np.asarray(t, np.float64)[:, None]  # (k, 1)
    return (1 - share) * a + share * b


def slerp(a: Floats, b: Floats, t: NDArray[np.floating]) -> Doubles:
    """Along the great circle from a to b: (d,), t: (k,); returns (k, d).

    sin((1-t) w) / sin w * a/|a| + sin(t w) / sin w * b/|b| with w the angle between them (Shoemake
    1985; White 2016, section 2.1), times a norm that goes evenly from |a| to |b|: two vectors of
    one norm keep it. A straight line where the circle is not defined: an end in the origin, or
    opposite ends.
    """
    first, second = np.asarray(a, np.float64), np.asarray(b, np.float64)
    norms = np.linalg.norm(first), np.linalg.norm(second)
    if min(norms) < 1e-9:
        return lerp(a, b, t)
    first, second = first / norms[0], second / norms[1]
    angle = float(np.arccos(np.clip(first @ second, -1, 1)))
    if np.sin(angle) < 1e-4:
        return lerp(a, b, t)
    t = np.asarray(t, np.float64)[:, None]  # (k, 1)
    around = (np.sin((1 - t) * angle) * first + np.sin(t * angle) * second) / np.sin(angle)
    made: Doubles = around * ((1 - t) * norms[0] + t * norms[1])
    return made


def route(path: LatentPath) -> Floats:
    """The polyline (k, d) of a path; of one along neighbours, which needs codes, its nodes."""
    if path.kind != "spherical" or len(path.points) < 2:
        return path.points
    t = np.linspace(0, 1, ARC_STEPS + 1)[1:]
    arcs = [slerp(a, b, t) for a, b in itertools.pairwise(path.points)]
    return np.concatenate([path.points[:1], *arcs]).astype(np.float32)


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


def along_neighbours(nodes: Floats, codes: Floats, task: Task = NO_TASK) -> Floats:
    """The shortest way (k, d) from node to node (m, d) that steps from real code to real code.

    Dijkstra on the graph in which each code (n, d) knows its ten nearest, an edge as long as the
    distance (the graph of Isomap: Tenenbaum, de Silva and Langford 2000). Of more than 20,000 codes
    every n-th is in it. Where the graph is in pieces, the gap is crossed in a straight line.
    """
    from scipy.sparse.csgraph import dijkstra

    few = codes[:: max(1, -(-len(codes) // MOST_NODES))]
    few = few[np.isfinite(few).all(axis=1)]
    if len(few) < 3 or len(nodes) < 2:
        return nodes
    graph, tree = _graph(few)
    task.check()
    _, stops = tree.query(nodes)  # (m,) the codes nearest to the nodes
    rows: list[int] = [int(stops[0])]
    for start, end in itertools.pairwise(stops):
        task.check()
        _, before = dijkstra(graph, directed=False, indices=start, return_predecessors=True)
        rows += _walked(before, int(start), int(end))
    return np.concatenate([nodes[:1], few[rows], nodes[-1:]]).astype(np.float32)


def _graph(codes: Floats) -> tuple[Any, Any]:
    """A sparse (n, n) matrix of edge lengths, and the tree that finds the nearest code."""
    from scipy.sparse import csr_array
    from scipy.spatial import cKDTree

    n, k = len(codes), min(NEIGHBOURS + 1, len(codes))
    tree = cKDTree(codes)
    distances, others = tree.query(codes, k)  # (n, k), the first is the code itself
    rows = np.repeat(np.arange(n), k - 1)
    lengths = np.maximum(distances[:, 1:].ravel(), np.finfo(float).eps)  # a zero would be no edge
    return csr_array((lengths, (rows, others[:, 1:].ravel())), shape=(n, n)), tree


def _walked(before: NDArray[np.int32], start: int, end: int) -> list[int]:
    """The rows after ``start`` up to ``end``, from each row's predecessor; ``end`` if cut off."""
    way = [end]
    while way[-1] != start and before[way[-1]] >= 0:
        way.append(int(before[way[-1]]))
    return [row for row in way[::-1] if row != start] if way[-1] == start else [end]


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
