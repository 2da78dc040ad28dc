"""explorer.analysis.latent.mixtures: density and draws in closed form, and how many fit."""

from __future__ import annotations

import math

import numpy as np
import pytest

from explorer.analysis.latent import mixtures
from explorer.analysis.latent.mixtures import FittedMixture, fit
from explorer.errors import Cancelled
from explorer.task import Task

COV = np.array([[2.0, 0.6], [0.6, 0.5]])
TWO = FittedMixture(
    np.array([0.25, 0.75]),
    np.array([[-4.0, 1.0], [3.0, 0.0]]),
    np.stack([COV, 0.5 * np.eye(2)]),
    0.0,
)


@pytest.fixture
def rng() -> np.random.Generator:
    """The same numbers for each test, whichever others run."""
    return np.random.default_rng(0)


def by_hand(z: np.ndarray) -> np.ndarray:
    """log sum_k w_k N(z; m_k, S_k), term by term."""
    total = np.zeros(len(z))
    for w, m, s in zip(TWO.weights, TWO.means, TWO.covariances, strict=True):
        away = z - m
        square = np.einsum("ni,ij,nj->n", away, np.linalg.inv(s), away)
        total += w * np.exp(-0.5 * square) / (2 * math.pi * math.sqrt(np.linalg.det(s)))
    return np.log(total)


def test_the_density_is_the_sum_of_its_parts(rng: np.random.Generator) -> None:
    z = rng.normal(0, 3, (50, 2))
    np.testing.assert_allclose(TWO.log_density(z), by_hand(z), rtol=1e-9)


def test_the_density_far_away_is_low_and_finite() -> None:
    far = TWO.log_density(np.array([[1e4, 1e4]]))
    assert np.isfinite(far).all() and far[0] < -1e6


def test_draws_have_the_moments_of_the_mixture() -> None:
    z = TWO.sample(40_000, np.random.default_rng(1))
    mean = TWO.weights @ TWO.means
    cov = sum(
        w * (s + np.outer(m - mean, m - mean))
        for w, m, s in zip(TWO.weights, TWO.means, TWO.covariances, strict=True)
    )
    np.testing.assert_allclose(z.mean(axis=0), mean, atol=0.08)
    np.testing.assert_allclose(np.cov(z.T), cov, atol=0.25)


def test_draws_are_made_of_the_noise_given(rng: np.random.Generator) -> None:
    one = FittedMixture(np.ones(1), np.array([[1.0, -2.0]]), COV[None], 0.0)
    eps = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    drawn = one.sample(3, rng, eps)
    np.testing.assert_allclose(drawn, one.means[0] + eps @ np.linalg.cholesky(COV).T)


def test_as_many_gaussians_are_found_as_there_are() -> None:
    centres = np.array([[0, 0], [8, 0], [0, 8]])
    noise = np.random.default_rng(5).normal(0, 0.5, (600, 2))
    codes = (centres[np.arange(600) % 3] + noise).astype(np.float32)
    found = fit(codes)
    assert len(found) == 3 and found.weights == pytest.approx([1 / 3] * 3, abs=0.01)
    assert sorted(found.means.round().tolist()) == sorted(centres.tolist())
    np.testing.assert_allclose(found.covariances, np.stack([0.25 * np.eye(2)] * 3), atol=0.06)


def test_one_gaussian_is_the_codes_mean_and_covariance_with_its_bic(
    rng: np.random.Generator,
) -> None:
    codes = (rng.normal(0, 1, (400, 2)) * [1, 100] + [5, -3]).astype(np.float32)
    found, rows = fit(codes, components=(1,)), codes.astype(np.float64)
    np.testing.assert_allclose(found.means[0], rows.mean(axis=0), rtol=1e-6)
    np.testing.assert_allclose(found.covariances[0], np.cov(rows.T, bias=True), rtol=1e-4)
    free = 2 + 3  # of a mean and a symmetric covariance
    wanted = free * math.log(400) - 2 * found.log_density(rows).sum()
    assert found.bic == pytest.approx(wanted, rel=1e-6)


def test_more_are_tried_until_three_in_a_row_have_not_helped(
    monkeypatch: pytest.MonkeyPatch, rng: np.random.Generator
) -> None:
    bics = {1: 9.0, 2: 5.0, 3: 6.0, 4: 5.5, 5: 4.0, 6: 7.0, 7: 8.0, 8: 9.0, 9: 0.0}
    tried: list[int] = []

    def em(rows: np.ndarray, k: int, _seed: int) -> FittedMixture:
        tried.append(k)
        return FittedMixture(
            np.full(k, 1 / k), np.zeros((k, 2)), np.stack([np.eye(2)] * k), bics[k]
        )

    monkeypatch.setattr(mixtures, "_em", em)
    assert len(fit(rng.normal(0, 1, (50, 2)).astype(np.float32))) == 5
    assert tried == [1, 2, 3, 4, 5, 6, 7, 8]


def test_as_long_as_more_help_their_number_grows_by_a_third_at_most(
    monkeypatch: pytest.MonkeyPatch, rng: np.random.Generator
) -> None:
    tried: list[int] = []

    def em(rows: np.ndarray, k: int, _seed: int) -> FittedMixture:
        tried.append(k)
        means, covariances = np.zeros((k, 2)), np.stack([np.eye(2)] * k)
        return FittedMixture(np.full(k, 1 / k), means, covariances, -float(k))

    monkeypatch.setattr(mixtures, "_em", em)
    found = fit(rng.normal(0, 1, (90, 2)).astype(np.float32))
    assert len(found) == tried[-1] and tried[:10] == list(range(1, 11))
    steps = np.divide(tried[10:], tried[9:-1])
    assert ((steps > 1.0) & (steps < 1.34)).all()


def test_no_more_gaussians_than_codes_and_a_constant_dimension_is_no_fault() -> None:
    codes = np.array([[0, 7], [1, 7], [2, 7]], np.float32)
    found = fit(codes)
    assert 1 <= len(found) <= 3 and np.isfinite(found.covariances).all()
    assert found.means[:, 1] == pytest.approx([7] * len(found))


def test_it_says_how_far_it_is_and_stops_when_it_is_told_to(rng: np.random.Generator) -> None:
    told: list[tuple[float | None, str]] = []
    task = Task(lambda share, text: told.append((share, text)), interval=0.0)
    fit(rng.normal(0, 1, (60, 2)).astype(np.float32), task, components=(1, 2))
    assert told == [(0.0, "a mixture of 1 Gaussian"), (0.5, "a mixture of 2 Gaussians")]
    task.cancel()
    with pytest.raises(Cancelled):
        fit(np.zeros((5, 2), np.float32), task)
