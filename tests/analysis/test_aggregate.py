"""q(z) against closed forms: one Gaussian, and mixtures by scikit-learn's own density."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explorer.analysis.aggregate import AggregatePosterior, aggregate, holes
from explorer.errors import ModelError
from explorer.models.config import Codes


def codes(mean: object, std: object, cov: object = None) -> Codes:
    means, stds = (np.atleast_2d(np.array(a, np.float32)) for a in (mean, std))
    covs = None if cov is None else np.array(cov, np.float32)
    return Codes("m", means, stds, np.arange(len(means)), cov=covs)


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
        aggregate(codes([[0.0, 0.0]], [[0.0, 0.0]]))
