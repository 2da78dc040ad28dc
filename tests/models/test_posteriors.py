"""Posteriors against torch.distributions, in float64."""

from __future__ import annotations

import pytest
import torch
from torch.distributions import Independent, Normal, kl_divergence

from explorer.models.posteriors import posteriors
from explorer.models.posteriors.diagonal import DiagonalGaussian
from explorer.models.posteriors.point import PointMass
from explorer.models.priors.standard import StandardNormal


@pytest.fixture
def q() -> DiagonalGaussian:
    generator = torch.Generator().manual_seed(0)
    mean, logvar = torch.randn(2, 7, 3, generator=generator, dtype=torch.float64)
    return DiagonalGaussian(mean, logvar)


def oracle(q: DiagonalGaussian) -> Independent:
    return Independent(Normal(q.mean, q.std), 1)


def test_log_prob_is_the_normal_density(q: DiagonalGaussian) -> None:
    z = torch.randn(5, 7, 3, dtype=torch.float64)
    torch.testing.assert_close(q.log_prob(z), oracle(q).log_prob(z), atol=1e-6, rtol=0)


def test_kl_is_closed_form(q: DiagonalGaussian) -> None:
    zero = torch.zeros(7, 3, dtype=torch.float64)
    prior = Independent(Normal(zero, torch.ones_like(zero)), 1)
    kl = q.kl(StandardNormal(3))
    assert kl is not None
    torch.testing.assert_close(kl, kl_divergence(oracle(q), prior), atol=1e-6, rtol=0)
    assert (kl >= 0).all()


def test_kl_of_the_prior_is_zero() -> None:
    q = DiagonalGaussian(torch.zeros(1, 4), torch.zeros(1, 4))
    assert q.kl(StandardNormal(4)) == 0.0


def test_monte_carlo_kl_agrees(q: DiagonalGaussian) -> None:
    prior, generator = StandardNormal(3), torch.Generator().manual_seed(1)
    z = q.sample(generator, 20_000)  # (L, B, d)
    ratio = q.log_prob(z) - prior.log_prob(z)
    error = ratio.std(0) / len(z) ** 0.5
    kl = q.kl(prior)
    assert kl is not None
    assert ((ratio.mean(0) - kl).abs() < 4 * error).all()


def test_samples_follow_the_generator(q: DiagonalGaussian) -> None:
    first, second = (q.sample(torch.Generator().manual_seed(3), 2) for _ in range(2))
    assert torch.equal(first, second)
    assert first.shape == (2, 7, 3)


def test_wild_logvar_is_clamped() -> None:
    wild = torch.tensor([[-1e9, 1e9]], requires_grad=True)
    q = DiagonalGaussian(torch.zeros(1, 2), wild)
    kl = q.kl(StandardNormal(2))
    assert kl is not None
    assert kl.isfinite().all()
    assert q.std.isfinite().all()
    assert (q.std > 0).all()


def test_point_mass_is_its_mean() -> None:
    q = PointMass(torch.randn(4, 2))
    assert torch.equal(q.sample(None, 3)[1], q.mean)
    assert q.kl(StandardNormal(2)) is None
    assert not q.std.any()
    assert not q.has_density
    with pytest.raises(NotImplementedError):
        q.log_prob(q.mean)


@pytest.mark.parametrize("name", list(posteriors))
def test_layers_give_d_numbers_per_sample(name: str) -> None:
    q = posteriors[name](10, 3)(torch.randn(6, 10))
    assert q.mean.shape == q.std.shape == (6, 3)
    assert q.sample(None, 2).shape == (2, 6, 3)
