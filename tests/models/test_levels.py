"""Masses of levels against 60 digits, scipy and finite differences."""

from __future__ import annotations

import itertools
import math

import mpmath
import numpy as np
import pytest
import scipy.stats
import torch
from torch import Tensor

from explorer.models import levels
from explorer.models.levels import LOGISTIC, NORMAL, Symmetric

NOISES = {"logistic": LOGISTIC, "normal": NORMAL}
KNOWN = {"logistic": scipy.stats.logistic, "normal": scipy.stats.norm}
CENTRES = (-30.0, -2.5, 0.0, 0.3, 1.0, 5.0, 12.0, 30.0, 100.0, 1000.0)
HALVES = (1e-6, 1e-3, 0.02, 0.1, 0.3, 0.499, 0.501, 0.8, 2.0, 20.0)


def above(name: str, t: mpmath.mpf) -> mpmath.mpf:
    """P(X > t) with all its digits."""
    return 1 / (1 + mpmath.exp(t)) if name == "logistic" else mpmath.erfc(t / mpmath.sqrt(2)) / 2


def between(name: str, centre: float, half: float) -> float:
    """The log of a difference that in any float is 0 far out."""
    with mpmath.workdps(60):
        a, b = mpmath.mpf(abs(centre)) - half, mpmath.mpf(abs(centre)) + half
        return float(mpmath.log(above(name, a) - above(name, b)))


@pytest.mark.parametrize("name", list(NOISES))
@pytest.mark.parametrize(
    ("dtype", "good"), [(torch.float32, 4e-7), (torch.float64, 1e-9)], ids=["single", "double"]
)
def test_the_log_of_a_difference_holds_far_out(name: str, dtype: torch.dtype, good: float) -> None:
    centre = torch.tensor(CENTRES, dtype=dtype)[:, None]
    half = torch.tensor(HALVES, dtype=dtype)
    got = NOISES[name].log_between(centre.expand(-1, len(HALVES)), half)
    for i, j in np.ndindex(*got.shape):
        want = between(name, float(centre[i, 0]), float(half[j]))
        assert float(got[i, j]) == pytest.approx(want, rel=good, abs=good)


@pytest.mark.parametrize("name", list(NOISES))
def test_all_bins_narrow_or_some_is_the_same_number(name: str) -> None:
    centre = torch.tensor([0.2, 3.0, 9.0])
    alone = torch.cat([NOISES[name].log_between(c[None], torch.tensor(0.1)) for c in centre])
    torch.testing.assert_close(NOISES[name].log_between(centre, torch.tensor(0.1)), alone)


@pytest.mark.parametrize("name", list(NOISES))
def test_beyond_any_picture_it_is_finite(name: str) -> None:
    centre = torch.tensor([-1e8, -1e5, 1e5, 1e6, 1e8], requires_grad=True)
    for half in (1e-6, 1e-3, 0.3, 20.0):
        value = NOISES[name].log_between(centre, torch.tensor(half))
        (slope,) = torch.autograd.grad(value.sum(), centre)
        assert value.isfinite().all() and slope.isfinite().all()
        assert (slope.sign() == -centre.sign()).all()


@pytest.mark.parametrize("name", list(NOISES))
def test_tails(name: str) -> None:
    t = torch.tensor([-40.0, -3.0, -1e-3, 0.0, 1e-3, 2.0, 30.0], dtype=torch.float64)
    torch.testing.assert_close(
        NOISES[name].log_above(t),
        torch.from_numpy(KNOWN[name].logsf(t.numpy())),
        atol=1e-12,
        rtol=1e-9,
    )
    torch.testing.assert_close(
        NOISES[name].above(t), torch.from_numpy(KNOWN[name].sf(t.numpy())), atol=1e-12, rtol=0
    )


@pytest.mark.parametrize("name", list(NOISES))
def test_draws_have_the_distribution(name: str) -> None:
    drawn = NOISES[name].draw(torch.empty(20_000), torch.Generator().manual_seed(0))
    assert drawn.shape == (20_000,)
    assert scipy.stats.kstest(drawn.numpy(), KNOWN[name].cdf).pvalue > 0.01
    assert not torch.equal(drawn, NOISES[name].draw(torch.empty(20_000)))


def masses(noise: Symmetric, location: float, scale: float, steps: int) -> Tensor:
    x = torch.arange(steps + 1) / steps
    return levels.log_mass(noise, torch.tensor(location), torch.tensor(scale), x, steps).exp()


