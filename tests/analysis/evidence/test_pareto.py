"""Pareto k against samples whose shape is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from explorer.analysis.evidence.pareto import pareto_k, shape_of, tail_length


@pytest.mark.parametrize("k", [-0.3, 0.2, 0.5, 0.7, 1.2])
def test_the_shape_of_a_generalised_pareto_sample(k: float) -> None:
    found = [
        shape_of(np.sort(stats.genpareto.rvs(k, scale=3.0, size=2000, random_state=seed)))
        for seed in range(20)
    ]
    assert np.mean(found) == pytest.approx(k, abs=0.03)
    assert np.std(found) < 0.06


@pytest.mark.parametrize("k", [0.2, 0.5, 0.9])
def test_weights_with_a_known_tail(k: float) -> None:
    """Weights u^-k have a tail of shape k, in any unit."""
    u = np.random.default_rng(0).random((5000, 40))
    found = pareto_k(-k * np.log(u) + 700.0)
    assert found.shape == (40,) and found.mean() == pytest.approx(k, abs=0.06)


def by_the_paper(x: list[float]) -> float:
    """Zhang & Stephens 2009, section 2.2, number by number as in the R package loo (gpdfit)."""
    n = len(x)
    m = 30 + math.floor(math.sqrt(n))
    star = x[math.floor(n / 4 + 0.5) - 1]
    theta = [1 / x[-1] + (1 - math.sqrt(m / (j - 0.5))) / (3 * star) for j in range(1, m + 1)]
    shapes = [sum(math.log1p(-t * one) for one in x) / n for t in theta]
    worth = [n * (math.log(-t / k) - k - 1) for t, k in zip(theta, shapes, strict=True)]
    shares = [1 / sum(math.exp(other - one) for other in worth) for one in worth]
    best = sum(t * share for t, share in zip(theta, shares, strict=True))
    return sum(math.log1p(-best * one) for one in x) / n


@pytest.mark.parametrize("n", [5, 6, 7, 8, 16, 99])
@pytest.mark.parametrize("k", [-0.2, 0.4, 1.0])
def test_the_shape_is_the_papers_to_the_last_digits(n: int, k: float) -> None:
    x = np.sort(stats.genpareto.rvs(k, size=n, random_state=n))
    assert shape_of(x) == pytest.approx(by_the_paper(x.tolist()), rel=1e-9)


@pytest.mark.parametrize("draws", [25, 400])
def test_k_is_of_the_excess_of_the_tail_over_the_next_weight_and_drawn_to_a_half(
    draws: int,
) -> None:
    """Vehtari et al. 2024, appendix C: as if ten more draws had said 0.5."""
    log_weights = np.random.default_rng(draws).normal(0, 2, (draws, 2))
    length = tail_length(draws)
    for column, found in zip(log_weights.T, pareto_k(log_weights), strict=True):
        weights = np.sort(np.exp(column))[::-1]
        excess = (weights[:length] - weights[length])[::-1]
        wanted = (length * by_the_paper(excess.tolist()) + 5) / (length + 10)
        assert found == pytest.approx(wanted, rel=1e-9)


def test_a_shape_wants_a_tail_of_five() -> None:
    log_weights = np.random.default_rng(0).normal(size=(21, 2))
    assert tail_length(21) == 5 and np.isfinite(pareto_k(log_weights)).all()
    assert tail_length(20) == 4 and np.isnan(pareto_k(log_weights[:20])).all()


def test_even_weights_have_no_tail() -> None:
    assert np.isnan(pareto_k(np.zeros((500, 3)))).all()
    rounded = np.random.default_rng(0).normal(0, 1e-13, (500, 3))
    assert np.isnan(pareto_k(rounded)).all()


def test_weights_that_are_not_numbers_have_none_and_equal_ones_in_a_tail_do() -> None:
    log_weights = np.random.default_rng(0).normal(size=(100, 2))
    log_weights[7, 0] = np.nan
    log_weights[np.argsort(log_weights[:, 1])[70:90], 1] = 0.5  # more than a quarter of the tail
    found = pareto_k(log_weights)
    assert np.isnan(found[0]) and np.isfinite(found[1])


def test_how_long_a_tail_is() -> None:
    assert tail_length(100) == 20 and tail_length(5000) == 213
