"""Against torch.distributions, and against what the formulas promise."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch.distributions import Normal, kl_divergence

from explorer.analysis import formulas
from explorer.models.likelihoods import LINKS
from explorer.models.likelihoods.gaussian import LearnedGaussian

MU, SIGMA = np.meshgrid(np.linspace(-4, 4, 17), np.geomspace(1e-3, 5, 19))


def test_the_kl_is_that_of_torch() -> None:
    q = Normal(torch.from_numpy(MU), torch.from_numpy(SIGMA))
    exact = kl_divergence(q, Normal(0.0, 1.0)).numpy()
    assert np.allclose(formulas.kl_to_standard(MU, SIGMA), exact, rtol=1e-12, atol=1e-12)
    assert float(formulas.kl_to_standard(0.0, 1.0)) == 0.0


def test_densities_are_those_of_torch() -> None:
    exact = Normal(torch.zeros(()).double(), torch.from_numpy(SIGMA)).log_prob(torch.from_numpy(MU))
    assert np.allclose(formulas.gaussian_log_likelihood(MU, SIGMA), exact.numpy(), rtol=1e-12)
    assert np.allclose(formulas.normal_density(MU, 0.0, SIGMA), exact.exp().numpy(), rtol=1e-12)
    moved = formulas.normal_density(np.asarray(MU) + 2.5, 2.5, SIGMA)
    assert np.allclose(moved, exact.exp().numpy(), rtol=1e-12)


@pytest.mark.parametrize("error", [-2.0, 0.3, 1e-4])
def test_the_best_sigma_is_the_error(error: float) -> None:
    best = float(formulas.best_sigma(error))
    around = formulas.gaussian_log_likelihood(error, best * np.array([0.99, 1.0, 1.01]))
    assert around.argmax() == 1
    assert float(formulas.best_log_likelihood(error)) == pytest.approx(around[1], rel=1e-12)


def test_the_best_has_no_bound() -> None:
    errors = np.geomspace(1.0, 1e-12, 13)
    assert np.allclose(np.diff(formulas.best_log_likelihood(errors)), math.log(10.0))


def test_half_the_sse_plus_beta_kl_is_sigma_squared_beta() -> None:
    rng, beta = np.random.default_rng(0), 4.0
    sigma, errors = formulas.sigma_of_beta(beta), rng.normal(size=(2, 50))
    nats = -formulas.gaussian_log_likelihood(errors, sigma).sum(1)  # two models' reconstructions
    kl = np.array([3.0, 5.0])
    loss = 0.5 * np.square(errors).sum(1) + beta * kl
    assert np.diff(nats + kl) == pytest.approx(np.diff(loss) / beta)


def test_a_mean_instead_of_a_sum_is_a_huge_sigma() -> None:
    assert formulas.sigma_of_mean_mse(1.0, 28 * 28) ** 2 == pytest.approx(392)


@pytest.mark.parametrize("free", [-2.0, -0.1, 0.0, 0.3])
def test_a_learned_sigma_is_read_from_the_weights(free: float) -> None:
    likelihood = LearnedGaussian(LINKS["identity"])
    with torch.no_grad():
        likelihood.free.fill_(free)
    weights = {"likelihood.free": likelihood.free.detach().numpy()}
    assert formulas.learned_sigma(weights) == pytest.approx(
        float(likelihood.log_sigma().detach().exp()), rel=1e-5
    )
    assert formulas.learned_sigma({}) is None
