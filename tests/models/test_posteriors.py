"""Posteriors against torch.distributions, in float64."""

from __future__ import annotations

import pytest
import torch
from torch.distributions import Independent, MultivariateNormal, Normal, kl_divergence

from explorer.models.bodies import initialise
from explorer.models.posteriors import Posterior, posteriors
from explorer.models.posteriors.diagonal import DiagonalGaussian, DiagonalLayer
from explorer.models.posteriors.flow import FlowLayer, FlowPosterior
from explorer.models.posteriors.full import STEEPEST, FullGaussian, FullLayer, lower_triangle
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


@pytest.mark.parametrize("name", ["q", "full"])
def test_monte_carlo_kl_agrees(name: str, request: pytest.FixtureRequest) -> None:
    q: Posterior = request.getfixturevalue(name)
    prior, generator = StandardNormal(3), torch.Generator().manual_seed(1)
    z, log_q = q.sample_with_log_prob(generator, 20_000)  # (L, B, d), (L, B)
    ratio = log_q - prior.log_prob(z)
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
    q = posteriors[name](10, 4)(torch.randn(6, 10))
    assert q.mean.shape == q.std.shape == (6, 4)
    assert q.sample(None, 2).shape == (2, 6, 4)
    assert q.covariance().shape == (6, 4, 4)
    torch.testing.assert_close(q.covariance().diagonal(dim1=1, dim2=2).sqrt(), q.std)


# -- full covariance ---------------------------------------------------------------------------


