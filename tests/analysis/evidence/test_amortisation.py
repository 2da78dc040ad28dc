"""Refining: never worse, and up to the true posterior where the family holds it."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from explorer.analysis.evidence.amortisation import _better, _Local, _noise, refine
from explorer.errors import Cancelled
from explorer.models.autoencoder import build
from explorer.models.batches import to_tensor
from explorer.models.config import ModelConfig
from explorer.models.posteriors.diagonal import DiagonalGaussian
from explorer.models.priors.mixture import Mixture
from explorer.task import Task
from tests.fakes import LinearModel, toy_dataset


def linear(wider: float, shift: float) -> LinearModel:
    """The linear model with a posterior ``wider`` in variance, ``shift`` true sigmas away."""
    model = LinearModel(toy_dataset(5).preparation)
    logvar = model.posterior.get_buffer("logvar")
    model.encoder.layers[1].bias += shift * (0.5 * logvar).exp()
    logvar.add_(np.log(wider))
    return model.float()


def test_the_gap_has_its_closed_form() -> None:
    dataset = toy_dataset(30)
    model = linear(2.0, 1.0)
    found = refine(model, dataset, np.arange(30), steps=150)
    assert found is not None
    gap = 2 * 0.5 * (2.0 + 1.0 - 1.0 - np.log(2.0))  # KL(q || p(z|x)) in two dimensions
    assert found.gap.mean() == pytest.approx(gap, abs=0.05)
    model.basis = model.basis.float()
    exact = model.log_evidence_by_hand(to_tensor(dataset.x, 255)).numpy()
    assert found.after.mean() == pytest.approx(exact.mean(), abs=0.05)
    true = float(np.sqrt(0.25 / 4.25))
    assert found.std == pytest.approx(np.full((30, 2), true), rel=0.15)


@pytest.mark.parametrize("preset", ["vae", "full-cov-vae", "gmm-vae"])
def test_refining_never_lowers_the_elbo(preset: str) -> None:
    dataset = toy_dataset(20)
    model = build(ModelConfig(preset, hidden=16), dataset.preparation, seed=0)
    found = refine(model.eval().requires_grad_(False), dataset, np.arange(20), steps=20)
    assert found is not None
    assert (found.after >= found.before).all() and found.gap.mean() > 0.0
    assert found.mean.shape == found.std.shape == (20, 2)


def test_before_is_the_elbo() -> None:
    dataset = toy_dataset(20)
    model = build(ModelConfig("full-cov-vae", hidden=16), dataset.preparation, seed=0)
    model.eval().requires_grad_(False)
    found = refine(model, dataset, np.arange(20), steps=0)
    with torch.no_grad():
        terms = model.terms(to_tensor(dataset.x, 255), torch.Generator().manual_seed(0), 500)
    assert terms.kl is not None and found is not None
    wanted = float((terms.log_px.mean(0) - terms.kl).mean())
    assert found.before.mean() == pytest.approx(wanted, abs=0.05)


def test_a_point_has_nothing_to_refine() -> None:
    dataset = toy_dataset(5)
    model = build(ModelConfig("ae", hidden=16), dataset.preparation, seed=0).eval()
    assert refine(model, dataset, np.arange(5)) is None


def test_cancels() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        refine(linear(1.0, 0.0), toy_dataset(5), np.arange(5), 10, task)


COV = torch.tensor([[[1.0, 0.6], [0.6, 0.5]], [[0.3, -0.2], [-0.2, 0.4]]])
MEAN = torch.tensor([[0.5, -1.0], [2.0, 0.25]])


def local(*, full: bool) -> _Local:
    variances = COV.diagonal(dim1=-2, dim2=-1)
    diagonal = DiagonalGaussian(MEAN, variances.log())
    tilted = SimpleNamespace(mean=MEAN, scale_tril=torch.linalg.cholesky(COV))
    found = _Local.of(tilted if full else diagonal)  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize("full", [True, False])
def test_a_gaussian_is_taken_over_as_it_is(full: bool) -> None:
    made = local(full=full)
    wanted = COV if full else torch.diag_embed(COV.diagonal(dim1=-2, dim2=-1))
    rows = made.rows()
    torch.testing.assert_close(rows @ rows.mT, wanted)
    torch.testing.assert_close(made.std, COV.diagonal(dim1=-2, dim2=-1).sqrt())
    assert (made.lean is None) != full


@pytest.mark.parametrize("full", [True, False])
def test_it_moves_in_units_of_its_own_width(full: bool) -> None:
    start = local(full=full)
    by = [torch.full((2, 2), 0.5), torch.full((2, 2), np.log(2.0)), torch.ones(2, 2, 2)]
    moved = start.moved(by)
    scale = start.rows().diagonal(dim1=-2, dim2=-1)
    torch.testing.assert_close(moved.mean, MEAN + 0.5 * scale)
    torch.testing.assert_close(moved.rows().diagonal(dim1=-2, dim2=-1), 2 * scale)
    if full:
        assert start.lean is not None and moved.lean is not None
        torch.testing.assert_close(moved.lean, start.lean + torch.ones(2, 2).tril(-1))


@pytest.mark.parametrize("full", [True, False])
def test_the_elbo_is_that_of_torch(full: bool) -> None:
    """log p(x|z) - KL(q || N(0, I)), z from the noise given; of another prior a draw each."""
    model, made = linear(1.0, 0.0), local(full=full)
    x = torch.rand(2, 1, 8, 8)
    eps = torch.randn(6, 2, 2, generator=torch.Generator().manual_seed(0))
    cov = made.rows() @ made.rows().mT
    q = torch.distributions.MultivariateNormal(MEAN, cov)
    standard = torch.distributions.MultivariateNormal(torch.zeros(2), torch.eye(2))
    z = MEAN + (made.rows() @ eps[..., None])[..., 0]
    log_px = model.likelihood.log_prob(model.raw(z), x).mean(0)
    wanted = log_px - torch.distributions.kl_divergence(q, standard)
    torch.testing.assert_close(made.elbo(model, x, eps), wanted, rtol=1e-4, atol=1e-3)
    model.prior = Mixture(2, components=2)  # of which no KL is closed
    other = log_px + model.prior.log_prob(z).mean(0) + q.entropy()
    torch.testing.assert_close(made.elbo(model, x, eps), other, rtol=1e-4, atol=1e-3)


def test_noise_comes_with_its_mirror_image() -> None:
    eps = _noise(torch.zeros(3, 2), 8, torch.Generator().manual_seed(0))
    assert eps.shape == (8, 3, 2)
    torch.testing.assert_close(eps[:4], -eps[4:])
    assert eps.std() == pytest.approx(1, abs=0.3)


def test_what_is_not_better_is_not_taken() -> None:
    """Sample by sample, by the same noise for both."""
    model, x = linear(1.0, 0.0), to_tensor(toy_dataset(6).x, 255)
    start = _Local.of(model.encode(x))
    assert start is not None
    shift = torch.zeros(6, 2)
    shift[::2] = 3.0  # away from the true posterior
    worse = start.moved([shift, torch.zeros(6, 2)])
    rng = [torch.Generator().manual_seed(0) for _ in range(2)]
    before, after, mean, std = _better(model, x, start, worse, rng[0])
    torch.testing.assert_close(mean, start.mean)
    assert (after == before).all() and (std == start.std).all()
    low, high, back, _ = _better(model, x, worse, start, rng[1])
    torch.testing.assert_close(back, start.mean)
    assert ((high > low).tolist()) == [True, False] * 3
    torch.testing.assert_close(high[::2], before[::2])


def test_the_gap_has_a_standard_error() -> None:
    found = refine(linear(2.0, 1.0), toy_dataset(30), np.arange(30), steps=10)
    assert found is not None
    np.testing.assert_array_equal(found.gap, found.after - found.before)
    assert found.gap_error == pytest.approx(found.gap.std(ddof=1) / np.sqrt(30))


def test_many_samples_are_refined_as_few_are() -> None:
    """Sixty-four at a time, each time with noise of its own seed."""
    model, dataset = linear(2.0, 1.0), toy_dataset(100)
    whole = refine(model, dataset, np.arange(100), steps=5, seed=3)
    rest = refine(model, dataset, np.arange(64, 100), steps=5, seed=3 + 64)
    assert whole is not None and rest is not None
    np.testing.assert_allclose(whole.after[64:], rest.after, rtol=1e-5)
