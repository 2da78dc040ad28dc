"""Neighbours as a detector: distances by hand, and a k that makes a density likeliest."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from scipy.stats import multivariate_normal

from explorer.analysis.applications.detectors import parted
from explorer.analysis.applications.detectors.neighbours import (
    COUNTS,
    Neighbours,
    count_of,
    kernel_density,
)
from explorer.errors import DataError
from explorer.task import NO_TASK
from tests.analysis.applications.detectors.rows import table


def test_the_score_is_the_distance_to_the_kth_of_what_is_known() -> None:
    known, rows = table(), table(seed=4).unit(slice(None))
    learned = Neighbours().learn(known, 0, NO_TASK)
    k = learned.setting["k"]
    wanted = np.sort(cdist(rows, known.unit(known.train_index)), axis=1)[:, k - 1]
    np.testing.assert_allclose(learned.score(rows), wanted, rtol=1e-5)


def test_the_density_is_a_mean_of_gaussians() -> None:
    rng = np.random.default_rng(0)
    there, asked = rng.normal(size=(5, 3)), rng.normal(size=(4, 3))
    reach = rng.uniform(0.5, 2.0, 5)
    each = [
        multivariate_normal(mean, r**2 / 3).pdf(asked) for mean, r in zip(there, reach, strict=True)
    ]
    found = kernel_density(cdist(asked, there) ** 2, reach, 3)
    np.testing.assert_allclose(found, np.log(np.mean(each, axis=0)))


def test_equal_samples_are_as_wide_as_the_narrowest_other() -> None:
    squares = np.array([[1.0, 4.0, 9.0]])
    found = kernel_density(squares, np.array([0.0, 2.0, 3.0]), 2)
    assert found == kernel_density(squares, np.array([2.0, 2.0, 3.0]), 2)
    alike = kernel_density(squares, np.zeros(3), 2)
    assert alike == kernel_density(squares, np.ones(3), 2)


def test_k_is_where_held_back_samples_are_likeliest() -> None:
    inner = parted(table(200, d=3), 0)
    rows, held = inner.unit(inner.train_index), inner.unit(inner.test_index)
    own = np.sort(cdist(rows, rows), axis=1)
    squares = cdist(held, rows) ** 2
    wanted = max(COUNTS, key=lambda k: kernel_density(squares, own[:, k], 3).mean())
    assert count_of(rows, held, NO_TASK) == wanted
    assert Neighbours().learn(table(200, d=3), 0, NO_TASK).setting == {"k": wanted}


@pytest.mark.parametrize("spread", [0.01, 1.0])
def test_smooth_data_wants_more_neighbours_than_pairs(spread: float) -> None:
    """Of pairs of almost equal samples the nearest tells how near a held-back one is."""
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(120, 2))
    rows, held = (
        (centres + spread * rng.normal(size=centres.shape)).astype(np.float32) for _ in range(2)
    )
    rows = np.concatenate([rows, (centres + spread * rng.normal(size=centres.shape))])
    k = count_of(rows.astype(np.float32), held, NO_TASK)
    assert k <= 2 if spread < 0.1 else k >= 5


def test_no_k_is_far_from_one_that_is_tried() -> None:
    """From one to as many as a density is still local with; each is about twice the last."""
    assert COUNTS[0] == 1
    steps = np.divide(COUNTS[1:], COUNTS[:-1])
    assert ((steps >= 1.5) & (steps <= 2.5)).all()


def test_no_more_neighbours_than_there_are() -> None:
    rows = np.arange(8, dtype=np.float32).reshape(4, 2)
    assert count_of(rows, rows, NO_TASK) <= 3
    with pytest.raises(DataError, match="too few"):
        count_of(rows[:1], rows, NO_TASK)
