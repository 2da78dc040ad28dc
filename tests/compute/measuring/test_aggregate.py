"""explorer.compute.measuring.aggregate: the curve, as it stands in the JSON."""

from __future__ import annotations

from explorer.compute.measuring.aggregate import Grown, Limit, grown

VALUES = {
    "aggregate_curve": [
        {"n": 8, "kl_to_prior": 2.0, "kl_to_prior_error": 0.5, "holes": 0.75, "holes_error": 0.1},
        {"n": 16, "kl_to_prior": 1.5, "kl_to_prior_error": 0.25, "holes": 0.5, "holes_error": 0.0},
    ],
    "kl_to_prior_limit": None,
    "kl_to_prior_limit_interval": [0.25, 1.75],
}


def test_a_point_for_each_number_of_codes() -> None:
    assert grown(VALUES, "holes") == Grown(((8, 0.75, 0.1), (16, 0.5, 0.0)))


def test_where_no_value_is_known_the_interval_is() -> None:
    found = grown(VALUES, "kl_to_prior")
    assert found.points == ((8, 2.0, 0.5), (16, 1.5, 0.25))
    assert found.limit == Limit(None, (0.25, 1.75))
    known = grown({**VALUES, "kl_to_prior_limit": 1.0}, "kl_to_prior").limit
    assert known == Limit(1.0, (0.25, 1.75))


def test_of_a_point_there_is_no_curve() -> None:
    assert grown({}, "holes") == Grown(())
    nulls = {"aggregate_curve": None, "holes_limit_interval": None}
    assert grown(nulls, "holes") == Grown(())
