"""q(z) against closed forms: one Gaussian, and mixtures by scikit-learn's own density."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

import explorer.analysis.latent.aggregate as module
from explorer.analysis.latent.aggregate import (
    AggregatePosterior,
    cholesky,
    holes,
    standard_normal,
)
from explorer.analysis.latent.growth import Aggregate, grow
from explorer.errors import Cancelled, ModelError
from explorer.models.config import Codes
from explorer.task import Task


def codes(mean: object, std: object, cov: object = None) -> Codes:
    means, stds = (np.atleast_2d(np.array(a, np.float32)) for a in (mean, std))
    covs = None if cov is None else np.array(cov, np.float32)
    return Codes("m", means, stds, np.arange(len(means)), cov=covs)


def aggregate(of: Codes, *, draws: int) -> Aggregate:
    points = np.random.default_rng(1).standard_normal((draws, of.mean.shape[1]))
    return grow(AggregatePosterior(of), standard_normal, points, draws=draws).curve()[-1]


def spread(n: int = 40, d: int = 2) -> Codes:
    rng = np.random.default_rng(0)
    return codes(rng.normal(size=(n, d)), rng.uniform(0.1, 1.0, (n, d)))


def test_density_is_that_of_the_mixture() -> None:
    of = spread(d=3)
    z = torch.randn(50, 3, dtype=torch.float64)
    parts = torch.distributions.Independent(
        torch.distributions.Normal(*(torch.tensor(a).double() for a in (of.mean, of.std))), 1
    )
    mixture = torch.distributions.MixtureSameFamily(
        torch.distributions.Categorical(torch.ones(40).double()), parts
    )
    found = AggregatePosterior(of).log_density(z.numpy())
    assert found == pytest.approx(mixture.log_prob(z).numpy(), abs=1e-6)


def test_tilted_density_is_torchs() -> None:
    cov = np.array([[[1.0, 0.8], [0.8, 0.9]], [[0.3, -0.1], [-0.1, 0.2]]])
    of = codes([[0.0, 1.0], [2.0, -1.0]], np.sqrt(np.einsum("nii->ni", cov)), cov)
    z = torch.randn(20, 2, dtype=torch.float64)
    each = [
        torch.distributions.MultivariateNormal(torch.tensor(m).double(), torch.tensor(c).double())
        for m, c in zip(of.mean, of.cov, strict=True)
    ]
    wanted = torch.stack([one.log_prob(z) for one in each]).logsumexp(0) - np.log(2)
    assert AggregatePosterior(of).log_density(z.numpy()) == pytest.approx(wanted.numpy(), abs=1e-5)


def test_one_gaussian_has_a_closed_form() -> None:
    """n = 1: I(x; z) = 0 and KL(q(z) || p) is the Gaussians' KL."""
    found = aggregate(codes([[1.0, -0.5]], [[0.5, 0.8]]), draws=20_000)
    kl = 0.5 * (1.0 + 0.25 + 0.25 + 0.64 - 2.0) - np.log(0.5) - np.log(0.8)
    assert abs(found.kl_to_prior - kl) < 4 * found.kl_to_prior_error
    assert found.mutual_information == pytest.approx(0.0, abs=1e-6)


def test_kl_is_the_sum_of_its_two_parts() -> None:
    of = spread()
    found = aggregate(of, draws=20_000)
    assert found.kl == pytest.approx(found.mutual_information + found.kl_to_prior)
    each = 0.5 * (of.mean**2 + of.std**2 - 1.0 - 2.0 * np.log(of.std)).sum(axis=1)
    assert abs(found.kl - each.mean()) < 4 * found.kl_error
    assert 0.0 < found.mutual_information < np.log(40)


def test_codes_far_apart_tell_all() -> None:
    mean = np.stack([np.arange(16) * 10.0, np.zeros(16)], 1)
    found = aggregate(codes(mean, np.full((16, 2), 0.1)), draws=4000)
    assert found.mutual_information == pytest.approx(np.log(16), abs=1e-6)


def test_holes_are_where_no_code_is() -> None:
    """All codes on the right: the left half of the prior is a hole, far away is none."""
    of = codes([[2.0, 0.0]], [[0.7, 1.0]])
    grid = np.array([[-1.5, 0.0], [2.0, 0.0], [9.0, 0.0]])
    assert holes(of, grid).tolist() == [True, False, False]
    assert aggregate(of, draws=4000).holes > 0.5
    filled = aggregate(codes([[0.0, 0.0]], [[1.0, 1.0]]), draws=4000)
    assert filled.holes == 0.0 and filled.kl_to_prior == pytest.approx(0.0, abs=1e-6)


