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
from explorer.models.likelihoods.optimal import OptimalGaussian

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


@pytest.mark.parametrize("name", list(likelihoods))
def test_a_table_holds_every_sample_under_every_z(name: str, raw: Tensor, x: Tensor) -> None:
    member = likelihoods[name](LINKS["sigmoid"]).double().eval()
    many = raw[:, :4].flatten(0, 1)  # 12 of them
    if member.outputs == 2:
        many = torch.cat([many, 0.3 * many.flip(0)], 1)
    found = member.log_prob_table(many, x)
    want = torch.stack([member.log_prob(one.expand(1, 5, *one.shape), x)[0] for one in many])
    assert found.dtype == torch.float64
    torch.testing.assert_close(found, want, atol=1e-4, rtol=1e-6)
    by_samples = super(type(member), member).log_prob_table  # the general way, where there is one
    torch.testing.assert_close(by_samples(many, x), want, atol=1e-4, rtol=1e-6)


@pytest.mark.parametrize("link", list(LINKS))
@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("name", list(likelihoods))
def test_a_score_that_may_write_over_its_input_is_the_same(
    name: str, training: bool, link: str, raw: Tensor, x: Tensor
) -> None:
    member = likelihoods[name](LINKS[link]).double().train(training)
    if member.outputs == 2:
        raw = torch.cat([raw, 0.3 * raw.flip(0)], 2)
    before = x.clone()
    want = member.log_prob(raw, x)
    torch.testing.assert_close(member.log_prob_(raw.clone(), x), want, atol=1e-6, rtol=1e-9)
    assert torch.equal(x, before)


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
    near = torch.tensor([0.0, 1e-30, -1e-9, 1e-7, -9e-7, 1e-6, 2e-6, -1e-3]).double()
    series = near / 2 + near**2 / 24
    torch.testing.assert_close(log_partition(near), series, atol=1e-6, rtol=0)
    assert log_partition(t).isfinite().all()
    assert abs(float(log_partition(torch.tensor(1e4))) - (1e4 - math.log(1e4))) < 0.1


def test_mean_is_the_slope_of_the_log_partition() -> None:
    t = torch.linspace(-3, 3, 600, dtype=torch.float64, requires_grad=True)  # leaves 0 out
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


def test_continuous_bernoulli_gradient_is_right_at_zero() -> None:
    t = torch.tensor([0.0, 1e-9, -1e-7, 1e-3], dtype=torch.float64).reshape(1, 1, 1, 2, 2)
    t.requires_grad_()
    x = torch.full((1, 1, 2, 2), 0.3, dtype=torch.float64)
    likelihoods["continuous-bernoulli"]().log_prob(t, x).sum().backward()
    want = 0.3 - (0.5 + t.detach() / 12)
    torch.testing.assert_close(t.grad, want, atol=1e-6, rtol=0)


def test_per_pixel_gaussian(raw: Tensor, x: Tensor) -> None:
    member = likelihoods["gaussian-per-pixel"]()
    free = torch.flip(raw, (0,))
    both = torch.cat([raw, free], -3)
    sigma = (-6.0 + torch.nn.functional.softplus(free - 1.0 + 6.0)).exp()
    want = total(Normal(torch.sigmoid(raw), sigma).log_prob(x))
    torch.testing.assert_close(member.log_prob(both, x), want, atol=1e-6, rtol=1e-9)
    torch.testing.assert_close(member.mean(both), torch.sigmoid(raw))
    assert member.sample(both).shape == raw.shape


def test_optimal_gaussian_has_the_best_sigma(raw: Tensor, x: Tensor) -> None:
    """Rybkin et al. 2021: D/2 (log 2 pi sigma^2 + 1), and no other sigma scores higher."""
    member = OptimalGaussian().double()
    variance = (torch.sigmoid(raw) - x).square().mean()
    got = member.log_prob(raw, x).mean()
    want = -0.5 * x[0].numel() * (torch.log(2 * math.pi * variance) + 1)
    torch.testing.assert_close(got, want, atol=1e-6, rtol=0)
    for factor in (0.9, 1.1):
        other = FixedGaussian(sigma=factor * float(variance.sqrt()))
        assert other.log_prob(raw, x).mean() < got


def test_optimal_gaussian_keeps_a_sigma_for_evaluation(raw: Tensor, x: Tensor) -> None:
    member = OptimalGaussian().double()
    member.log_prob(raw, x)
    member.eval()
    variance = float((torch.sigmoid(raw) - x).square().mean())
    assert float(member.log_sigma().exp()) == pytest.approx(variance**0.5)
    together = member.log_prob(raw, x)
    alone = torch.cat([member.log_prob(raw[:, i : i + 1], x[i : i + 1]) for i in range(5)], 1)
    torch.testing.assert_close(together, alone)
    assert "kept" in member.state_dict()


def test_learned_sigma_has_a_floor() -> None:
    member = LearnedGaussian()
    torch.nn.init.constant_(member.free, -1e6)
    assert member.log_sigma().item() == pytest.approx(-6.0)


@pytest.mark.parametrize("name", list(likelihoods))
def test_pixels_have_the_mean_that_is_shown(name: str) -> None:
    member = likelihoods[name]()
    raw = torch.linspace(-6, 6, 25).reshape(1, 1, 5, 5)
    raw = raw.repeat(1, member.outputs, 1, 1).expand(4000, 1, -1, 5, 5)
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
    shape = (2, 2, member.outputs, 2, 2)
    raw = torch.randn(shape, dtype=torch.float64, requires_grad=True)
    x = torch.rand(2, 1, 2, 2, dtype=torch.float64)
    assert torch.autograd.gradcheck(lambda r: member.log_prob(r, x), (raw,))


@pytest.mark.parametrize("name", list(likelihoods))
def test_wild_outputs_stay_finite(name: str) -> None:
    member = likelihoods[name]()
    raw = torch.tensor([-1e4, 0.0, 1e-12, 1e4]).reshape(1, 1, 1, 2, 2)
    raw = raw.repeat(1, 1, member.outputs, 1, 1).requires_grad_()
    x = torch.tensor([0.0, 0.5, 0.5, 1.0]).reshape(1, 1, 2, 2)
    score = member.log_prob(raw, x)
    score.sum().backward()
    assert score.isfinite().all()
    assert raw.grad is not None
    assert raw.grad.isfinite().all()
