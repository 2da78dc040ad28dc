"""explorer.analysis.reconstructions: errors of a model and of PCA on the same samples."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.analysis.pca import fit
from explorer.analysis.reconstructions import given_back, reconstructed, squared_errors
from explorer.data.binarising import binarised, fixed_draw
from explorer.errors import Cancelled
from explorer.models.autoencoder import build
from explorer.models.config import ModelConfig
from explorer.task import Task
from tests.fakes import LinearModel, toy_dataset

DATA = toy_dataset(60)
MODEL = LinearModel(DATA.preparation).float()
PCA = fit(DATA, 5)
INDEX = np.array([7, 3, 50])


def errors_by_hand(rows: np.ndarray) -> np.ndarray:
    """Of x - 0.5 projected on the basis and shrunk as the posterior's mean is."""
    basis = MODEL.basis.double().numpy()
    share = MODEL.scale**2 / (MODEL.scale**2 + MODEL.sigma**2)
    back = 0.5 + share * (rows - 0.5) @ basis @ basis.T / MODEL.scale**2
    errors: np.ndarray = ((rows - back) ** 2).mean(axis=1)
    return errors


def test_squared_errors_are_means_over_features() -> None:
    rows, others = np.zeros((2, 4), np.float32), np.array([[1, 1, 1, 1], [2, 0, 0, 0]], np.float32)
    errors = squared_errors(rows, others)
    assert errors.tolist() == [1, 1] and errors.dtype == np.float64


def test_samples_are_given_back_in_their_order() -> None:
    found = given_back(MODEL, DATA, INDEX)
    np.testing.assert_array_equal(found.original, DATA.unit(INDEX))
    assert found.codes.index.tolist() == INDEX.tolist()
    np.testing.assert_allclose(found.mse, errors_by_hand(DATA.unit(INDEX)), rtol=1e-4)
    np.testing.assert_allclose(found.mse, squared_errors(found.original, found.vae))


def test_both_sides_see_the_same_samples_with_as_many_numbers() -> None:
    found = reconstructed(MODEL, DATA, INDEX, PCA)
    rows = DATA.unit(INDEX)
    np.testing.assert_allclose(found.mse, errors_by_hand(rows), rtol=1e-4)
    scores = PCA.project(rows)
    np.testing.assert_allclose(found.scores, scores, atol=1e-6)
    two = PCA.reconstruct(scores[:, :2])  # as many as the code has, though more are known
    np.testing.assert_allclose(found.pca_mse, ((rows - two) ** 2).mean(axis=1), rtol=1e-4)
    assert found.scores.shape == (3, 5)


def test_pixels_that_are_drawn_anew_have_one_error() -> None:
    data = binarised(DATA, "dynamic")
    found = given_back(MODEL, data, INDEX)
    np.testing.assert_array_equal(found.original, fixed_draw(data).unit(INDEX))
    np.testing.assert_array_equal(found.mse, given_back(MODEL, data, INDEX).mse)
    both = reconstructed(MODEL, data, INDEX, fit(fixed_draw(data), 5))
    np.testing.assert_allclose(both.mse, found.mse, rtol=1e-5)


def test_a_tilt_is_kept_only_where_it_can_be_drawn() -> None:
    model = build(ModelConfig("full-cov-vae", latent_dim=3, hidden=16), DATA.preparation).eval()
    assert reconstructed(model, DATA, INDEX, PCA, tilts=3).codes.cov is not None
    assert reconstructed(model, DATA, INDEX, PCA, tilts=2).codes.cov is None


def test_it_stops_when_it_is_told_to() -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        reconstructed(MODEL, DATA, INDEX, PCA, task)
