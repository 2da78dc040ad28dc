"""What is said beside a number: when, and when not."""

from __future__ import annotations

import math

import numpy as np
import pytest

from explorer.analysis import cautions
from explorer.analysis.evidence.estimate import SAMPLED, Evidence

GAPS = {
    "amortisation_gap": 1.0,
    "amortisation_gap_error": 0.1,
    "mutual_information": 3.0,
    "kl_to_prior": 1.0,
    "holes": 0.2,
}


@pytest.mark.parametrize(
    ("effective", "said"),
    [
        (np.full(100, 500.0), False),
        (np.full(100, 9.9), True),  # the median
        (np.full(100, 10.0), False),
        (np.where(np.arange(100) < 5, 1.0, 500.0), True),
        (np.where(np.arange(100) < 4, 1.0, 500.0), False),
        (np.where(np.arange(100) < 6, 1.0, 500.0), True),  # the share below 10
        (np.full(100, np.nan), True),
        (None, False),
    ],
)
def test_few_draws_that_count_are_said(effective: np.ndarray | None, said: bool) -> None:
    found = cautions.of_draws(effective, 5000)
    assert bool(found) == said
    if said and effective is not None and np.isfinite(effective).all():
        assert f"a median of {np.median(effective):.3g}" in found[0] and "5,000" in found[0]
        assert f"{(effective < 10).mean():.0%}" in found[0]


@pytest.mark.parametrize(("few", "said"), [(4, False), (5, True), (60, True)])
def test_uneven_weights_are_said(few: int, said: bool) -> None:
    k = np.where(np.arange(100) < few, 0.71, 0.69)
    found = cautions.of_tails(k)
    assert bool(found) == said and cautions.of_tails(None) == []
    assert cautions.share_unsure(k) == few / 100
    if said:
        assert f"{few}%" in found[0] and "0.7" in found[0]


def test_a_gap_below_the_amortisation_gap_is_said() -> None:
    assert cautions.of_gaps(1.0, GAPS, 1000) == []
    (sentence,) = cautions.of_gaps(0.85, GAPS, 1000)
    assert "0.85" in sentence and "1.00" in sentence and "too low" in sentence
    assert cautions.of_gaps(0.95, GAPS, 1000) == []  # within the error
    assert cautions.of_gaps(None, GAPS, 1000) == []
    exact = {**GAPS, "amortisation_gap_error": None}
    assert cautions.of_gaps(1.0, exact, 1000) == [] != cautions.of_gaps(0.999, exact, 1000)
    assert cautions.of_gaps(0.5, {**GAPS, "amortisation_gap": math.inf}, 1000) == []


def test_information_at_its_ceiling_is_said() -> None:
    for n, said in ((1, False), (2, True), (20, True), (25, True), (26, False), (1000, False)):
        found = cautions.of_gaps(9.0, GAPS, n)
        assert bool(found) == said, n
        if said:
            assert f"n = {n}" in found[0] and f"{math.log(n):.2f}" in found[0]
    quarter_below = {"mutual_information": math.log(4) - 0.25}  # to the bit
    assert cautions.of_gaps(None, quarter_below, 4) != []


def test_holes_say_what_they_are_of() -> None:
    (sentence,) = cautions.of_codes(GAPS, 1234)
    assert "n = 1,234 codes" in sentence
    assert sentence.endswith("so that theirs is an upper bound") and "part" not in sentence
    assert "of the train part;" in cautions.of_codes({**GAPS, "aggregate_part": "train"}, 9)[0]
    assert cautions.of_codes({"holes": None}, 1234) == []


def test_numbers_that_are_none_are_named() -> None:
    values = {"a": math.nan, "b": 1.0, "c": [0.0, math.inf], "d": {"e": np.float64("nan")}}
    (sentence,) = cautions.of_numbers(values)
    assert sentence.startswith("a, c and d are no finite number")
    assert cautions.of_numbers({"b": 1.0, "n": None, "s": "nan", "k": True}) == []
    assert "is no finite" in cautions.of_numbers({"x": np.array([np.nan])})[0]


def test_nulls_have_a_reason() -> None:
    values = {"a": None, "b": 1.0, "c": None}
    assert cautions.of_nulls(values, ("a", "b", "c", "d"), "why") == ["a and c are null: why"]
    assert cautions.of_nulls(values, ("b",), "why") == []
    assert cautions.of_nulls(values, ("a",), "why") == ["a is null: why"]


def test_what_was_not_drawn_has_no_caution() -> None:
    assert cautions.of_draws(np.full(100, 1.0), None) == []
    assert cautions.median(None) is None and cautions.share_below(None) is None


def test_names_are_listed_as_a_sentence_has_them() -> None:
    found = [cautions.listed(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])]
    assert found == ["", "a", "a and b", "a, b and c"]


def test_one_sample_has_no_spread() -> None:
    assert cautions.of_spreads({"mse": 0.1, "mse_standard_error": 0.01}) == []
    assert cautions.of_spreads({"elbo": None, "elbo_standard_error": None}) == []
    found = cautions.of_spreads({"mse": 0.1, "mse_standard_error": None, "kl": 2.0})
    assert found == ["mse_standard_error is null: one sample has no spread"]


def test_weights_are_uneven_above_the_limit_and_those_of_no_spread_are_left_out() -> None:
    k = np.array([0.2, 0.7, 0.71, np.nan])
    assert cautions.share_unsure(k) == 0.25 and cautions.median_k(k) == 0.7
    assert cautions.share_unsure(None) is None and cautions.median_k(None) is None


def test_what_is_not_known_exactly_is_said() -> None:
    assert cautions.of_unknown(0, 1000) == []
    (said,) = cautions.of_unknown(1, 1000)
    assert said.startswith("log p(x) of 1 of 1,000 samples could not be integrated")


def test_what_was_annealed_is_said() -> None:
    assert cautions.of_annealed(0, 1000) == []
    (said,) = cautions.of_annealed(12, 1000)
    assert said.startswith("log p(x) of 12 of 1,000 samples is found by annealed importance")


def test_annealing_is_told_beside_what_is_loose_alone() -> None:
    def said(effective: float) -> list[str]:
        many = np.full(9, effective)
        found = Evidence(np.zeros(9), np.zeros(9), np.zeros(9), many, None, 500, annealed=3)
        return cautions.of_evidence(found)

    assert said(400.0) == []
    assert said(2.0)[-1].startswith("log p(x) of 3 of 9 samples is found by annealed")


@pytest.mark.parametrize(
    ("way", "unknown", "heard"),
    [
        (SAMPLED, 0, ["log p(x) is loose", "log p(x) may be loose"]),
        ("quadrature", 2, ["log p(x) of 2 of 9", "log p(x) is loose", "log p(x) may be loose"]),
        ("quadrature", 0, []),
    ],
)
def test_what_is_exact_has_no_caution_however_few_draws_count(
    way: str, unknown: int, heard: list[str]
) -> None:
    few, uneven = np.ones(9), np.full(9, 0.9)
    found = Evidence(
        np.zeros(9), np.zeros(9), np.zeros(9), few, None, 500, way=way, unknown=unknown,
        pareto_k=uneven,
    )  # fmt: skip
    said = cautions.of_evidence(found)
    assert [one.startswith(start) for one, start in zip(said, heard, strict=True)] == [True] * len(
        heard
    )
