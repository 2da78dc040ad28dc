"""Likelihoods against torch.distributions, in float64; means and samples against each other."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor
from torch.distributions import Bernoulli, ContinuousBernoulli, Normal

from explorer.models.exponential import continuous_bernoulli_mean, log_partition
from explorer.models.likelihoods import LINKS, likelihoods
from explorer.models.likelihoods.gaussian import FixedGaussian, LearnedGaussian
from explorer.models.titles import TITLES, display_name

SHAPE = (3, 5, 2, 4, 4)  # L, B, C, H, W


@pytest.fixture
def raw() -> Tensor:
    return 3 * torch.randn(SHAPE, generator=torch.Generator().manual_seed(0), dtype=torch.float64)


@pytest.fixture
def x() -> Tensor:
    return torch.rand(SHAPE[1:], generator=torch.Generator().manual_seed(1), dtype=torch.float64)


def total(per_feature: Tensor) -> Tensor:
    return per_feature.sum((-3, -2, -1))


def test_bernoulli(raw: Tensor, x: Tensor) -> None:
    binary = (x > 0.5).double()
    want = total(Bernoulli(logits=raw).log_prob(binary))
    got = likelihoods["bernoulli"]().log_prob(raw, binary)
    torch.testing.assert_close(got, want, atol=1e-6, rtol=0)


def test_continuous_bernoulli(raw: Tensor, x: Tensor) -> None:
    oracle = ContinuousBernoulli(logits=raw, lims=(0.4999, 0.5001), validate_args=False)
    got = likelihoods["continuous-bernoulli"]().log_prob(raw, x)
    torch.testing.assert_close(got, total(oracle.log_prob(x)), atol=1e-6, rtol=0)
    mean = likelihoods["continuous-bernoulli"]().mean(raw)
    torch.testing.assert_close(mean, oracle.mean, atol=1e-6, rtol=0)


def test_log_partition_is_smooth_and_stable_everywhere() -> None:
    t = torch.cat([torch.linspace(-2, 2, 4001), torch.tensor([-1e4, 1e4, 1e-30, 0.0])]).double()
    exact = torch.where(t == 0, 0.0, torch.log(torch.expm1(t.abs()) / t.abs()) + t.clamp(max=0))
    calm = t.abs() > 1e-3
    inside = calm & (t.abs() < 100)
    torch.testing.assert_close(log_partition(t)[inside], exact[inside], atol=1e-9, rtol=0)
    assert log_partition(t).isfinite().all()
    assert log_partition(torch.zeros(1)) == 0.0
    assert abs(float(log_partition(torch.tensor(1e4))) - (1e4 - math.log(1e4))) < 0.1


def test_mean_is_the_slope_of_the_log_partition() -> None:
    t = torch.linspace(-3, 3, 601, dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(log_partition(t).sum(), t)
    torch.testing.assert_close(continuous_bernoulli_mean(t), slope, atol=1e-8, rtol=0)
    ends = continuous_bernoulli_mean(torch.tensor([-1e6, 0.0, 1e6]))
    torch.testing.assert_close(ends, torch.tensor([0.0, 0.5, 1.0]), atol=1e-5, rtol=0)


def test_gaussian_is_half_the_sse_plus_a_constant(raw: Tensor, x: Tensor) -> None:
    sse = total((torch.sigmoid(raw) - x) ** 2)
    constant = 0.5 * x[0].numel() * math.log(2 * math.pi)
    got = likelihoods["gaussian"]().log_prob(raw, x)
    torch.testing.assert_close(got, -0.5 * sse - constant, atol=1e-6, rtol=0)


@pytest.mark.parametrize("sigma", [0.1, 1.0, 3.0])
def test_gaussian_of_any_sigma(raw: Tensor, x: Tensor, sigma: float) -> None:
    want = total(Normal(raw, sigma).log_prob(x))
    got = FixedGaussian(LINKS["identity"], sigma).log_prob(raw, x)
    torch.testing.assert_close(got, want, rtol=1e-6, atol=1e-6)


def test_learned_gaussian_uses_its_sigma(raw: Tensor, x: Tensor) -> None:
    member = LearnedGaussian().double()
    sigma = member.log_sigma().exp()
    want = total(Normal(torch.sigmoid(raw), sigma).log_prob(x))
    torch.testing.assert_close(member.log_prob(raw, x), want, atol=1e-6, rtol=0)


def test_learned_sigma_has_a_floor() -> None:
    member = LearnedGaussian()
    torch.nn.init.constant_(member.free, -1e6)
    assert member.log_sigma().item() == pytest.approx(-6.0)


@pytest.mark.parametrize("name", list(likelihoods))
def test_pixels_have_the_mean_that_is_shown(name: str) -> None:
    member = likelihoods[name]()
    raw = torch.linspace(-6, 6, 25).reshape(1, 1, 5, 5).expand(4000, 1, 1, 5, 5)
    with torch.no_grad():
        pixels = member.sample(raw, torch.Generator().manual_seed(0))
        mean = member.mean(raw)
    error = pixels.std(0) / len(pixels) ** 0.5 + 1e-3
    assert ((pixels.mean(0) - mean[0]).abs() < 5 * error).all()
    assert mean.min() >= 0
    assert mean.max() <= 1


@pytest.mark.parametrize("name", list(likelihoods))
def test_gradients(name: str) -> None:
    member = likelihoods[name]().double()
    raw = torch.randn(2, 2, 1, 2, 2, dtype=torch.float64, requires_grad=True)
    x = torch.rand(2, 1, 2, 2, dtype=torch.float64)
    assert torch.autograd.gradcheck(lambda r: member.log_prob(r, x), (raw,))


@pytest.mark.parametrize("name", list(likelihoods))
def test_wild_outputs_stay_finite(name: str) -> None:
    raw = torch.tensor([-1e4, 0.0, 1e-12, 1e4]).reshape(1, 1, 1, 2, 2).requires_grad_()
    x = torch.tensor([0.0, 0.5, 0.5, 1.0]).reshape(1, 1, 2, 2)
    score = likelihoods[name]().log_prob(raw, x)
    score.sum().backward()
    assert score.isfinite().all()
    assert raw.grad is not None
    assert raw.grad.isfinite().all()


def test_names_are_honest() -> None:
    assert set(TITLES) == set(likelihoods)
    assert display_name("bernoulli") == "cross-entropy (not a likelihood)"
    assert display_name("bernoulli", binary=True) == "Bernoulli"
