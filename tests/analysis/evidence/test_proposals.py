"""What is drawn from: a density, no bias, and no mode missed."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explorer.analysis.evidence import exact, proposals
from explorer.analysis.evidence.estimate import measure
from explorer.analysis.evidence.modes import Modes, bank_of, modes_of
from explorer.analysis.evidence.proposals import Proposal, pattern, shares_of
from explorer.data.dataset import Dataset, Preparation
from explorer.models.autoencoder import Autoencoder, build
from explorer.models.config import ModelConfig
from tests.analysis.evidence.folded import evidence_of, folded
from tests.fakes import LinearModel, toy_dataset

ROWS = np.random.default_rng(3).integers(90, 256, (12, 4))


def data() -> Dataset:
    x = ROWS.reshape(12, 2, 2, 1).astype(np.uint8)
    return Dataset("folded", x, Preparation(2, 2), np.arange(12) % 2 == 0)


def proposal(model: Autoencoder, x: torch.Tensor, parts: torch.Tensor) -> Proposal:
    bank = bank_of(model, data())
    posterior = model.encode(x)
    found = modes_of(model, x, posterior, bank)
    return Proposal.at(found, posterior, model.prior, shares_of(parts))


def test_a_mode_that_the_encoder_misses_is_drawn_from(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the encoder alone log p(x) is log 2 too low."""
    monkeypatch.setattr(exact, "WAYS", {})
    index, truth = np.arange(12), evidence_of(data().unit(np.arange(12)).astype(float), 3)
    found = measure(folded(3), data(), index, 2000)
    alone = measure(folded(3), data(), index, 2000, exactly=False)
    assert found is not None and found.log_likelihood is not None
    assert alone is not None and alone.log_likelihood is not None
    np.testing.assert_allclose(found.log_likelihood, truth, atol=0.1)
    assert (alone.log_likelihood < truth - 0.3).mean() > 0.5
    assert found.tenth is not None and found.pareto_k is not None
    np.testing.assert_allclose(found.tenth, truth, atol=0.15)


def test_the_mean_of_the_weights_has_no_bias(monkeypatch: pytest.MonkeyPatch) -> None:
    """With ten draws each: the mean over 600 seeds of exp(L_10), within four standard errors."""
    monkeypatch.setattr(exact, "WAYS", {})
    x = torch.from_numpy(data().unit(np.array([4]))).view(1, 1, 2, 2)
    truth = evidence_of(x.view(1, 4).numpy().astype(float), 3)[0]
    parts = pattern(10)
    model, generator = folded(3), torch.Generator().manual_seed(0)
    source = proposal(model, x, parts)
    weights = []
    for _ in range(600):
        z, log_q = source.sample(parts, generator)
        joint = model.likelihood.log_prob(model.raw(z), x) + model.prior.log_prob(z)
        weights.append(float((joint - log_q).double().exp().mean()))
    error = np.std(weights) / np.sqrt(600)
    assert np.mean(weights) == pytest.approx(np.exp(truth), abs=4 * error)
    assert error < 0.05 * np.exp(truth)


def test_the_mixture_is_a_density() -> None:
    """It sums to 1 over a grid, in two dimensions."""
    parts = pattern(20)
    x = torch.from_numpy(data().unit(np.array([0]))).view(1, 1, 2, 2)
    source = proposal(folded(2), x, parts)
    axis = torch.linspace(-7.0, 7.0, 1401)
    z = torch.cartesian_prod(axis, axis)[:, None]
    total = source.log_prob(z).double().exp().sum() * 0.01**2
    assert float(total) == pytest.approx(1.0, abs=1e-3)
    assert float(shares_of(parts).sum()) == pytest.approx(1.0)


def test_numbers_that_are_none_do_no_harm() -> None:
    """Weights gone wild give numbers that are none, and no error."""
    toy = toy_dataset(10)
    config = ModelConfig("vae", hidden=16, latent_dim=4)
    model = build(config, toy.preparation, seed=0).eval().requires_grad_(False)
    with torch.no_grad():
        for weights in model.decoder.parameters():
            weights.mul_(1e30)
    assert measure(model, toy, np.arange(10), 20) is not None


