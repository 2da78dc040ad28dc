"""The Jacobian against densities that are known in both units."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scipy.stats

from explorer.analysis import units
from explorer.data.preparation import Preparation

SCALES = (0.5, 2.0, 10.0)


def table(*names: str) -> Preparation:
    return Preparation(
        1, 3, levels=1, kind="table", centre=(1.0, 2.0, 3.0), scale=SCALES, names=names
    )


def test_a_density_in_both_units_differs_by_the_jacobian() -> None:
    made = table("a", "b", "c")
    v = np.array([1.3, -0.4, 25.0])
    x = (v - np.array(made.centre)) / np.array(SCALES)
    cov = np.array([[1.0, 0.3, 0.1], [0.3, 0.8, 0.0], [0.1, 0.0, 1.4]])
    standardised = scipy.stats.multivariate_normal(np.zeros(3), cov).logpdf(x)
    wide = np.diag(SCALES) @ cov @ np.diag(SCALES)
    own = scipy.stats.multivariate_normal(np.array(made.centre), wide).logpdf(v)
    assert units.log_jacobian(made) == pytest.approx(own - standardised)
    assert units.log_jacobian(made) == pytest.approx(-math.log(10.0))


def test_categories_keep_out_of_it() -> None:
    made = table("price", "colour=red", "colour=blue")
    assert units.one_hot(made) == {1, 2}
    assert units.log_jacobian(made) == pytest.approx(math.log(2.0))
    (said,) = units.warnings_of(dict.fromkeys(units.KEYS, 0.0), made, "")
    assert said.startswith("2 of 3 columns are categories as 0 and 1")
    assert units.warnings_of(dict.fromkeys(units.KEYS, 0.0), table("a", "b", "c"), "") == []


def test_signals_have_no_categories() -> None:
    """Whatever their points are called."""
    names = ("t=1", "t=2", "t=3")
    made = Preparation(1, 3, levels=1, kind="signals", centre=(0.0,) * 3, scale=SCALES, names=names)
    assert units.one_hot(made) == frozenset()
    assert units.log_jacobian(made) == pytest.approx(-math.log(10.0))
    assert units.log_jacobian(Preparation(1, 3, levels=1, kind="signals")) == 0.0


def test_pictures_have_the_range_from_black_to_white() -> None:
    assert units.log_jacobian(Preparation(2, 2)) == pytest.approx(-4 * math.log(255))
    assert units.log_jacobian(Preparation(2, 2, low=-1.0, high=1.0)) == pytest.approx(
        -4 * math.log(2)
    )
    assert units.log_jacobian(Preparation(2, 2, levels=1, binarisation="fixed")) == 0.0


def test_what_is_told_in_the_units_of_the_data() -> None:
    said = {"elbo": -3.0, "log_likelihood": -2.0}
    made = table("a", "b", "c")
    found = units.in_units(made, said, discrete=False, is_density=True)
    away = -math.log(10.0)
    assert list(found.values()) == pytest.approx([away, away - 3.0, away - 2.0])
    same = units.in_units(Preparation(2, 2), said, discrete=True, is_density=True)
    assert list(same.values()) == [0.0, -3.0, -2.0]
    none = units.in_units(Preparation(2, 2), said, discrete=False, is_density=False)
    assert set(none.values()) == {None}
    (why,) = units.warnings_of(none, Preparation(2, 2), "many codes")
    assert why.endswith(units.NO_DENSITY)
    loose = units.in_units(
        made, {"elbo": -3.0, "log_likelihood": None}, discrete=False, is_density=True
    )
    (why,) = units.warnings_of(loose, made, "many codes")
    assert why == "log_likelihood_original_units is null: many codes"
