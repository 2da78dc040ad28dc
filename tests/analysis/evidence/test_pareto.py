"""Pareto k against samples whose shape is known."""

from __future__ import annotations

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


def test_even_weights_have_no_tail() -> None:
    assert np.isnan(pareto_k(np.zeros((500, 3)))).all()
    assert np.isnan(pareto_k(np.zeros((9, 3)))).all()


def test_how_long_a_tail_is() -> None:
    assert tail_length(100) == 20 and tail_length(5000) == 213
