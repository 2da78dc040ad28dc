"""The way over real samples: from code to code, none of them far from the next."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.latent.joins import Floats, Join, joins
from explorer.task import NO_TASK, Task

NEIGHBOURS = 10  # of each code, in the graph
MOST_NODES = 20_000  # codes in the graph, evenly taken from more


class Neighbours(Join):
    """See `along_neighbours`."""

    title, order, over_codes = "Along neighbours", 20, True
    tip = "The shortest way over real samples, each joined to its ten nearest"

    def way(self, nodes: Floats, codes: Floats | None = None, task: Task = NO_TASK) -> Floats:
        """The nodes, as long as no codes are known."""
        return nodes if codes is None else along_neighbours(nodes, codes, task)


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


joins.register("neighbours")(Neighbours())
