"""KL by neighbours against that of Gaussians."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import t as student_t

from explorer.analysis.latent.neighbours import BLOCKS, divergence, with_error


def test_of_one_dimension_by_hand() -> None:
    """n = 3 of q, m = 2 of p, the nearest each: rho = 1, 1, 2 and nu = 0.5, 0.5, 1.5."""
    z, prior = np.array([[0.0], [1.0], [3.0]]), np.array([[0.5], [4.5]])
    wanted = (2 * math.log(0.5 / 1) + math.log(1.5 / 2)) / 3
    assert divergence(z, prior, 1) == pytest.approx(wanted)
    second = np.array([[-2.0], [-3.0]])  # nu = 2, 3, 5: the mean of two sets
    more = (math.log(2 / 1) + math.log(3 / 1) + math.log(5 / 2)) / 3
    both = divergence(z, np.concatenate([prior, second]), 1)
    assert both == pytest.approx((wanted + more) / 2)


def test_fewer_draws_of_the_prior_are_made_up_for() -> None:
    z, prior = np.array([[0.0], [1.0], [3.0]]), np.array([[0.5]])
    wanted = (2 * math.log(0.5 / 1) + math.log(2.5 / 2)) / 3 + math.log(1 / 2)
    assert divergence(z, prior, 1) == pytest.approx(wanted)


@pytest.mark.parametrize("d", [1, 2])
def test_the_interval_has_the_kl_of_gaussians(d: int) -> None:
    """95 % of 200 are 190 +- 6: at least 180 do, and at half the width many do not."""
    kl = d * (0.5 * (0.5**2 + 0.3**2 - 1.0) - math.log(0.5))
    hits = half = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        z, prior = 0.3 + 0.5 * rng.standard_normal((200, d)), rng.standard_normal((800, d))
        found, wide = with_error(z, prior)
        hits += abs(found - kl) <= wide
        half += abs(found - kl) <= wide / 2
    assert hits >= 180 and half <= 170


def test_the_error_is_of_blocks_and_of_what_more_draws_change() -> None:
    rng = np.random.default_rng(0)
    z, prior = 0.5 * rng.standard_normal((160, 2)), rng.standard_normal((640, 2))
    blocks = [divergence(z[b::BLOCKS], prior[b::BLOCKS]) for b in range(BLOCKS)]
    quarters = [divergence(z[b::4], prior[b::4]) for b in range(4)]
    found, wide = with_error(z, prior)
    change = found - np.mean(quarters)
    spread = student_t(BLOCKS - 1).ppf(0.975) * np.std(blocks, ddof=1) / 4
    assert wide == pytest.approx(math.hypot(spread, change), rel=1e-3)
