"""Nearest neighbours: how far the k-th nearest normal sample is (Ramaswamy et al. 2000)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.applications.detectors import (
    Detector,
    Learned,
    detectors,
    learned_rows,
    parted,
)
from explorer.data.dataset import Dataset, Floats
from explorer.errors import DataError
from explorer.task import Task

Doubles = NDArray[np.float64]

COUNTS = (1, 2, 3, 5, 10, 20, 50)  # neighbours that are tried


class Neighbours(Detector):
    """See `explorer.analysis.applications.detectors.Detector`."""

    name, title = "neighbours", "Nearest neighbours"

    def learn(self, known: Dataset, seed: int, task: Task) -> Learned:
        """The distance to the k-th of what is known, k chosen on what is held back."""
        inner = parted(known, seed)
        k = count_of(learned_rows(inner, seed), inner.unit(inner.test_index), task)
        there = learned_rows(known, seed)

        def score(rows: Floats) -> Doubles:
            return _distances(there, rows, k)[:, -1]

        return Learned(score, {"k": k})


def count_of(rows: Floats, held: Floats, task: Task) -> int:
    """Neighbours with which a variable kernel density makes ``held`` (m, D) likeliest.

    Breiman, Meisel & Purcell 1977: on each of ``rows`` (n, D) stands a Gaussian as wide as its k-th
    neighbour is far. That is a density for any k, so that more neighbours do not win by themselves.
    Raises DataError for fewer than two rows.
    """
    if len(rows) < 2:
        raise DataError("there are too few samples for neighbours", remedy="give more")
    most = min(COUNTS[-1], len(rows) - 1)
    own = _distances(rows, rows, most + 1)[:, 1:]  # the nearest is itself
    squares = _squares(held, rows)
    found = {}
    for k in (k for k in COUNTS if k <= most):
        task.check()
        found[k] = float(kernel_density(squares, own[:, k - 1], rows.shape[1]).mean())
    return max(found, key=lambda k: found[k])


def kernel_density(squares: Doubles, reach: Doubles, features: int) -> Doubles:
    """log density (m,) of samples that are sqrt(squares) (m, n) from n Gaussians.

    reach: (n,) how far the typical draw of each is, sigma sqrt(D); of equal samples the least that
    is not 0.
    """
    from scipy.special import logsumexp

    least = reach[reach > 0.0].min(initial=np.inf)
    variance = np.maximum(reach, least if np.isfinite(least) else 1.0) ** 2 / features
    each = -0.5 * (squares / variance + features * np.log(2.0 * np.pi * variance))
    density: Doubles = logsumexp(each, axis=1) - np.log(len(reach))
    return density


def _distances(there: Floats, rows: Floats, k: int) -> Doubles:
    """To the k nearest of ``there``, nearest first: (m, k)."""
    from sklearn.neighbors import NearestNeighbors

    found: Doubles = NearestNeighbors(n_neighbors=k).fit(there).kneighbors(rows)[0]
    return found


def _squares(rows: Floats, others: Floats) -> Doubles:
    """Squared distances: (m, D), (n, D) -> (m, n)."""
    from sklearn.metrics.pairwise import euclidean_distances

    squares: Doubles = euclidean_distances(rows, others, squared=True).astype(np.float64)
    return squares


detectors.register("neighbours")(Neighbours())
