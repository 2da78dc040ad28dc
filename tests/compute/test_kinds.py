"""Signals and tables are decoded, compared and met on the PCA plane like pictures."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.analysis import pca
from explorer.compute.applications.restoring import Restore
from explorer.compute.comparing.sample import Compare
from explorer.compute.decoding.latent import Decode
from explorer.compute.decoding.linear import DecodeLinearly
from explorer.data.opening import open_dataset
from explorer.data.pictures.drawing import LARGE, drawn, picture_shape
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import ModelConfig, ModelSnapshot


@pytest.mark.parametrize(("name", "body"), [("waves", "conv"), ("wine", "mlp")])
def test_every_answer_is_drawn(name: str, body: str) -> None:
    data = open_dataset(name)
    config = ModelConfig(body=body, hidden=16, likelihood="gaussian")
    module = build(config, data.preparation, seed=0)
    model = ModelSnapshot("m", config, data.preparation, weights_of(module))
    fitted = pca.fit(data, 4)
    shape = picture_shape(data.preparation, LARGE)

    z = np.array([0.5, -1.0], np.float32)
    decoded = Decode(model, z, fitted).answer()
    assert decoded.image.shape == shape
    assert decoded.linear is not None and decoded.linear.image.shape == shape

    linear = DecodeLinearly(data, fitted, (0, 1), z, model).answer()
    row = fitted.reconstruct(z[None], axes=(0, 1))[0]
    np.testing.assert_array_equal(linear.image, drawn(row, data.preparation, LARGE))
    assert linear.z is not None and np.isfinite(linear.z).all()

    found = Compare(data, 3, model, fitted).answer()
    assert found.original.shape == shape and found.mse is not None and found.pca_mse is not None
    original = data.unit(np.array([3]))
    back = fitted.reconstruct(fitted.project(original)[:, :2])
    assert found.pca_mse == pytest.approx(np.mean((back - original) ** 2))
    np.testing.assert_array_equal(found.rows[0], original[0])
    np.testing.assert_allclose(found.rows[2], back[0], rtol=1e-6)
    for picture, one in zip(
        (found.original, found.reconstruction, found.pca_reconstruction), found.rows, strict=True
    ):
        np.testing.assert_array_equal(picture, drawn(one, data.preparation, LARGE))
    for answer in (decoded, decoded.linear, linear):
        np.testing.assert_array_equal(answer.image, drawn(answer.row, data.preparation, LARGE))

    known = np.arange(data.preparation.width)[None] > 3
    restored = Restore(model, data, 3, fitted, None, known=known).answer()
    hidden = np.isnan(restored.rows[1])
    np.testing.assert_array_equal(hidden, np.repeat(~known[0], data.preparation.channels))
    np.testing.assert_array_equal(restored.rows[1][~hidden], original[0][~hidden])
    assert all(np.isfinite(restored.rows[i]).all() for i in (0, 2, 3))
