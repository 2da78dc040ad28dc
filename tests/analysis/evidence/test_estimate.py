"""The evidence of models whose evidence is known in closed form."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from explorer.analysis.evidence import estimate
from explorer.analysis.evidence.estimate import Evidence, measure
from explorer.analysis.latent import codebook
from explorer.data.dataset import Dataset, Preparation
from explorer.data.opening import open_dataset
from explorer.errors import Cancelled
from explorer.models import checkpoint
from explorer.models.autoencoder import Autoencoder, build, from_snapshot
from explorer.models.batches import to_tensor
from explorer.models.config import ModelConfig
from explorer.models.posteriors import Posterior, PosteriorLayer
from explorer.models.posteriors.diagonal import DiagonalGaussian
from explorer.models.priors import Prior
from explorer.task import Task
from tests.fakes import LinearModel, toy_dataset

SIDE = Preparation(8, 8)


@pytest.fixture
def dataset() -> Dataset:
    return toy_dataset(20)


def linear(*, wider: float = 1.0) -> LinearModel:
    """The linear model, its posterior's variance ``wider`` times the true one."""
    model = LinearModel(SIDE)
    model.posterior.get_buffer("logvar").add_(np.log(wider))
    return model.float()


def exact(model: LinearModel, dataset: Dataset) -> np.ndarray:
    """log p(x) of each sample."""
    x = to_tensor(dataset.x, dataset.preparation.levels).double()
    model.basis = model.basis.double()
    return model.log_evidence_by_hand(x).numpy()


def measured(model: Autoencoder, dataset: Dataset, draws: int, **more: int) -> Evidence:
    found = measure(model, dataset, np.arange(len(dataset)), draws, **more)
    assert found is not None
    return found


def test_true_posterior_gives_the_evidence_with_any_draws(dataset: Dataset) -> None:
    model = linear()
    found = measured(model, dataset, 3)
    assert np.abs(found.importance - exact(model, dataset)).max() < 1e-3
    assert found.effective == pytest.approx(np.full(20, 3.0), rel=1e-3)


def test_l5000_meets_the_closed_form(dataset: Dataset) -> None:
    model = linear(wider=2.0)
    found = measured(model, dataset, 5000)
    error = 3.0 * np.sqrt((5000 / found.effective - 1.0) / 5000)  # of log mean w
    assert (np.abs(found.importance - exact(model, dataset)) < error + 1e-3).all()


def test_elbo_has_its_closed_form(dataset: Dataset) -> None:
    """elbo = log p(x) - KL(q || p(z|x)), and q is twice as wide in both dimensions."""
    model = linear(wider=2.0)
    found = measured(model, dataset, 5000)
    gap = 2 * 0.5 * (2.0 - 1.0 - np.log(2.0))
    assert found.elbo.mean() == pytest.approx(exact(model, dataset).mean() - gap, abs=0.02)


def test_bounds_rise_with_the_draws(dataset: Dataset) -> None:
    model = linear(wider=50.0)
    means = [measured(model, dataset, k).importance.mean() for k in (5, 50, 5000)]
    elbo = measured(model, dataset, 5000).elbo.mean()
    assert elbo < means[0] < means[1] < means[2]


def test_kl_matches_torch(dataset: Dataset) -> None:
    model = linear()
    found = measured(model, dataset, 2)
    q = model.encode(to_tensor(dataset.x, 255))
    normal = torch.distributions.Normal
    wanted = torch.distributions.kl_divergence(normal(q.mean, q.std), normal(0.0, 1.0))
    assert found.kl_per_dim == pytest.approx(wanted.numpy(), abs=1e-5)
    assert found.kl == pytest.approx(wanted.sum(1).numpy(), abs=1e-5)


class _WithoutClosedForm(DiagonalGaussian):
    def kl_per_dim(self, prior: Prior) -> None:
        return None


class _Layer(PosteriorLayer):
    def __init__(self, inner: PosteriorLayer) -> None:
        super().__init__(inner.width, inner.latent_dim)
        self.inner = inner

    def forward(self, features: torch.Tensor) -> Posterior:
        found = self.inner(features)
        return _WithoutClosedForm(found.mean, 2.0 * found.std.log())


def test_kl_without_a_closed_form_is_measured(dataset: Dataset) -> None:
    closed = measured(linear(), dataset, 5000)
    model = linear()
    model.posterior = _Layer(model.posterior)
    found = measured(model, dataset, 5000)
    assert found.kl_per_dim is None
    assert found.kl == pytest.approx(closed.kl, abs=0.1)
    assert found.importance == pytest.approx(closed.importance, abs=1e-3)


def test_seed_decides_and_workers_do_not(dataset: Dataset) -> None:
    model = linear(wider=2.0)
    one = measured(model, dataset, 50, workers=1)
    three = measured(model, dataset, 50, workers=3)
    other = measured(model, dataset, 50, seed=1)
    assert np.array_equal(one.importance, three.importance)
    assert not np.array_equal(one.importance, other.importance)


def test_every_block_has_draws_of_its_own(dataset: Dataset) -> None:
    """Equal samples in different blocks have different draws, and the same result all the same."""
    many = toy_dataset(2 * estimate.SAMPLES)
    equal = replace(many, x=np.repeat(dataset.x[:1], len(many), axis=0))
    found = measured(linear(wider=2.0), equal, 4)
    assert found.importance is not None
    first, second = np.split(found.importance, 2)
    assert not np.isclose(first, second, atol=1e-6).any()


