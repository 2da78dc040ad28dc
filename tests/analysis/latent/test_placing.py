"""explorer.analysis.latent.placing: where a latent space is entered."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.analysis.latent.placing import central, telling


def test_the_middle_of_a_ring_is_on_the_ring() -> None:
    angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ring = np.stack([np.cos(angle), np.sin(angle)], 1).astype(np.float32) + np.float32(5)
    found = central(ring)
    assert (ring == found).all(axis=1).any()


def test_outliers_and_broken_codes_do_not_carry_it_away() -> None:
    codes = np.random.default_rng(0).normal(size=(99, 3)).astype(np.float32)
    wild = np.array([[1e30, 0, 0], [np.nan, 0, 0], [np.inf, 1, 1]], np.float32)
    found = central(np.concatenate([codes, wild]))
    assert found is not None and np.linalg.norm(found) < 1
    for there in (codes, codes + np.float32([7, -3, 0])):
        away = np.linalg.norm(there - np.median(there, axis=0), axis=1)
        np.testing.assert_array_equal(central(there), there[away.argmin()])


@pytest.mark.parametrize("codes", [np.zeros((0, 2)), np.full((4, 2), np.nan)])
def test_without_codes_there_is_no_middle(codes: np.ndarray) -> None:
    assert central(codes.astype(np.float32)) is None


def test_the_dimensions_that_carry_most_are_shown_in_their_order() -> None:
    codes = np.random.default_rng(1).normal(size=(50, 4)).astype(np.float32)
    assert telling(codes, np.array([0.1, 3.0, 0.0, 0.2], np.float32)) == (1, 3)
    assert telling(codes, np.array([2.0, 2.0, 2.0, 2.0], np.float32)) == (0, 1)
    assert telling(codes * np.array([9, 1, 1, 5], np.float32), None) == (0, 3)
    assert telling(codes[:, :1], None) == (0, 1) == telling(codes[:, :2], None)
    assert telling(codes, np.array([0.1, np.nan, 0.0, 0.2], np.float32)) == telling(codes, None)