@pytest.mark.parametrize("name", list(NOISES))
@pytest.mark.parametrize("steps", [1, 16, 255])
@pytest.mark.parametrize("location", [-0.2, 0.0, 0.4, 1.0])
@pytest.mark.parametrize("scale", [1e-3, 0.05, 0.6])
def test_all_levels_together_are_sure(name: str, steps: int, location: float, scale: float) -> None:
    found = masses(NOISES[name], location, scale, steps).double()
    assert float(found.sum()) == pytest.approx(1.0, abs=1e-6)
    edges = (np.arange(steps) + 0.5) / steps
    cdf = np.concatenate([[0.0], KNOWN[name].cdf(edges, location, scale), [1.0]])
    np.testing.assert_allclose(found, np.diff(cdf), atol=2e-7)
    mean = levels.expected(NOISES[name], torch.tensor([location]), torch.tensor(scale), steps)
    want = float(found @ torch.arange(steps + 1).double()) / steps
    assert float(mean) == pytest.approx(want, abs=1e-6)


@pytest.mark.parametrize("name", list(NOISES))
@pytest.mark.parametrize("steps", [1, 16, 255])
def test_draws_are_levels_with_their_masses(name: str, steps: int) -> None:
    n, location = 20_000, torch.full((20_000,), 0.8)
    drawn = levels.drawn(
        NOISES[name], location, torch.tensor(0.2), steps, torch.Generator().manual_seed(1)
    )
    level = (drawn * steps).round().long()
    torch.testing.assert_close(level / steps, drawn)
    share = torch.bincount(level, minlength=steps + 1) / n
    want = masses(NOISES[name], 0.8, 0.2, steps)
    assert ((share - want).abs() < 5 * (want / n).sqrt() + 1e-3).all()


@pytest.mark.parametrize("name", list(NOISES))
@pytest.mark.parametrize("steps", [1, 16, 255])
def test_gradients_are_those_of_finite_differences(name: str, steps: int) -> None:
    x = torch.tensor([0.0, 0.1, 0.5, 0.9, 1.0] * 2, dtype=torch.float64)
    location = torch.linspace(-0.1, 1.1, 10, dtype=torch.float64, requires_grad=True)
    log_scale = torch.linspace(-4.0, 0.5, 10, dtype=torch.float64, requires_grad=True)

    def of(location: Tensor, log_scale: Tensor) -> Tensor:
        return levels.log_mass(NOISES[name], location, log_scale.exp(), x, steps)

    assert torch.autograd.gradcheck(of, (location, log_scale), atol=1e-5)


def test_what_lies_between_levels_counts_as_the_next_one() -> None:
    x = torch.tensor([-0.3, 0.03, 0.04, 0.5, 0.97, 1.4])
    assert levels.level_of(x, 16).tolist() == [0.0, 0.0, 1.0, 8.0, 16.0, 16.0]


@pytest.mark.parametrize("steps", [1, 16, 255])
@pytest.mark.parametrize("t", [-40.0, -2.0, 0.0, 1e-4, 3.0, 500.0])
def test_the_continuous_bernoulli_has_its_masses_in_closed_form(steps: int, t: float) -> None:
    x = torch.arange(steps + 1, dtype=torch.float64) / steps
    found = levels.log_mass_of_exponential(torch.tensor(t, dtype=torch.float64), x, steps)
    with mpmath.workdps(300):
        edges = [
            mpmath.mpf(0),
            *((mpmath.mpf(k) + 0.5) / steps for k in range(steps)),
            mpmath.mpf(1),
        ]
        cdf = [mpmath.expm1(t * e) / mpmath.expm1(t) if t else e for e in edges]
        want = [float(mpmath.log(b - a)) for a, b in itertools.pairwise(cdf)]
    np.testing.assert_allclose(found, want, rtol=1e-7, atol=1e-6)
    assert float(found.exp().sum()) == pytest.approx(1.0, abs=1e-6)


def test_a_bin_half_as_wide_as_a_sigma_has_nearly_the_density() -> None:
    """Quantisation adds a variance of h^2 / 12."""
    x, sigma = torch.tensor([0.5], dtype=torch.float64), 0.1
    location = torch.tensor([0.45], dtype=torch.float64)
    found = levels.log_mass(NORMAL, location, torch.tensor(sigma), x, 20) + math.log(20)
    c, h = 0.5, 0.5
    density = -0.5 * (c * c + math.log(2 * math.pi)) - math.log(sigma)
    assert float(found) == pytest.approx(density + (c * c - 1) * h * h / 24, abs=1e-4)
