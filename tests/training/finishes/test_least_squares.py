"""A linear autoencoder arrives at PCA, at any number of dimensions, and keeps its coordinates."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.analysis import pca
from explorer.analysis.lineartruth import optimum, watch
from explorer.data.opening import open_dataset
from explorer.models.autoencoder import Autoencoder, from_snapshot
from explorer.models.batches import to_tensor
from explorer.models.config import ModelConfig
from explorer.training.config import TrainingConfig
from explorer.training.loop import train
from tests.fakes import toy_dataset

BRIEF = TrainingConfig(epochs=2, device="cpu", lr=0.02)


def trained(name: str, d: int) -> Autoencoder:
    model = ModelConfig("linear-ae", latent_dim=d)
    return from_snapshot(train(model, BRIEF, open_dataset(name), publish=False).snapshot)


@pytest.mark.parametrize("d", [1, 2, 5, 12])
@pytest.mark.parametrize("name", ["wine", "digits", "waves"])
def test_it_arrives_at_the_error_and_the_subspace_of_pca(name: str, d: int) -> None:
    data = open_dataset(name)
    truth = watch(trained(name, d), data.preparation, optimum(data, pca.fit(data, d), d))
    assert truth.mse == pytest.approx(truth.best_mse, rel=1e-4)
    assert np.degrees(truth.angles[0]) < 0.1


def test_as_many_dimensions_as_features_lose_nothing() -> None:
    data, model = open_dataset("wine"), trained("wine", 13)
    x = to_tensor(data.x[data.train_index], 255)
    np.testing.assert_allclose(model.decode(model.encode(x).mean), x, atol=1e-4)


def test_more_dimensions_than_features_lose_nothing_either() -> None:
    data, model = open_dataset("wine"), trained("wine", 16)
    x = to_tensor(data.x[data.train_index], 255)
    np.testing.assert_allclose(model.decode(model.encode(x).mean), x, atol=1e-4)


def test_the_coordinates_stay_those_that_were_learned() -> None:
    """PCA has axes; a linear autoencoder's coordinates are free, and nothing turns them."""
    data = toy_dataset()
    long = TrainingConfig(epochs=400, batch_size=16, device="cpu", lr=0.02, schedule="cosine")
    first = from_snapshot(train(ModelConfig("linear-ae"), long, data, publish=False).snapshot)
    steps = TrainingConfig(**{**vars(long), "weight_decay": 1e-30})  # no finish
    plain = from_snapshot(train(ModelConfig("linear-ae"), steps, data, publish=False).snapshot)
    x = to_tensor(data.x, data.preparation.levels)
    ours, theirs = first.encode(x).mean.numpy(), plain.encode(x).mean.numpy()
    assert np.abs(ours - theirs).max() < 0.2 * theirs.std()


def test_a_direction_that_was_never_learned_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a latent does nothing yet, it gets a direction all the same."""
    from explorer.training.finishes import finish
    from explorer.training.finishes.linear_layers import linear_layer
    from explorer.training.run import Run

    data = open_dataset("wine")
    run = Run(ModelConfig("linear-ae"), BRIEF, data, "cpu")
    linear_layer(run.model.decoder).weight.data[:, 1] = 0.0
    finish(run, "linear-ae")
    truth = watch(run.model, data.preparation, optimum(data, pca.fit(data, 2), 2))
    assert truth.mse == pytest.approx(truth.best_mse, rel=1e-3)
