"""Intervals of the AUROC: by counting pairs, and by how often they cover a known one."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm, t
from sklearn.metrics import roc_auc_score

from explorer.analysis.errors import auroc

ODD = np.array([1, 1, 1, 0, 0, 0, 0], np.bool_)
SCORES = np.array([5.0, 2.0, 4.0, 1.0, 2.0, 3.0, 0.5])


def placements(odd: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """By every pair: of the odd ones, and of the normal ones."""
    ones, others = scores[odd][:, None], scores[~odd][None]
    before = (ones > others) + 0.5 * (ones == others)
    return before.mean(1), before.mean(0)


def spread(pair: tuple[np.ndarray, np.ndarray]) -> tuple[float, float]:
    """DeLong's variance, and Welch's degrees of freedom."""
    variances = [values.var(ddof=1) / len(values) for values in pair]
    below = sum(v**2 / (len(p) - 1) for v, p in zip(variances, pair, strict=True))
    return sum(variances), sum(variances) ** 2 / below


def test_the_interval_by_hand() -> None:
    pair = placements(ODD, SCORES)
    value, (variance, freedom) = pair[0].mean(), spread(pair)
    assert value == pytest.approx(roc_auc_score(ODD, SCORES))
    half = t.ppf(0.975, freedom) * np.sqrt(variance) / (value * (1 - value))
    logit = np.log(value / (1 - value))
    wanted = 1 / (1 + np.exp(-(logit + np.array([-half, half]))))
    assert auroc.interval(ODD, SCORES) == pytest.approx(tuple(wanted))
    low, high = auroc.interval(ODD, -SCORES)  # type: ignore[misc]
    assert (1 - high, 1 - low) == pytest.approx(tuple(wanted))


def test_the_difference_by_hand() -> None:
    theirs = np.array([1.0, 2.0, 0.0, 1.5, 2.5, 3.0, 0.2])
    one, other = placements(ODD, SCORES), placements(ODD, theirs)
    variance, freedom = spread((one[0] - other[0], one[1] - other[1]))
    value = roc_auc_score(ODD, SCORES) - roc_auc_score(ODD, theirs)
    half = t.ppf(0.975, freedom) * np.sqrt(variance)
    found, interval = auroc.difference(ODD, SCORES, theirs)  # type: ignore[misc]
    assert found == pytest.approx(value)
    assert interval == pytest.approx((max(-1, value - half), min(1, value + half)))
    assert auroc.difference(ODD, SCORES, SCORES) == (0.0, (0.0, 0.0))


@pytest.mark.parametrize("odd", [[1, 0, 0, 0], [1, 1, 1, 0], [0, 0, 0, 0], [1, 1, 1, 1]])
def test_one_of_a_kind_has_no_spread(odd: list[int]) -> None:
    kinds, scores = np.array(odd, np.bool_), np.arange(4.0)
    assert auroc.interval(kinds, scores) is None
    assert auroc.difference(kinds, scores, scores) is None


def test_all_in_order_is_not_known_to_be_always_so() -> None:
    """Newcombe 2006, method 5: V(theta) of exponential scores, where it meets theta's distance."""
    scores = np.where(ODD, 2.0, 1.0)
    low, high = auroc.interval(ODD, scores)  # type: ignore[misc]
    pairs = 1 + 2.5 * ((1 - low) / (2 - low) + low / (1 + low))  # (3 + 4) / 2 - 1 = 2.5
    assert high == 1.0 and 1 - low == pytest.approx(
        1.959964 * np.sqrt(low * (1 - low) * pairs / 12)
    )
    tied = auroc.interval(ODD, np.ones(7))  # no spread either: a half, as far as that tells
    assert tied is not None and sum(tied) == pytest.approx(1.0) and 0.0 < tied[0] < 0.3
    reverse = auroc.interval(ODD, -scores)
    assert reverse is not None and reverse[0] == 0.0 and reverse[1] == pytest.approx(1 - low)


@pytest.mark.parametrize(("m", "n", "apart"), [(30, 100, 1.0), (100, 300, 2.0)])
def test_it_covers_the_known_area(m: int, n: int, apart: float) -> None:
    rng, odd, hit, hit_apart = np.random.default_rng(6), np.arange(m + n) < m, 0, 0
    truth, theirs = norm.cdf(apart / np.sqrt(2)), norm.cdf(apart / np.sqrt(2 * 1.49))
    for _ in range(500):
        scores = rng.standard_normal(m + n) + apart * odd
        noisy = scores + 0.7 * rng.standard_normal(m + n)
        low, high = auroc.interval(odd, scores)  # type: ignore[misc]
        hit += low <= truth <= high
        low, high = auroc.difference(odd, scores, noisy)[1]  # type: ignore[index]
        hit_apart += low <= truth - theirs <= high
    assert 0.93 <= hit / 500 <= 0.97
    assert 0.93 <= hit_apart / 500 <= 0.97
