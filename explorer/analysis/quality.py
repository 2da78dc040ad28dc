"""How well a plane of codes keeps who is next to whom, and who is of one kind.

scikit-learn is imported inside the functions. Large sets are subsampled with a seed, and how many
samples were used stands beside each value.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.analysis.passes import Index
from explorer.data.dataset import Floats

NEIGHBOURS = 5
MOST_PAIRS = 2_000  # trustworthiness holds an n x n matrix
MOST_REFERENCES = 20_000  # samples that neighbours are looked for among


@dataclass(frozen=True)
class Score:
    """A value in [0, 1], None where there is none, and how many samples it is of."""

    value: float | None
    n: int


def subsample(n: int, most: int, seed: int = 0) -> Index:
    """min(n, most) of 0..n-1, in order; the same for the same seed."""
    if n <= most:
        return np.arange(n)
    return np.sort(np.random.default_rng(seed).choice(n, most, replace=False))


def trustworthiness(rows: Floats, codes: Floats) -> Score:
    """Whether neighbours among codes (n, d) are neighbours among rows (n, D): 1 is always.

    Venna & Kaski 2001. Takes O(n^2) memory: give it a `subsample`.
    """
    n = len(rows)
    if n <= 2 * NEIGHBOURS:
        return Score(None, n)
    from sklearn.manifold import trustworthiness as measured

    return Score(float(measured(rows, codes, n_neighbors=NEIGHBOURS)), n)


def knn_accuracy(train: Floats, train_labels: Index, test: Floats, test_labels: Index) -> Score:
    """Share of test codes (m, d) whose 5 nearest training codes (n, d) vote for their label."""
    if len(train) < NEIGHBOURS or len(test) == 0:
        return Score(None, len(test))
    from sklearn.neighbors import KNeighborsClassifier

    kept = subsample(len(train), MOST_REFERENCES)
    classifier = KNeighborsClassifier(NEIGHBOURS).fit(train[kept], train_labels[kept])
    return Score(float(classifier.score(test, test_labels)), len(test))
