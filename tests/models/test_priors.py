"""Priors against torch.distributions."""

from __future__ import annotations

import torch
from torch.distributions import Categorical, Independent, MixtureSameFamily, Normal

from explorer.models.bodies import initialise
from explorer.models.priors.mixture import Mixture
from explorer.models.priors.standard import StandardNormal


def test_standard_normal_density() -> None:
    z = torch.randn(4, 5, 3, dtype=torch.float64)
    zero = torch.zeros(3, dtype=torch.float64)
    oracle = Independent(Normal(zero, torch.ones_like(zero)), 1)
    torch.testing.assert_close(StandardNormal(3).log_prob(z), oracle.log_prob(z), atol=1e-6, rtol=0)


def test_standard_normal_samples_follow_the_generator() -> None:
    first, second = (StandardNormal(3).sample(5, torch.Generator().manual_seed(0)) for _ in "ab")
    assert torch.equal(first, second)
    assert first.shape == (5, 3)


def mixture() -> Mixture:
    prior = Mixture(3, components=4).double()
    initialise(prior, torch.Generator().manual_seed(0))
    with torch.no_grad():
        prior.free_weight.copy_(torch.tensor([0.1, 0.0, -0.1, 0.05]))
        prior.free_logvar.copy_(torch.linspace(-0.3, 0.2, 12).view(4, 3))
    return prior


def test_mixture_density() -> None:
    prior = mixture()
    components = Independent(Normal(prior.means, (0.5 * prior.logvars).exp()), 1)
    oracle = MixtureSameFamily(Categorical(logits=prior.log_weights), components)
    z = torch.randn(4, 5, 3, dtype=torch.float64)
    torch.testing.assert_close(prior.log_prob(z), oracle.log_prob(z), atol=1e-6, rtol=0)


def test_mixture_samples_have_its_moments() -> None:
    prior = mixture()
    z = prior.sample(20_000, torch.Generator().manual_seed(0))
    weights = prior.log_weights.exp()[:, None]
    mean = (weights * prior.means).sum(0)
    variance = (weights * (prior.logvars.exp() + prior.means.square())).sum(0) - mean.square()
    assert ((z.mean(0) - mean).abs() < 5 * (variance / len(z)).sqrt()).all()
    assert ((z.var(0) / variance - 1).abs() < 0.1).all()


def test_fresh_mixture_is_about_the_standard_normal() -> None:
    prior = Mixture(2, components=50)
    initialise(prior, torch.Generator().manual_seed(0))
    z = prior.sample(5000, torch.Generator().manual_seed(1))
    assert ((z.std(0) - 1).abs() < 0.25).all()
