"""explorer.compute.measuring.usual: a limit that nearly all samples keep."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.compute.measuring.errors import MeasureErrors
from explorer.compute.measuring.usual import MEASURED, QUANTILE, MeasureUsual, ground
from tests.compute.small import DATA, snapshot


def test_99_percent_of_the_samples_stay_below() -> None:
    model = snapshot()
    usual = MeasureUsual(model, DATA).answer()
    errors = MeasureErrors(model, DATA).answer()
    assert usual.n == len(DATA)
    assert usual.mse == pytest.approx(np.quantile(errors, 0.99), rel=1e-5)
    assert usual.ground == pytest.approx(ground(DATA.x) / 255)


@pytest.mark.parametrize(("inside", "edge"), [(200, 0), (0, 255), (9, 9)])
def test_the_ground_is_what_is_along_the_edges(inside: int, edge: int) -> None:
    kept = np.full((3, 6, 6, 1), edge, np.uint8)
    kept[:, 1:-1, 1:-1] = inside
    assert ground(kept) == edge


def test_the_limit_is_as_sure_as_it_has_to_be() -> None:
    """1 % lie beyond it, give or take a quarter of them; surer takes longer, and nobody sees it."""
    beyond = 1 - QUANTILE
    error = np.sqrt(QUANTILE * beyond / MEASURED) / beyond
    assert 0.2 < error < 0.25


def test_the_ground_is_a_median() -> None:
    kept = np.zeros((1, 4, 4, 1), np.float32)
    kept[0, 0, 0] = 1.0  # one corner
    assert ground(kept) == 0.0


@pytest.mark.parametrize("seed", range(4))
def test_each_of_the_four_edges_counts_alike(seed: int) -> None:
    kept = np.random.default_rng(seed).normal(size=(3, 4, 7, 2)).astype(np.float32)
    edges = [*kept[:, 0].flat, *kept[:, 3].flat, *kept[:, :, 0].flat, *kept[:, :, 6].flat]
    assert ground(kept) == np.float32(np.median(edges))
