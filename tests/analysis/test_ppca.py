"""explorer.analysis.ppca: noise and evidence, against a full covariance."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explorer.analysis import ppca
from explorer.analysis.pca import Pca, fit
from explorer.errors import DataError
from tests.fakes import constant_dataset, toy_dataset

DATA = toy_dataset(300, height=8, width=8)
PCA = fit(DATA, 64)
ROWS = DATA.unit(DATA.train_index)


@pytest.mark.parametrize("k", [1, 2, 7, 20])
def test_the_noise_is_the_mean_of_the_eigenvalues_left_out(k: int) -> None:
    eigenvalues = np.linalg.eigvalsh(np.cov(ROWS.astype(np.float64).T, bias=True))[::-1]
    assert ppca.noise_variance(PCA, k) == pytest.approx(eigenvalues[k:].mean(), rel=1e-4)


@pytest.mark.parametrize("k", [1, 3, 10])
def test_the_evidence_is_that_of_the_whole_covariance(k: int) -> None:
    sigma2 = ppca.noise_variance(PCA, k)
    basis = PCA.components[:k].astype(np.float64)
    cov = basis.T @ np.diag(PCA.variance[:k] - sigma2) @ basis + sigma2 * np.eye(64)
    normal = torch.distributions.MultivariateNormal(
        torch.from_numpy(PCA.mean.astype(np.float64)), torch.from_numpy(cov)
    )
    wanted = normal.log_prob(torch.from_numpy(ROWS[:9].astype(np.float64))).numpy()
    np.testing.assert_allclose(ppca.log_likelihood(PCA, k, ROWS[:9]), wanted, rtol=1e-5)


def test_more_components_explain_the_training_part_better() -> None:
    means = [ppca.log_likelihood(PCA, k, ROWS).mean() for k in (1, 2, 4, 8)]
    assert means == sorted(means)


def test_where_nothing_is_left_there_is_no_noise() -> None:
    for k in (64, 65):
        with pytest.raises(DataError, match=f"{k} components leave no noise"):
            ppca.noise_variance(PCA, k)
    few = fit(DATA, 5)
    assert ppca.noise_variance(few, 5) > 0
    with pytest.raises(DataError, match="6 components leave no noise"):
        ppca.noise_variance(few, 6)


def test_noise_is_there_as_long_as_a_direction_and_some_variance_are_left() -> None:
    assert [ppca.has_noise(PCA, k) for k in (1, 63, 64)] == [True, True, False]
    few = fit(toy_dataset(20), 30)  # of 16 samples: 15 directions hold them all
    assert [ppca.has_noise(few, k) for k in (1, 14, 15, 16)] == [True, True, False, False]


def test_constant_data_has_no_noise() -> None:
    with pytest.raises(DataError, match="without noise"):
        ppca.noise_variance(fit(constant_dataset(5, 100), 2), 1)


def test_a_component_weaker_than_the_noise_is_taken_for_it() -> None:
    weak = Pca(np.zeros(3, np.float32), np.eye(3, dtype=np.float32), np.array([0.5]), 2.5, 10)
    rows = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]], np.float32)
    along, across = ppca.log_likelihood(weak, 1, rows)  # sigma^2 is 1, in every direction
    assert along == pytest.approx(across) == pytest.approx(-0.5 * (3 * np.log(2 * np.pi) + 1))
