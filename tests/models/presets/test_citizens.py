"""Every preset, body, likelihood and kind of picture: a new file is tested by being there."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
import torch

from explorer.config import from_json, to_json
from explorer.models import checkpoint
from explorer.models.autoencoder import build, from_snapshot
from explorer.models.batches import to_tensor
from explorer.models.bodies import bodies
from explorer.models.config import ModelConfig
from explorer.models.likelihoods import likelihoods
from explorer.models.posteriors import posteriors
from explorer.models.presets import presets
from explorer.models.priors import priors
from explorer.task import Task
from explorer.training.config import TrainingConfig
from explorer.training.loop import train
from explorer.training.objectives import objectives
from tests.fakes import toy_dataset

CITIZENS = [
    pytest.param(
        preset.name, body, likelihood, channels, id=f"{preset.name}-{body}-{likelihood}-{channels}"
    )
    for preset in presets.values()
    for body, likelihood, channels in itertools.product(preset.bodies, preset.likelihoods, (1, 3))
]


def test_no_preset_is_broken() -> None:
    assert not presets.broken
    assert {"vae", "ae"} <= set(presets)


@pytest.mark.parametrize("name", list(presets))
def test_preset_names_pieces_that_exist(name: str) -> None:
    preset = presets[name]
    assert preset.name == name
    assert preset.summary
    assert preset.posterior in posteriors
    assert preset.prior in priors
    assert preset.objective in objectives
    assert set(preset.likelihoods) <= set(likelihoods)
    assert set(preset.bodies) <= set(bodies)


@pytest.mark.parametrize(("preset", "body", "likelihood", "channels"), CITIZENS)
def test_citizen(preset: str, body: str, likelihood: str, channels: int, tmp_path: Path) -> None:
    data = toy_dataset(40, height=9, width=8, channels=channels)
    config = ModelConfig(preset=preset, body=body, likelihood=likelihood, latent_dim=3, hidden=16)
    assert from_json(ModelConfig, to_json(config)) == config

    trained = train(config, TrainingConfig(epochs=1, batch_size=16, device="cpu"), data)
    assert not trained.stopped
    assert np.isfinite(trained.history[-1].train_elbo)
    assert np.isfinite(trained.history[-1].test_elbo or 0.0)

    checkpoint.save(tmp_path, trained.snapshot, resume=trained.resume_state)
    before, after = from_snapshot(trained.snapshot), from_snapshot(checkpoint.load(tmp_path))
    z = torch.randn(4, 3)
    picture = before.decode(z)
    torch.testing.assert_close(picture, after.decode(z), atol=1e-6, rtol=0)
    assert picture.shape == (4, channels, 9, 8)
    assert picture.min() >= 0
    assert picture.max() <= 1

    q = after.encode(to_tensor(data.x, 255))
    assert q.mean.shape == q.std.shape == (40, 3)
    pixels = after.likelihood.sample(after.raw(z), torch.Generator().manual_seed(0))
    assert pixels.shape == picture.shape


@pytest.mark.parametrize("preset", list(presets))
def test_citizen_stops_when_told(preset: str) -> None:
    task = Task()
    task.cancel()
    trained = train(ModelConfig(preset=preset, hidden=16), TrainingConfig(), toy_dataset(), task)
    assert trained.stopped
    assert not trained.history
    from_snapshot(trained.snapshot)


@pytest.mark.parametrize("preset", list(presets))
def test_citizen_takes_every_latent_dimension(preset: str) -> None:
    data = toy_dataset(4)
    for latent_dim in (1, 64):
        model = build(ModelConfig(preset=preset, latent_dim=latent_dim), data.preparation, seed=0)
        assert model.encode(to_tensor(data.x, 255)).mean.shape == (4, latent_dim)
