"""The limit of ever more codes, where it is known: codes and posteriors that are Gaussian."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.analysis.latent.aggregate import AggregatePosterior, standard_normal
from explorer.analysis.latent.growth import Grown, grow
from explorer.analysis.latent.limits import Limit, limit
from explorer.models.config import Codes


def limit_of(scale: np.ndarray, std: float, n: int, seed: int) -> Limit:
    """Of n codes drawn from N(0, scale^2), all of one width."""
    rng = np.random.default_rng(seed)
    mean = (rng.standard_normal((n, len(scale))) * scale).astype(np.float32)
    q = AggregatePosterior(Codes("m", mean, np.full_like(mean, std), np.arange(n)))
    points = rng.standard_normal((4 * n, len(scale)))
    return limit(grow(q, standard_normal, points[:20], draws=2 * n, seed=seed), points)


def truth_of(scale: np.ndarray, std: float) -> tuple[float, float]:
    """KL(q(z) || p(z)) and I(x; z) of q(z) = N(0, scale^2 + std^2)."""
    var = scale**2 + std**2
    return float(0.5 * (var - 1 - np.log(var)).sum()), float(0.5 * np.log(var / std**2).sum())


@pytest.mark.parametrize(
    ("d", "std", "ways"),
    [
        (1, 0.05, {"bounds", "neighbours"}),
        (2, 0.05, {"neighbours"}),
        (2, 0.5, {"bounds", "neighbours"}),
        (3, 0.7, {"bounds"}),
        (5, 0.9, {"bounds"}),
    ],
)
def test_intervals_have_the_truth_as_often_as_they_say(d: int, std: float, ways: set[str]) -> None:
    """95 % of 200 are 190 +- 6; bounds may do so more often."""
    scale = np.linspace(0.5, 1.2, d)
    kl, information = truth_of(scale, std)
    found = [limit_of(scale, std, 200, seed) for seed in range(200)]
    for truth, key in ((kl, "kl_to_prior"), (information, "mutual_information")):
        intervals = np.array([getattr(one, f"{key}_interval") for one in found])
        hits = ((intervals[:, 0] <= truth) & (truth <= intervals[:, 1])).sum()
        assert hits >= 182, (key, hits)
        assert (intervals[:, 1] - intervals[:, 0]).mean() < 0.8
        middles = [value for one in found if (value := getattr(one, key)) is not None]
        assert np.mean(middles) == pytest.approx(truth, abs=0.06)
    assert {one.way for one in found} == ways


def test_bounds_far_apart_are_all_that_is_known() -> None:
    """Narrow posteriors in many dimensions: no number, and an interval with the truth."""
    scale = np.linspace(0.5, 1.2, 8)
    kl, information = truth_of(scale, 0.3)
    found = limit_of(scale, 0.3, 200, 0)
    assert found.way == "bounds" and found.kl_to_prior is None and found.mutual_information is None
    assert found.kl_to_prior_interval[0] == 0.0 and found.kl_to_prior_interval[1] > kl + 1
    low, high = found.mutual_information_interval
    assert low < information < high


def test_ever_more_codes_say_the_same() -> None:
    """What the codes themselves say falls by more than a nat."""
    scale = np.linspace(0.5, 1.2, 2)
    few, many = (limit_of(scale, 0.02, n, 0) for n in (200, 3200))
    assert few.kl_to_prior is not None and many.kl_to_prior is not None
    wide = few.kl_to_prior_interval[1] - few.kl_to_prior
    assert abs(few.kl_to_prior - many.kl_to_prior) < wide


def test_too_few_codes_have_no_neighbours() -> None:
    assert limit_of(np.ones(2), 0.05, 95, 0).way == "bounds"
    assert limit_of(np.ones(2), 0.05, 96, 0).way == "neighbours"


def test_neighbours_that_contradict_the_bounds_are_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "explorer.analysis.latent.neighbours.with_error", lambda *given: (90.0, 0.01)
    )
    assert limit_of(np.ones(2), 0.05, 200, 0).way == "bounds"


@pytest.mark.parametrize(("high", "value"), [(1.19, 0.695), (1.21, None)])
def test_bounds_half_a_nat_from_their_middle_give_a_value_and_wider_ones_none(
    high: float, value: float | None
) -> None:
    """One code: its own density is q(z), so that the bounds are those of the draws alone."""
    k = 1000
    grown = Grown(
        (1,), np.zeros((k, 3)), np.arange(k), np.zeros(k), np.zeros(k), np.full((1, k), high),
        np.full((1, k), 0.2), np.zeros((1, k), bool),
    )  # fmt: skip
    found = limit(grown, np.zeros((k, 3)))
    assert found.way == "bounds" and found.kl_to_prior_interval == pytest.approx((0.2, high))
    assert found.kl_to_prior == (None if value is None else pytest.approx(value))
