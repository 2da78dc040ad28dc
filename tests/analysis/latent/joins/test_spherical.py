"""Arcs against closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from explorer.analysis.latent.joins import spherical

UNIT = np.linspace(0, 1, 9)
vectors = arrays(np.float32, 5, elements=st.floats(-3, 3, width=32))


def _circle(n: int, share: float = 1.0) -> np.ndarray:
    angle = np.linspace(0, share * 2 * np.pi, n)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)


@given(vectors, vectors)
def test_slerp_ends_where_it_should_and_its_norm_goes_evenly(a, b):
    made = spherical.slerp(a, b, UNIT)
    np.testing.assert_allclose(made[[0, -1]], [a, b], atol=1e-5)
    norms = np.linalg.norm([a, b], axis=1)
    cosine = a @ b / max(norms[0] * norms[1], 1e-12)
    if min(norms) > 0.1 and abs(cosine) < 0.999:
        expected = norms[0] + UNIT * (norms[1] - norms[0])
        np.testing.assert_allclose(np.linalg.norm(made, axis=1), expected, rtol=1e-5)


def test_slerp_goes_along_the_circle_at_one_speed():
    made = spherical.slerp(np.array([2, 0], np.float32), np.array([0, 2], np.float32), UNIT)
    np.testing.assert_allclose(made, 2 * _circle(9, 0.25), atol=1e-6)


@pytest.mark.parametrize("b", [[0, 0], [-1, 0], [2, 0]])
def test_slerp_is_straight_where_there_is_no_circle(b):
    a, b = np.array([1, 0], np.float32), np.array(b, np.float32)
    np.testing.assert_allclose(spherical.slerp(a, b, UNIT), spherical.lerp(a, b, UNIT), atol=1e-6)


@given(vectors)
def test_slerp_to_a_multiple_is_straight_whatever_is_rounded(a):
    made = spherical.slerp(a, 2 * a, UNIT)
    np.testing.assert_allclose(made, (1 + UNIT)[:, None] * a, atol=1e-3)
