"""Reconstructions and the atlas, with a decoder whose pictures are known."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explorer.analysis import atlas, passes, pca
from explorer.analysis.reconstructions import mean_errors, reconstruct, squared_errors
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


def test_reconstruction_is_the_decoded_mean(model: LinearModel) -> None:
    dataset = toy_dataset(30)
    linear = pca.fit(dataset, 8)
    index = np.array([3, 7])
    found = reconstruct(model, dataset, index, linear)
    x = to_tensor(dataset.x[index], 255)
    model.basis = model.basis.float()
    wanted = model.exact_decode(model.encode(x).mean).numpy()
    assert np.abs(found.vae - wanted).max() < 1e-5
    assert np.allclose(found.mse, ((found.vae - found.original) ** 2).mean(1))
    two = linear.reconstruct(linear.project(found.original)[:, :2])
    assert np.allclose(found.pca, two)
    assert np.allclose(found.pca_mse, ((two - x.flatten(1).numpy()) ** 2).mean(1))


def test_pca_error_is_eckart_young() -> None:
    """On its own training part, PCA's error is the variance it leaves out."""
    dataset = toy_dataset(50)
    linear = pca.fit(dataset, 2)
    model = LinearModel(dataset.preparation).float()
    _, error = mean_errors(model, dataset, dataset.train_index, linear)
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
