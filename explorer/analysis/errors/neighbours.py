"""Trustworthiness with its error: what each sample is part of cannot be taken one by one.

Venna & Kaski 2001. A sample counts with its own neighbours and among those of others, so that the
spread of the terms is half the truth; leaving out blocks of samples in turn tells it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.errors import Interval, Z
from explorer.data.dataset import Floats

Doubles = NDArray[np.float64]
Ranks = NDArray[np.int32]

BLOCKS = 20  # left out one by one (Tukey's jackknife over groups)
NEARBY = 64  # neighbours kept of each code, so that some are left without a block


class Neighbours:
    """Who is how near to whom among rows (n, D); codes are held against it. O(n^2) memory."""

    def __init__(self, rows: Floats, k: int) -> None:
        self.n, self.k = len(rows), k
        order, ranks = _nearest(rows, self.n - 1), np.arange(1, self.n, dtype=np.int32)
        self.rank = np.zeros((self.n, self.n), np.int32)  # of j to i, 1 is the nearest
        np.put_along_axis(self.rank, order, ranks[None], 1)
        self.block = np.random.default_rng(0).permutation(self.n) % BLOCKS

    def without_blocks(self, codes: Floats) -> tuple[float, Doubles]:
        """Trustworthiness of codes (n, d), and that without each block: (BLOCKS,)."""
        near = _nearest(codes, min(NEARBY, self.n - 1))
        everybody = np.zeros(self.n, bool)
        left = [self._trust(near, self.block == b) for b in range(BLOCKS)]
        return self._trust(near, everybody), np.array(left)

    def _trust(self, near: Ranks, left_out: NDArray[np.bool_]) -> float:
        kept, gone = np.flatnonzero(~left_out), np.flatnonzero(left_out)
        n, k = len(kept), self.k
        among = ~left_out[near[kept]]
        first = np.argsort(~among, axis=1, kind="stable")[:, :k]  # the k nearest that are there
        friends = np.take_along_axis(near[kept], first, 1)
        rank = np.take_along_axis(self.rank[kept], friends, 1)
        before = self.rank[np.ix_(kept, gone)][:, None, :] < rank[:, :, None]
        rank = rank - before.sum(axis=2)  # those left out stand in no one's way
        beyond = float((rank - k).clip(0).sum())
        return 1.0 - 2.0 * beyond / (n * k * (2 * n - 3 * k - 1))


def interval(value: float, without: Doubles) -> Interval:
    """Of a trustworthiness, from those without each block; in [0, 1]."""
    half = _half(without)
    return max(0.0, value - half), min(1.0, value + half)


def difference(
    ours: tuple[float, Doubles], theirs: tuple[float, Doubles]
) -> tuple[float, Interval]:
    """Our trustworthiness less theirs, of the same samples, and its interval."""
    value, half = ours[0] - theirs[0], _half(ours[1] - theirs[1])
    return value, (max(-1.0, value - half), min(1.0, value + half))


def _half(without: Doubles) -> float:
    """Half an interval by the jackknife, which for a rank is a little wide by itself."""
    away = without - without.mean()
    return float(Z * np.sqrt((BLOCKS - 1) / BLOCKS * (away @ away)))


def _nearest(rows: Floats, most: int) -> Ranks:
    """The nearest others of each row, nearest first: (n, D) -> (n, most)."""
    wide = rows.astype(np.float64) - rows.mean(axis=0)
    squares = np.einsum("ij,ij->i", wide, wide)
    distance = squares[:, None] + squares - 2.0 * (wide @ wide.T)
    np.fill_diagonal(distance, np.inf)
    if most < len(rows) - 1:
        some = np.argpartition(distance, most, axis=1)[:, :most]
        distance = np.take_along_axis(distance, some, 1)
        return np.take_along_axis(some, np.argsort(distance, axis=1), 1).astype(np.int32)
    return np.argsort(distance, axis=1)[:, :most].astype(np.int32)