def test_points_have_no_density() -> None:
    with pytest.raises(ModelError):
        AggregatePosterior(codes([[0.0, 0.0]], [[0.0, 0.0]]))


def test_a_standard_error_is_that_of_a_mean() -> None:
    """The share of holes is one of zeros and ones: sqrt(p (1 - p) / (n - 1))."""
    found = aggregate(codes([[2.0, 0.0]], [[0.7, 1.0]]), draws=4000)
    wanted = np.sqrt(found.holes * (1 - found.holes) / 3999)
    assert found.holes_error == pytest.approx(wanted, rel=1e-9)


def test_a_hole_is_where_q_is_below_a_twentieth_of_p() -> None:
    """With q = N(2, 1): log q - log p = 2 z - 2, so the limit lies at 1 + log(0.05) / 2."""
    of, edge = codes([[2.0]], [[1.0]]), 1 + np.log(0.05) / 2
    assert holes(of, np.array([[edge - 0.01], [edge + 0.01]])).tolist() == [True, False]
    share = 0.5 * (1 + math.erf(edge / math.sqrt(2)))
    found = aggregate(of, draws=20_000)
    assert abs(found.holes - share) < 4 * found.holes_error


def test_the_prior_has_mass_where_its_draws_say() -> None:
    """With the draws given, to the last of them: 99 of 100 are denser, and count."""
    of = codes([[9.0]], [[0.1]])
    draws = np.linspace(0, 3, 101)[:, None]
    edge = draws[99, 0]
    points = np.array([[edge], [edge + 0.001]])
    assert holes(of, points, prior_draws=draws).tolist() == [True, False]


def test_density_takes_many_points_a_part_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """And says how far it is, and can be stopped."""
    of, z = spread(40, 2), np.random.default_rng(1).normal(size=(100, 2))
    whole = AggregatePosterior(of).log_density(z)
    told: list[tuple[float | None, str]] = []
    task = Task(lambda share, text: told.append((share, text)), interval=0.0)
    for values, parts in ((40 * 30, 4), (1, 100)):
        told.clear()
        monkeypatch.setattr(module, "PASS_VALUES", values)
        found = AggregatePosterior(of).log_density(z, task)
        np.testing.assert_allclose(found, whole, rtol=1e-9)  # blas may sum in another order
        shares = [share for share, _ in told]
        assert shares == pytest.approx([i * (0.3 if parts == 4 else 0.01) for i in range(parts)])
        assert {text for _, text in told} == {"density of the codes"}
    task.cancel()
    with pytest.raises(Cancelled):
        AggregatePosterior(of).log_density(z, task)


@pytest.mark.parametrize("full", [True, False])
def test_draws_have_the_density_of_the_code_that_they_came_from(full: bool) -> None:
    cov = np.array([[[1.0, 0.6], [0.6, 0.5]], [[0.3, 0.0], [0.0, 0.2]]])
    of = codes([[0, 1], [50, -1]], np.sqrt(np.einsum("nii->ni", cov)), cov if full else None)
    z, log_q, own = AggregatePosterior(of).sample(4001, np.random.default_rng(0))
    first = z[:, 0] < 25
    np.testing.assert_array_equal(own, ~first)
    assert abs(int(first.sum()) - 2000.5) == 0.5  # in equal shares
    for mean, one, there in zip(of.mean, cov, (first, ~first), strict=True):
        wide = one if full else np.diag(np.diag(one))
        normal = torch.distributions.MultivariateNormal(
            torch.tensor(mean).double(), torch.tensor(wide.astype("f4")).double()
        )
        wanted = normal.log_prob(torch.tensor(z[there])).numpy()
        np.testing.assert_allclose(log_q[there], wanted, atol=1e-5)
        np.testing.assert_allclose(np.cov(z[there].T), wide, atol=0.1)


def test_a_covariance_that_rounding_broke_gets_the_nearest_root() -> None:
    """Its negative eigenvalue becomes a millionth of the largest."""
    broken = np.array([[[4.0, 0.0], [0.0, -1e-7]]], np.float32)
    np.testing.assert_allclose(cholesky(broken)[0], np.diag([2.0, 2e-3]), rtol=1e-6)
    whole = np.array([[[4.0, 2.0], [2.0, 9.0]]], np.float32)
    root = cholesky(whole)[0]
    np.testing.assert_allclose(root @ root.T, whole[0], rtol=1e-9)
