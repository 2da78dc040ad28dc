"""explorer.compute.decoding.latent: the picture at z is the decoder's own."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from explorer.analysis import pca
from explorer.compute.decoding.latent import Decode
from explorer.compute.decoding.linear import pca_plane
from explorer.compute.decoding.place import DecodePlace
from explorer.models.autoencoder import from_snapshot
from tests.compute.small import DATA, snapshot

Z = np.array([0.5, -1.0], np.float32)


@pytest.mark.parametrize("preset", ["vae", "ae", "gmm-vae"])
def test_the_picture_is_the_decoders_mean_in_levels(preset: str) -> None:
    model = snapshot(preset)
    with torch.inference_mode():
        mean = from_snapshot(model).decode(torch.from_numpy(Z)[None])[0].numpy()
    decoded = Decode(model, Z).answer()
    np.testing.assert_allclose(decoded.row, mean.ravel(), atol=1e-6)
    assert decoded.image.shape == (8, 8, 1) and decoded.image.dtype == np.uint8
    assert np.abs(decoded.image[..., 0] - 255 * mean[0]).max() <= 0.5 + 1e-3
    assert decoded.z is Z and decoded.linear is None
    np.testing.assert_array_equal(DecodePlace(model, Z).answer(), decoded.image)


def test_pca_projects_what_is_decoded_on_its_plane() -> None:
    model, linear = snapshot(), pca.fit(DATA, 4)
    decoded = Decode(model, Z, linear, (2, 1)).answer()
    assert decoded.linear is not None and decoded.row is not None
    scores = linear.project(decoded.row[None])[0]
    np.testing.assert_allclose(decoded.linear.point, scores[[2, 1]], atol=1e-5)
    there = linear.mean + scores[2] * linear.components[2] + scores[1] * linear.components[1]
    np.testing.assert_allclose(decoded.linear.row, there, atol=1e-5)
    assert decoded.linear.axes == (2, 1) and decoded.linear.z is None


def test_it_is_about_the_plane_of_pca_where_that_is_told_something() -> None:
    model, linear = snapshot(), pca.fit(DATA, 4)
    assert Decode(model, Z).subject == {"model": model}
    told = Decode(model, Z, linear, (2, 1)).subject
    assert told == {"model": model, **pca_plane(linear, (2, 1))} and len(told) > 1
    assert told != Decode(model, Z, linear, (0, 1)).subject