@pytest.fixture
def full() -> FullGaussian:
    random = torch.randn(7, 9, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    return FullGaussian(random[:, :3], random[:, 3:6], random[:, 6:])


def full_oracle(q: FullGaussian) -> MultivariateNormal:
    return MultivariateNormal(q.mean, scale_tril=q.scale_tril)


def test_full_density(full: FullGaussian) -> None:
    z = torch.randn(5, 7, 3, dtype=torch.float64)
    want = full_oracle(full).log_prob(z)
    torch.testing.assert_close(full.log_prob(z), want, atol=1e-6, rtol=1e-9)
    torch.testing.assert_close(full.log_prob(z[0]), want[0], atol=1e-6, rtol=1e-9)
    drawn, log_q = full.sample_with_log_prob(torch.Generator().manual_seed(0), 4)
    torch.testing.assert_close(log_q, full_oracle(full).log_prob(drawn), atol=1e-6, rtol=1e-9)


@pytest.mark.parametrize("s", [-1e4, 1e4])
def test_no_spread_leaves_the_numbers(s: float) -> None:
    """An encoder may say anything; e^s of it is a number still, and so is all that follows."""
    mean, wild = torch.zeros(2, 3), torch.full((2, 3), s)
    for q in (FullGaussian(mean, wild, torch.zeros(2, 3)), DiagonalGaussian(mean, wild)):
        z = q.sample(torch.Generator().manual_seed(0), 4)
        kl = q.kl(StandardNormal(3))
        assert kl is not None and kl.isfinite().all()
        assert z.isfinite().all() and q.std.isfinite().all() and q.log_prob(z).isfinite().all()


def test_full_kl_is_closed_form_and_a_chain(full: FullGaussian) -> None:
    prior = StandardNormal(3)
    normal = MultivariateNormal(torch.zeros(3).double(), torch.eye(3).double())
    kl, per_dim = full.kl(prior), full.kl_per_dim(prior)
    assert kl is not None and per_dim is not None
    torch.testing.assert_close(kl, kl_divergence(full_oracle(full), normal), atol=1e-6, rtol=1e-9)
    assert (per_dim >= 0).all()


def test_full_moments(full: FullGaussian) -> None:
    torch.testing.assert_close(full.covariance(), full_oracle(full).covariance_matrix)
    torch.testing.assert_close(full.std.square(), full_oracle(full).variance)


def test_full_without_lean_is_diagonal(q: DiagonalGaussian) -> None:
    same = FullGaussian(q.mean, 0.5 * q.logvar, torch.zeros(7, 3, dtype=torch.float64))
    z = torch.randn(5, 7, 3, dtype=torch.float64)
    torch.testing.assert_close(same.log_prob(z), q.log_prob(z))
    torch.testing.assert_close(same.kl_per_dim(StandardNormal(3)), q.kl_per_dim(StandardNormal(3)))


def test_full_trains_after_it_was_used_for_inference() -> None:
    layer, features = FullLayer(6, 7), torch.randn(2, 6)
    with torch.inference_mode():
        layer(features).sample()
    layer(features).sample().sum().backward()
    assert layer.linear.weight.grad is not None


def test_entries_lie_where_they_belong() -> None:
    got = lower_triangle(torch.tensor([[1.0, 2.0, 3.0]]), torch.tensor([[4.0, 5.0, 6.0]]))[0]
    assert got.tolist() == [[1, 0, 0], [4, 2, 0], [5, 6, 3]]


# -- flow --------------------------------------------------------------------------------------


def bent(latent_dim: int, *, flow_steps: int = 3) -> FlowPosterior:
    """A flow with weights anywhere."""
    layer = FlowLayer(6, latent_dim, flow_steps=flow_steps).double()
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.normal_(std=0.15, generator=generator)
        layer.log_unit.mul_(0.1)
    features = torch.randn(4, 6, generator=generator, dtype=torch.float64)
    q = layer(features)
    assert isinstance(q, FlowPosterior)
    return q


@pytest.mark.parametrize("latent_dim", [1, 2, 5])
def test_flow_carries_the_density_of_what_it_draws(latent_dim: int) -> None:
    q = bent(latent_dim)
    z, log_q = q.sample_with_log_prob(torch.Generator().manual_seed(1), 3)
    torch.testing.assert_close(q.log_prob(z), log_q, atol=1e-6, rtol=1e-9)
    assert torch.equal(q.sample(torch.Generator().manual_seed(1), 3), z)


def test_flow_log_determinant_is_that_of_its_jacobian() -> None:
    q = bent(3)
    start = torch.randn(4, 3, dtype=torch.float64)
    _, log_det = q.push(start)
    jacobian = torch.autograd.functional.jacobian(lambda z: q.push(z)[0], start)
    for i in range(4):
        want = torch.linalg.slogdet(jacobian[i, :, i])[1]
        torch.testing.assert_close(log_det[i], want, atol=1e-6, rtol=0)


def test_flow_density_integrates_to_one() -> None:
    q = bent(2)
    with torch.no_grad():
        side = torch.linspace(-9, 9, 201, dtype=torch.float64)
        grid = torch.cartesian_prod(side, side)[:, None] * q.std + q.mean  # (G, B, 2)
        cell = (side[1] - side[0]) ** 2 * q.std.prod(-1)
        mass = q.log_prob(grid).exp().sum(0) * cell
    torch.testing.assert_close(mass, torch.ones_like(mass), atol=1e-3, rtol=0)


def test_flow_moments_are_near_those_of_its_draws() -> None:
    q = bent(2)
    z = q.sample(torch.Generator().manual_seed(2), 20_000)
    error = z.std(0) / len(z) ** 0.5
    assert ((z.mean(0) - q.mean).abs() < 6 * error + 0.1 * q.std).all()
    assert ((z.std(0) / q.std - 1).abs() < 0.3).all()


def test_fresh_flow_is_the_diagonal_gaussian() -> None:
    layer = FlowLayer(6, 2)
    initialise(layer, torch.Generator().manual_seed(0))
    features = torch.randn(4, 6)
    q, flat = layer(features), DiagonalLayer.forward(layer, features)
    z, log_q = q.sample_with_log_prob(None, 3)
    torch.testing.assert_close(log_q, flat.log_prob(z), atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(q.mean, flat.mean, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(q.std, flat.std, atol=1e-5, rtol=1e-5)
    assert q.kl(StandardNormal(2)) is None


def test_a_full_covariance_has_limits() -> None:
    """Weights that ran away give wide posteriors or narrow ones, not infinite ones."""
    for size in (-1e4, 1e4):
        q = FullGaussian(torch.zeros(2, 3), torch.full((2, 3), size), torch.zeros(2, 3))
        z, log_qz = q.sample_with_log_prob(torch.Generator().manual_seed(0), 4)
        kl = q.kl(StandardNormal(3))
        assert kl is not None
        for values in (q.std, z, log_qz, kl, q.covariance()):
            assert torch.isfinite(values).all()
        assert (q.std > 0).all()


@pytest.mark.parametrize("bias", [-1e6, 1e6])
def test_a_full_layer_has_limits(bias: float) -> None:
    """Each row leans by at most STEEPEST times its own scale, which has limits itself."""
    layer = FullLayer(4, 3).eval().requires_grad_(False)
    torch.nn.init.constant_(layer.lean.linear.bias, bias)
    layer.log_unit.fill_(-10.0)  # a unit that makes every scale overflow
    q = layer(torch.zeros(2, 4))
    assert torch.isfinite(q.scale_tril).all()
    below = q.scale_tril.tril(-1).abs() / q.scale_tril.diagonal(dim1=-2, dim2=-1)[..., None]
    assert below.max() <= STEEPEST * (1 + 1e-5)
    assert below.max() > 0.99 * STEEPEST
