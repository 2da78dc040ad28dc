"""A linear VAE arrives at probabilistic PCA: its evidence, its noise, its exact posterior."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explorer.analysis import pca
from explorer.analysis.lineartruth import optimum, watch
from explorer.data.opening import open_dataset
from explorer.models.autoencoder import Autoencoder, from_snapshot
from explorer.models.batches import to_tensor
from explorer.models.config import ModelConfig
from explorer.training.bound import measure
from explorer.training.config import TrainingConfig
from explorer.training.finishes import finish
from explorer.training.finishes.linear_layers import linear_layer
from explorer.training.loop import train
from explorer.training.run import Run
from tests.fakes import constant_dataset

BRIEF = TrainingConfig(epochs=2, device="cpu", lr=0.02)


def trained(name: str, d: int, training: TrainingConfig = BRIEF) -> Autoencoder:
    model = ModelConfig("linear-vae", latent_dim=d)
    return from_snapshot(train(model, training, open_dataset(name), publish=False).snapshot)


@pytest.mark.parametrize("d", [1, 2, 5, 12])
@pytest.mark.parametrize("name", ["wine", "digits", "waves"])
def test_it_arrives_at_the_evidence_and_the_noise(name: str, d: int) -> None:
    data = open_dataset(name)
    truth = watch(trained(name, d), data.preparation, optimum(data, pca.fit(data, d), d))
    assert truth.evidence == pytest.approx(truth.best_evidence, abs=1e-4)
    assert truth.sigma2 == pytest.approx(truth.best_sigma2, rel=1e-4)
    assert np.degrees(truth.angles[0]) < 0.1


@pytest.mark.parametrize("name", ["wine", "digits"])
def test_its_posterior_is_exact_so_that_the_elbo_is_the_evidence(name: str) -> None:
    data, model = open_dataset(name), trained(name, 5)
    truth = watch(model, data.preparation, optimum(data, pca.fit(data, 5), 5))
    kept = torch.from_numpy(data.x[data.train_index].transpose(0, 3, 1, 2).copy())
    bound = measure(model, kept, data.preparation.levels, 200)
    assert bound.elbo == pytest.approx(truth.evidence, abs=0.05)


def test_each_axis_is_the_principal_one_that_was_learned() -> None:
    """Order and signs of the latents are free: they stay as the training left them."""
    data = open_dataset("wine")
    run = Run(ModelConfig("linear-vae"), BRIEF, data, "cpu")
    first, second = pca.fit(data, 2).components.astype(np.float64)
    learned = np.column_stack([second, -0.5 * first])  # (D, 2)
    linear_layer(run.model.decoder).weight.data[:] = torch.from_numpy(learned)
    finish(run, "linear-vae")
    columns = linear_layer(run.model.decoder).weight.detach().double().numpy()
    cosines = (columns * learned).sum(0) / np.linalg.norm(columns, axis=0)
    np.testing.assert_allclose(cosines, [1.0, 0.5], atol=1e-4)


def test_the_unit_of_a_latent_changes_nothing() -> None:
    """A code measured in units of its own: the same density, the same codes."""
    data = open_dataset("wine")
    x, found = to_tensor(data.x, 255), []
    for log_unit in (0.0, 0.07):
        run = Run(ModelConfig("linear-vae"), BRIEF, data, "cpu")
        run.model.posterior.log_unit.data[:] = log_unit
        finish(run, "linear-vae")
        posterior = run.model.encode(x)
        found.append([posterior.mean, posterior.std, run.model.decode(posterior.mean)])
    for one, other in zip(*found, strict=True):
        np.testing.assert_allclose(one.detach(), other.detach(), rtol=1e-4, atol=1e-5)


def test_data_without_noise_have_the_least_sigma_there_can_be() -> None:
    run = Run(ModelConfig("linear-vae"), BRIEF, constant_dataset(), "cpu")
    finish(run, "linear-vae")
    sigma = float(run.model.likelihood.log_sigma().detach())  # type: ignore[operator]
    assert sigma == pytest.approx(-6.0, abs=1e-3)
    assert all(bool(weight.isfinite().all()) for weight in run.model.state_dict().values())


def test_a_code_as_long_as_a_sample_is_left_as_it_is() -> None:
    model = trained("wine", 13)
    assert all(bool(weight.isfinite().all()) for weight in model.state_dict().values())
