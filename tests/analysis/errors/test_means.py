"""Standard errors, against scipy and by how often they cover."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import sem, ttest_1samp, ttest_rel

from explorer.analysis.errors import Z, means

RNG_SEED = 5


def test_the_error_of_a_mean() -> None:
    values = np.array([1.0, 2.0, 4.0, 9.0])
    assert means.standard_error(values) == pytest.approx(sem(values))


@pytest.mark.parametrize("n", [0, 1])
def test_one_sample_has_no_spread(n: int) -> None:
    assert means.standard_error(np.ones(n)) is None and means.interval(np.ones(n)) is None


def test_two_samples_have_one() -> None:
    assert means.standard_error(np.array([1.0, 3.0])) == pytest.approx(1.0)


def test_differences_are_of_the_same_samples() -> None:
    rng = np.random.default_rng(RNG_SEED)
    ours = 100.0 * rng.standard_normal(50)  # what is hard about a sample counts for both
    theirs = ours + 1.0 + 0.1 * rng.standard_normal(50)
    away, error = means.difference(ours, theirs)
    assert away == pytest.approx(np.mean(ours - theirs))
    assert error is not None and error < 0.02
    assert away / error == pytest.approx(ttest_rel(ours, theirs).statistic)


def test_it_covers_the_mean_of_all_there_could_be() -> None:
    rng = np.random.default_rng(RNG_SEED)
    hit = 0
    for _ in range(500):
        values = rng.gamma(4.0, 1.0, 200)
        error = means.standard_error(values)
        assert error is not None
        hit += abs(values.mean() - 4.0) <= Z * error
    assert 0.93 <= hit / 500 <= 0.97


def test_an_interval_is_students() -> None:
    values = np.array([1.0, 2.0, 4.0, 9.0])
    wanted = ttest_1samp(values, 0.0).confidence_interval(0.95)
    assert means.interval(values) == pytest.approx(tuple(wanted))
    assert means.interval(np.full(3, 2.0)) == (2.0, 2.0)


@pytest.mark.parametrize("m", [8, 200])
def test_an_interval_of_a_difference_covers_it(m: int) -> None:
    """Two models whose samples are hard alike, ahead by 0.5 in truth."""
    rng = np.random.default_rng(RNG_SEED)
    hit = 0
    for _ in range(500):
        hard = 30.0 * rng.standard_normal(m)
        ours, theirs = hard + rng.normal(0.5, 2.0, m), hard + rng.normal(0.0, 1.0, m)
        interval = means.interval(ours - theirs)
        assert interval is not None
        hit += interval[0] <= 0.5 <= interval[1]
    assert 0.93 <= hit / 500 <= 0.97


def test_of_what_is_not_finite_the_error_is_no_number_and_nothing_is_warned_of() -> None:
    """Warnings are errors in these tests; a model of wild weights has log p(x) = -inf."""
    mean, error = means.with_error(np.array([1.0, -np.inf, 2.0]))
    assert mean == -np.inf and np.isnan(error)


def test_with_error_is_the_mean_and_its_standard_error_and_of_one_value_0() -> None:
    values = np.array([1.0, 2.0, 4.0])
    assert means.with_error(values) == (values.mean(), means.standard_error(values))
    assert means.with_error(values[:1]) == (1.0, 0.0)
