"""explorer.compute.decoding.linear: a point of the PCA plane, by hand."""

from __future__ import annotations

import numpy as np

from explorer.analysis import pca
from explorer.compute.decoding.linear import DecodeLinearly, on_plane
from explorer.compute.live import encode_rows
from tests.compute.small import DATA, snapshot

LINEAR, POINT = pca.fit(DATA, 4), np.array([0.4, -0.7], np.float32)


def test_a_point_stands_for_the_mean_and_two_components() -> None:
    row = LINEAR.mean + POINT[0] * LINEAR.components[3] + POINT[1] * LINEAR.components[0]
    np.testing.assert_allclose(on_plane(LINEAR, (3, 0), POINT), row, atol=1e-6)
    decoded = DecodeLinearly(DATA, LINEAR, (3, 0), POINT).answer()
    np.testing.assert_allclose(decoded.row, row, atol=1e-6)
    shown = np.clip(np.round(255 * row.reshape(8, 8, 1)), 0, 255)
    assert np.abs(decoded.image - shown).max() <= 1
    assert decoded.z is None and decoded.point is POINT


def test_the_model_encodes_what_is_shown() -> None:
    model = snapshot()
    decoded = DecodeLinearly(DATA, LINEAR, (0, 1), POINT, model).answer()
    z = encode_rows(model, decoded.image[None], 255)[0][0]
    np.testing.assert_array_equal(decoded.z, z)
