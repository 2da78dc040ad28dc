"""The curve over the number of codes: each point is what those codes alone say."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import norm

from explorer.analysis.latent.aggregate import AggregatePosterior, standard_normal
from explorer.analysis.latent.growth import Grown, grow, sizes_of
from explorer.errors import Cancelled
from explorer.models.config import Codes
from explorer.task import Task


def gaussian(n: int, d: int, std: float, seed: int = 0) -> AggregatePosterior:
    """Codes of N(0, I) with one width: q(z) tends to N(0, 1 + std^2)."""
    mean = np.random.default_rng(seed).standard_normal((n, d)).astype(np.float32)
    return AggregatePosterior(Codes("m", mean, np.full((n, d), std, np.float32), np.arange(n)))


def grown(q: AggregatePosterior, draws: int = 2000, seed: int = 0) -> Grown:
    points = np.random.default_rng(seed + 1).standard_normal((draws, q.d))
    return grow(q, standard_normal, points, draws=draws, seed=seed)


@pytest.mark.parametrize(
    ("n", "sizes"),
    [(1, (1,)), (15, (15,)), (16, (8, 16)), (320, (10, 20, 40, 80, 160, 320)), (8, (8,))],
)
def test_sizes_are_halves(n: int, sizes: tuple[int, ...]) -> None:
    assert sizes_of(n) == sizes


@pytest.mark.parametrize("n", [2, 3, 40])
def test_densities_with_and_without_the_own_code_are_scipys(n: int) -> None:
    q = gaussian(n, 2, 0.3)
    found = grown(q, 50)
    each = norm.logpdf(found.z[:, None], q.mean, np.float32(0.3)).sum(2)
    np.testing.assert_allclose(found.log_own, each[np.arange(50), found.own], atol=1e-6)
    for i, m in enumerate(found.sizes):
        for row in np.flatnonzero(found.own < m):
            rest = np.delete(each[row, :m], found.own[row])
            among, others = logsumexp(each[row, :m]) - np.log(m), logsumexp(rest) - np.log(m - 1)
            assert found.within[i, row] == pytest.approx(among, abs=1e-6)
            assert found.without[i, row] == pytest.approx(others, abs=1e-6)
    points = np.random.default_rng(1).standard_normal((50, 2))
    at = norm.logpdf(points[:, None], q.mean, np.float32(0.3)).sum(2)
    for i, m in enumerate(found.sizes):
        low = logsumexp(at[:, :m], axis=1) - np.log(m) - norm.logpdf(points).sum(1) < np.log(1 / 20)
        np.testing.assert_array_equal(found.empty[i], low)


def test_bounds_are_on_both_sides_and_meet() -> None:
    """In the mean over 30 sets of codes, with the KL and I of Gaussians between."""
    d, std = 2, 0.5
    kl = d * 0.5 * (0.25 - np.log(1.25))
    curves = [grown(gaussian(128, d, std, seed), 512, seed).curve() for seed in range(30)]
    highs = np.mean([[at.kl_to_prior for at in curve] for curve in curves], 0)
    lows = np.mean([[at.kl_to_prior_least for at in curve] for curve in curves], 0)
    assert (lows <= kl).all() and (highs >= kl).all()
    assert (np.diff(highs) < 0).all() and highs[-1] - lows[-1] < 0.2 < highs[0] - lows[0]
    for curve in curves:
        assert all(at.mutual_information <= np.log(at.n) + 1e-9 for at in curve)


def test_few_codes_have_many_holes() -> None:
    holes = [at.holes for at in grown(gaussian(640, 2, 0.05)).curve()]
    assert holes == sorted(holes, reverse=True) and holes[0] - holes[-1] > 0.2


def test_one_code_has_no_other() -> None:
    (only,) = grown(gaussian(1, 2, 0.5)).curve()
    assert only.kl_to_prior_least == 0.0 and np.isfinite(only.kl_to_prior)


def test_parts_make_no_difference_and_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    q = gaussian(40, 2, 0.3)
    whole = grown(q, 100)
    monkeypatch.setattr("explorer.analysis.latent.aggregate.PASS_VALUES", 40 * 7)
    np.testing.assert_allclose(grown(q, 100).within, whole.within, rtol=1e-9)
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        grow(q, standard_normal, whole.z, task, draws=100)


def test_each_point_is_of_its_own_codes_only() -> None:
    """The last codes are far away: KL(q(z|x) || p(z)) of the first is that of their means."""
    mean = np.concatenate([np.zeros((20, 1)), np.full((20, 1), 9.0)]).astype(np.float32)
    q = AggregatePosterior(Codes("m", mean, np.full((40, 1), 0.5, np.float32), np.arange(40)))
    kl = 0.5 * (0.25 - 1.0) - np.log(0.5)
    first, half, whole = grown(q).curve()
    assert (first.n, half.n) == (10, 20)
    for at in (first, half):
        assert abs(at.kl - kl) < 4 * at.kl_error < 0.2
        assert at.mutual_information == pytest.approx(0.0, abs=1e-9)
    for i, at in enumerate((first, half, whole)):
        seen = grown(q)
        of = seen.own < at.n
        others = float((seen.without[i, of] - seen.log_prior[of]).mean())
        assert (
            at.kl_to_prior_least == pytest.approx(others) and 0.0 < others <= at.kl_to_prior + 1e-9
        )
    assert whole.kl > 10 and whole.mutual_information == pytest.approx(np.log(2), abs=1e-6)
