"""KL(q || p) from draws alone, by how near their neighbours are (Wang, Kulkarni & Verdu 2009).

Of n draws of q, rho_i is the distance of the i-th to its k-th neighbour among the others, nu_i that
to its k-th among m draws of p. Then d/n sum_i log(nu_i / rho_i) + log(m / (n - 1)) tends to
KL(q || p). With m = n - 1 what it is off by is nearly the same in both, and cancels.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

NEIGHBOUR = 3
BLOCKS = 16  # what the spread is found between
LEAST = 6 * BLOCKS  # draws
T = 2.131  # 97.5 % of Student's t with BLOCKS - 1 degrees of freedom


def divergence(z: Doubles, prior: Doubles, k: int = NEIGHBOUR) -> float:
    """In nats, of draws z (n, d) and prior (l, d) with n, l > k; mean over sets of n - 1 of those.

    No two draws are the same.
    """
    n, d = z.shape
    m = min(n - 1, len(prior))
    rho = _to_neighbour(z, z, k + 1)
    sets = [prior[start : start + m] for start in range(0, len(prior) - m + 1, m)]
    nu = [np.log(_to_neighbour(one, z, k)).mean() for one in sets]
    return float(d * (np.mean(nu) - np.log(rho).mean()) + math.log(m / (n - 1)))


def with_error(z: Doubles, prior: Doubles) -> tuple[float, float]:
    """`divergence` and half its interval of 95 %, of n >= LEAST draws in no order.

    The spread of BLOCKS parts (on the scale of a mean: the variance goes with 1/n), and what four
    times the draws change, as a measure of what is still to come.
    """
    whole = divergence(z, prior)
    parts = [divergence(z[b::BLOCKS], prior[b::BLOCKS]) for b in range(BLOCKS)]
    quarters = [divergence(z[b::4], prior[b::4]) for b in range(4)]
    spread = T * np.std(parts, ddof=1) / math.sqrt(BLOCKS)
    return whole, math.hypot(spread, whole - float(np.mean(quarters)))


def _to_neighbour(points: Doubles, z: Doubles, k: int) -> Doubles:
    """The distance of each z (n, d) to its k-th nearest point: (n,)."""
    from scipy.spatial import cKDTree

    found: Doubles = cKDTree(points).query(z, [k])[0][:, 0]
    return found
