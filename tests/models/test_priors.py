"""Priors against torch.distributions."""

from __future__ import annotations

import torch
from torch.distributions import Independent, Normal

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
