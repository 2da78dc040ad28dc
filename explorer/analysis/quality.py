"""How well a plane of codes keeps who is next to whom, and who is of one kind.

scikit-learn is imported inside the functions. Large sets are subsampled with a seed, and how many
samples were used stands beside each value.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.errors import Paired, neighbours, shares
from explorer.analysis.passes import Index
from explorer.data.dataset import Floats

Bools = NDArray[np.bool_]

NEIGHBOURS = 5
LEAST = 2 * NEIGHBOURS  # samples that are too few for trustworthiness
MOST_PAIRS = 2_000  # trustworthiness holds an n x n matrix
MOST_REFERENCES = 20_000  # samples that neighbours are looked for among


def subsample(n: int, most: int, seed: int = 0) -> Index:
    """min(n, most) of 0..n-1, in order; the same for the same seed."""
    if n <= most:
        return np.arange(n)
    return np.sort(np.random.default_rng(seed).choice(n, most, replace=False))


def trustworthiness(rows: Floats, ours: Floats, theirs: Floats) -> Paired:
    """Whether neighbours among codes (n, d) are neighbours among rows (n, D): 1 is always.

    Venna & Kaski 2001. Takes O(n^2) memory: give it a `subsample`.
    """
    n = len(rows)
    if n <= LEAST:
        return Paired(n)
    near = neighbours.Neighbours(rows, NEIGHBOURS)
    one, other = near.without_blocks(ours), near.without_blocks(theirs)
    away, around = neighbours.difference(one, other)
    intervals = neighbours.interval(*one), neighbours.interval(*other)
    return Paired(n, one[0], other[0], *intervals, away, around)


Codes = tuple[Floats, Floats]  # of the training part (n, d), and of the samples asked about (m, d)


def knn_accuracy(ours: Codes, theirs: Codes, train_labels: Index, labels: Index) -> Paired:
    """Share of the m samples whose 5 nearest training codes vote for their label."""
    if len(train_labels) < NEIGHBOURS or len(labels) == 0:
        return Paired(len(labels))
    one, other = (_voted_right(*codes, train_labels, labels) for codes in (ours, theirs))
    return Paired(
        len(labels), float(one.mean()), float(other.mean()),
        shares.interval(one), shares.interval(other), *shares.difference(one, other),
    )  # fmt: skip


def _voted_right(train: Floats, codes: Floats, train_labels: Index, labels: Index) -> Bools:
    """Whose neighbours vote for their label: (m,)."""
    from sklearn.neighbors import KNeighborsClassifier

    kept = subsample(len(train), MOST_REFERENCES)
    classifier = KNeighborsClassifier(NEIGHBOURS).fit(train[kept], train_labels[kept])
    right: Bools = classifier.predict(codes) == labels
    return right