def test_every_draw_is_taken_whatever_the_pass(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(estimate, "PASS_VALUES", {"cpu": 16 * 64 * 7})  # 7 draws a pass
    assert measured(linear(), dataset, 10).effective == pytest.approx(np.full(20, 10.0), rel=1e-3)


@pytest.mark.parametrize("d", [2, 3])
def test_passes_change_no_number(d: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither those over draws nor those over samples; of 3 latents draws are of the mixture."""
    data, config = toy_dataset(20), ModelConfig("vae", hidden=16, latent_dim=d)
    model = build(config, data.preparation, seed=0).eval().requires_grad_(False)
    whole = measured(model, data, 40)
    monkeypatch.setattr(estimate, "PASSED", 7)
    monkeypatch.setattr(estimate, "PASS_VALUES", {"cpu": 7 * 64 * 3})
    cut = measured(model, data, 40)
    for name in ("importance", "effective", "elbo"):
        np.testing.assert_allclose(getattr(cut, name), getattr(whole, name), atol=1e-3)


def test_hard_samples_are_annealed_where_there_are_draws_enough(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Log p(x) is the annealed one there, L_K stays, and what is no number replaces none."""
    config = ModelConfig("vae", hidden=16, latent_dim=3)
    model = build(config, SIDE, seed=0).eval().requires_grad_(False)
    plain = measured(model, dataset, 40)

    def chains(*_: object) -> tuple[np.ndarray, np.ndarray]:
        return np.array([2, 5]), np.array([-1.5, np.nan])

    monkeypatch.setattr(estimate.annealed, "of_hard", chains)
    assert measured(model, dataset, 40).annealed == plain.annealed == 0
    monkeypatch.setattr(estimate, "ENOUGH", 40)
    found = measured(model, dataset, 40)
    assert found.annealed == 2 and found.log_likelihood is not None
    assert found.log_likelihood[2] == -1.5
    np.testing.assert_array_equal(found.importance, plain.importance)
    others = np.arange(20) != 2
    np.testing.assert_array_equal(found.log_likelihood[others], plain.importance[others])


@pytest.mark.parametrize("drawn", [1, 7, 1000])
def test_draws_that_are_made_in_parts_are_all_weighed(
    drawn: int, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the true posterior all weights are the same, however many are drawn together."""
    monkeypatch.setattr(estimate, "DRAWN", drawn)
    found = measured(linear(), dataset, 10)
    assert found.effective == pytest.approx(np.full(20, 10.0), rel=1e-3)
    assert np.abs(found.importance - exact(linear(), dataset)).max() < 1e-3


def test_point_posterior_has_no_evidence(dataset: Dataset) -> None:
    model = build(ModelConfig("ae"), SIDE, seed=0).eval()
    assert measure(model, dataset, np.arange(5), 3) is None


def test_cancels(dataset: Dataset) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        measure(linear(), dataset, np.arange(20), 100, task)


def test_active_units_move_with_the_data() -> None:
    rng = np.random.default_rng(0)
    mean = rng.normal(size=(1000, 3)).astype(np.float32) * np.array([1.0, 0.11, 0.05], np.float32)
    assert estimate.active_units(mean) == 2


def test_bounds_of_a_trained_model_rise() -> None:
    data = open_dataset("digits")
    trained = from_snapshot(checkpoint.load(checkpoint.bundled()["digits"]))
    index = data.test_index[:32]
    found = {k: measure(trained, data, index, k) for k in (5, 50, 5000)}
    means = [one.importance.mean() for one in found.values() if one is not None]
    assert found[5000] is not None
    assert found[5000].elbo.mean() <= means[0] <= means[1] <= means[2]


@pytest.mark.parametrize("preset", ["full-cov-vae", "flow-vae", "gmm-vae", "iwae"])
def test_every_posterior_has_evidence(preset: str, dataset: Dataset) -> None:
    model = build(ModelConfig(preset, hidden=16), SIDE, seed=0).eval().requires_grad_(False)
    found = measured(model, dataset, 500)
    assert np.isfinite(found.importance).all()
    error = 4.0 * np.sqrt(found.importance.var() / 20) / np.sqrt(500)
    assert found.elbo.mean() <= found.importance.mean() + error
    assert ((found.effective >= 1.0) & (found.effective <= 500.0 + 1e-6)).all()


def test_a_posterior_on_one_code_has_log_p_of_x_itself(dataset: Dataset) -> None:
    """The sum over all codes: more than the elbo, not the elbo, and nothing is drawn."""
    model = build(ModelConfig("vq-vae", hidden=16), SIDE, seed=0).eval().requires_grad_(False)
    one, many = measured(model, dataset, 1), measured(model, dataset, 5000)
    assert one.exact and many.exact and many.draws is None and many.effective is None
    assert many.log_likelihood == pytest.approx(one.log_likelihood)
    assert many.log_likelihood is not None and (many.log_likelihood > many.elbo + 0.1).all()
    wanted = codebook.exact_log_likelihood(model, dataset, np.arange(20))
    assert many.log_likelihood == pytest.approx(wanted)


def test_where_there_are_too_many_codes_log_p_of_x_is_not_known(dataset: Dataset) -> None:
    config = ModelConfig("vq-vae", hidden=16, latent_dim=16)  # 128 codes at eight places
    model = build(config, SIDE, seed=0).eval().requires_grad_(False)
    found = measured(model, dataset, 5)
    assert found.log_likelihood is None and not found.exact
    assert np.isfinite(found.elbo).all()


def test_what_is_kept_of_a_measurement_goes_when_all_is_done(
    dataset: Dataset, tmp_path: Path
) -> None:
    def stop(fraction: float | None, _: str) -> None:
        if fraction:
            task.cancel()

    file, index, task = tmp_path / "kept.npz", np.arange(len(dataset)), Task(stop, interval=0.0)
    with pytest.raises(Cancelled):
        measure(linear(), dataset, index, 2, task, workers=1, resume=file)
    assert file.exists()
    measure(linear(), dataset, index, 2, workers=1, resume=file)
    assert not file.exists()