@pytest.mark.parametrize("preset", ["vae", "full-cov-vae", "flow-vae", "gmm-vae", "iwae"])
def test_every_posterior_can_be_part_of_it(preset: str) -> None:
    toy = toy_dataset(20)
    config = ModelConfig(preset, hidden=16, latent_dim=4)
    model = build(config, toy.preparation, seed=0).eval().requires_grad_(False)
    found, again = (measure(model, toy, np.arange(20), 200, workers=n) for n in (1, 2))
    alone = measure(model, toy, np.arange(20), 5000, exactly=False)
    assert found is not None and again is not None and alone is not None
    assert found.log_likelihood is not None and found.effective is not None
    np.testing.assert_array_equal(found.log_likelihood, again.log_likelihood)
    np.testing.assert_allclose(found.log_likelihood, alone.log_likelihood, atol=0.5)
    np.testing.assert_allclose(found.elbo, alone.elbo, atol=2.5)
    assert np.median(found.effective) > 20.0


def test_each_part_is_drawn_from_itself() -> None:
    toy = toy_dataset(20)
    model = LinearModel(toy.preparation, 3).float()
    x = torch.from_numpy(toy.unit(np.arange(2))).view(2, 1, 8, 8)
    posterior, far = model.encode(x), torch.zeros(2, 2, 3)
    far[0], far[1] = 10.0, -10.0
    modes = Modes(far, 0.1 * torch.eye(3).expand(2, 2, 3, 3))
    parts = torch.arange(5).repeat_interleave(200)
    source = Proposal.at(modes, posterior, model.prior, shares_of(parts))
    z = source.draw(parts, torch.Generator().manual_seed(0)).view(5, 200, 2, 3)
    means, stds = z.mean((1, 3)), z.std(1).mean(-1)
    torch.testing.assert_close(means[1:4, 0], torch.tensor([10.0, -10.0, 10.0]), atol=0.1, rtol=0)
    torch.testing.assert_close(means[0], posterior.mean.mean(-1), atol=0.1, rtol=0)
    wanted = [proposals.INFLATED * 0.1, proposals.INFLATED * 0.1, proposals.WIDENED * 0.1, 1.0]
    torch.testing.assert_close(stds[1:, 0], torch.tensor(wanted), rtol=0.15, atol=0)


def test_each_part_has_the_density_that_it_is_drawn_from() -> None:
    """torch's own Gaussians in float64: correlated, narrow and wide."""
    toy, generator = toy_dataset(20), torch.Generator().manual_seed(1)
    model = LinearModel(toy.preparation, 3).float()
    posterior = model.encode(torch.from_numpy(toy.unit(np.arange(4))).view(4, 1, 8, 8))
    root = torch.randn(2, 4, 3, 3, generator=generator).tril()
    root.diagonal(dim1=-2, dim2=-1).abs_().add_(0.3)
    root[1] *= 1e-3
    modes = Modes(torch.randn(2, 4, 3, generator=generator), root)
    source = Proposal.at(modes, posterior, model.prior, shares_of(pattern(10)))
    z = source.draw(pattern(30), generator)
    normal = torch.distributions.MultivariateNormal
    sizes = [(0, proposals.INFLATED), (1, proposals.INFLATED), (0, proposals.WIDENED)]
    wanted = [
        normal(modes.mean[i].double(), scale_tril=by * root[i].double()).log_prob(z.double())
        for i, by in sizes
    ]
    parts = torch.stack([posterior.log_prob(z).double(), *wanted, model.prior.log_prob(z).double()])
    parts = parts + torch.tensor([0.2, 0.4, 0.2, 0.1, 0.1]).double().log()[:, None, None]
    found = source.by_part(z).double()
    near = parts > -200.0  # far away, where a density counts for nothing, its digits are fewer
    torch.testing.assert_close(found[near], parts[near], atol=5e-3, rtol=1e-4)
    torch.testing.assert_close(
        source.log_prob(z).double(), parts.logsumexp(0), atol=5e-3, rtol=1e-4
    )
