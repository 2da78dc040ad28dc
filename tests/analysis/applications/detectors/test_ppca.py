"""Probabilistic PCA as a detector: scikit-learn's density."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.decomposition import PCA

from explorer.analysis import components
from explorer.analysis.applications.detectors import parted
from explorer.analysis.applications.detectors.ppca import ProbabilisticPca
from explorer.errors import DataError
from explorer.task import NO_TASK
from tests.analysis.applications.detectors.rows import table


def test_the_score_is_minus_the_log_density() -> None:
    known, rows = table(400), table(seed=4).unit(slice(None))
    learned = ProbabilisticPca().learn(known, 0, NO_TASK)
    k = learned.setting["k"]
    assert k == components.by_likelihood(parted(known, 0))
    there = known.unit(known.train_index).astype(np.float64)
    n = len(there)
    centred = (there - there.mean(axis=0)) * np.sqrt((n - 1) / n)  # scikit-learn's is over n - 1
    wanted = -PCA(k).fit(centred).score_samples(rows - there.mean(axis=0))
    np.testing.assert_allclose(learned.score(rows), wanted, rtol=1e-4)


def test_without_noise_there_is_no_density() -> None:
    known = table(rank=1, noise=0.0, d=2)
    with pytest.raises(DataError):
        ProbabilisticPca().learn(known, 0, NO_TASK)


def test_beside_a_wild_sample_that_was_held_back_there_is_no_noise_either() -> None:
    """It is said on learning, before anything is scored."""
    known = table(noise=0.01)
    x = known.x.copy()
    x[known.train_index[parted(known, 0).test_index[0]]] = 1e8
    with pytest.raises(DataError, match="without noise"):
        ProbabilisticPca().learn(replace(known, x=x), 0, NO_TASK)
