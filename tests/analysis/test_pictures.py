"""Reconstructions and the atlas, with a decoder whose pictures are known."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explorer.analysis import passes, pca
from explorer.analysis.latent import atlas
from explorer.analysis.reconstructions import reconstructed, squared_errors
from explorer.data.dataset import Preparation
from explorer.errors import DataError
from explorer.models.batches import to_tensor
from tests.fakes import LinearModel, constant_dataset, toy_dataset

SHAPE = (8, 8, 1)


@pytest.fixture
def model() -> LinearModel:
    return LinearModel(Preparation(*SHAPE)).float()


def test_grid_is_even_with_z2_upwards() -> None:
    z = atlas.grid(3, 2.0, 4).reshape(3, 3, 4)
    assert z[0, 0].tolist() == [-2.0, 2.0, 0.0, 0.0]
    assert z[2, 2].tolist() == [2.0, -2.0, 0.0, 0.0]
    assert z[1, 1].tolist() == [0.0] * 4
    assert np.allclose(np.diff(z[0, :, 0]), 2.0)


def test_small_grids() -> None:
    assert atlas.grid(1, 3.0, 2).tolist() == [[0.0, 0.0]]
    assert atlas.grid(3, 1.0, 1).tolist() == [[-1.0], [0.0], [1.0]]


def test_atlas_tiles_what_the_decoder_draws(model: LinearModel) -> None:
    picture = atlas.draw(model, Preparation(*SHAPE), size=3, extent=0.1)
    corner = torch.tensor([[0.1, 0.1]])  # the upper right tile
    model.basis = model.basis.float()
    wanted = model.exact_decode(corner).reshape(8, 8).clamp(0, 1).numpy() * 255
    assert picture.shape == (24, 24, 1)
    assert np.abs(picture[:8, 16:, 0] - wanted).max() <= 1.0


def test_one_pass_gives_codes_scores_and_errors(model: LinearModel) -> None:
    dataset = toy_dataset(30)
    linear = pca.fit(dataset, 8)
    index = np.array([7, 3])
    found = reconstructed(model, dataset, index, linear)
    x = to_tensor(dataset.x[index], 255)
    original = x.flatten(1).numpy()
    model.basis = model.basis.float()
    mean = model.encode(x).mean
    assert np.allclose(found.codes.mean, mean.numpy()) and found.codes.index.tolist() == [7, 3]
    wanted = model.exact_decode(mean).numpy()
    assert np.allclose(found.mse, ((wanted - original) ** 2).mean(1))
    assert np.allclose(found.scores, linear.project(original), atol=1e-6)
    two = linear.reconstruct(found.scores[:, :2])  # as many as the model has dimensions
    assert np.allclose(found.pca_mse, ((two - original) ** 2).mean(1))


def test_many_samples_take_more_than_one_part(model: LinearModel) -> None:
    dataset = toy_dataset(passes.BATCH + 20)
    linear, index = pca.fit(dataset, 2), np.arange(passes.BATCH + 20)
    found = reconstructed(model, dataset, index, linear)
    alone = reconstructed(model, dataset, index[-3:], linear)
    assert np.allclose(found.mse[-3:], alone.mse) and np.allclose(found.scores[-3:], alone.scores)
    assert np.allclose(found.codes.mean[-3:], alone.codes.mean)


def test_pca_error_is_eckart_young() -> None:
    """On its own training part, PCA's error is the variance it leaves out."""
    dataset = toy_dataset(50)
    linear = pca.fit(dataset, 2)
    model = LinearModel(dataset.preparation).float()
    error = reconstructed(model, dataset, dataset.train_index, linear).pca_mse.mean()
    left = linear.total_variance - linear.variance.sum()
    assert error == pytest.approx(left / 64, rel=1e-5)


def test_squared_errors_are_means_per_feature() -> None:
    rows, others = np.zeros((2, 4), np.float32), np.array([[1, 1, 1, 1], [2, 0, 0, 0]], np.float32)
    assert squared_errors(rows, others).tolist() == [1.0, 1.0]


def test_splits() -> None:
    dataset = toy_dataset(10)
    assert len(passes.split_index(dataset, "all")) == 10
    assert not dataset.test[passes.split_index(dataset, "train")].any()
    with pytest.raises(DataError, match="test part is empty"):
        passes.split_index(constant_dataset(), "test")
