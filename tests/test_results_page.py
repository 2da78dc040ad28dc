"""benchmarks/results.md: its numbers are those of benchmarks/results.jsonl, and its claims hold.

A difference counts where it is more than two of its errors, for every seed that there is.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from benchmarks import results
from benchmarks.family.curve import svg
from benchmarks.family.jobs import BURDA, PLAN
from benchmarks.family.missing import SETTING, not_measured
from benchmarks.family.telling import (
    FIELD,
    NOT_MEASURED,
    OLD_TABLE,
    filled,
    old_against_new,
    with_before,
)
from tests.test_results import row

HEAD = results.TOLD.read_text()


def test_the_page_is_made_of_the_lines() -> None:
    """Nobody writes into it by hand: ``python -m benchmarks.results --table-only``."""
    assert results.PAGE.read_text() == results.written()
    assert results.CURVE.read_text() == svg(list(results.kept().values()))
    assert f"]({results.CURVE.name})" in HEAD


def test_a_field_is_a_mean_with_its_error_and_the_deviation_over_seeds() -> None:
    rows = [row(), row(seed=1)]
    told = filled("It is {digits 2|vae|log_likelihood|2±}.", rows)
    assert told == "It is 1.50 \u00b1 0.25 (0.71)."
    assert filled("{digits 2|vae|log_likelihood|+1}", rows) == "+1.5"


def test_a_field_may_name_passes_and_be_of_two_models() -> None:
    rows = [row(epochs=20), row(epochs=80, log_likelihood=3.5)]
    assert filled("{digits 2|vae @80|log_likelihood|1}", rows) == "3.5"
    assert filled("{digits 2|vae @80 less vae @20|log_likelihood|+2}", rows) == "+2.50"
    assert filled("{digits 2|vae @20 less vae @20|log_likelihood|+1}", rows) == "+0.0"


@pytest.mark.parametrize("field", ["digits 3|vae|mse", "digits 2|ae|mse", "digits 2|vae|mse"])
def test_a_field_that_no_line_answers_is_refused(field: str) -> None:
    for spec in ("1", "1±"):
        with pytest.raises(KeyError):
            filled("{" + field + "|" + spec + "}", [row()])


def test_the_old_figure_stands_beside_the_new_one_of_the_same_seeds() -> None:
    ahead = {"difference_log_likelihood": 2.0, "difference_log_likelihood_standard_error": 0.125}
    rows = [row(), row("iwae (K = 5)", log_likelihood=3.0, **ahead), row("ae", log_likelihood=None)]
    old = [{**one, "before": value} for one, value in zip(rows, (0.5, 4.0, 9.0), strict=True)]
    known = with_before([*rows, row(seed=7)], old)
    assert list(old_against_new(known))[2:] == [
        "| digits, 2 | vae | 1 | 0.50 | 1.00 |  |  |",
        "| digits, 2 | iwae (K = 5) | 1 | 4.00 | 3.00 | +3.50 | +2.00 \u00b1 0.12 |",
    ]
    assert filled("{old against new}", known).count("\n") == 3


ELSEWHERE = {  # numbers of the head that are no measurement of this table
    "0.002", "0.02", "0.2", "0.01",  # settings, and the threshold of active dimensions
    "153.77", "147.70", "6.08",  # a web page's benchmark
    "86.76", "85.54", "84.78",  # Burda et al. 2015
    "171.3", "174.9",  # runs of the published row that were not kept
    "2.5", "0.4", "1.4", "0.9",  # held by `test_the_models_are_those_of_before`
}  # fmt: skip


def test_every_other_number_of_the_head_is_a_field() -> None:
    """Whole numbers count things; one with a point is measured, a setting or somebody else's."""
    rest = FIELD.sub("", HEAD)
    assert set(re.findall(r"\d*\.\d+", rest)) <= ELSEWHERE
    assert "{" not in rest.replace(OLD_TABLE, "").replace(NOT_MEASURED, "")


ROWS = with_before(list(results.kept().values()), results.lines_of(results.BEFORE))
Place = tuple[str, int]
DIGITS, DIGITS_16, FASHION, MNIST = ("digits", 2), ("digits", 16), ("fashion", 2), ("mnist10k", 2)


def runs(place: Place, model: str) -> list[dict[str, Any]]:
    """All seeds."""
    found = [r for r in ROWS if (r["data"], r["latent_dim"]) == place and r["row"] == model]
    assert found, (place, model)
    return found


def is_ahead(place: Place, model: str, key: str = "log_likelihood") -> bool:
    """Of the vae, in every seed, by more than two errors; in bits that is worse."""
    far = [(r[f"difference_{key}"], r[f"difference_{key}_standard_error"])
           for r in runs(place, model)]  # fmt: skip
    return all(away > 2 * error for away, error in far)


def is_behind(place: Place, model: str, key: str = "log_likelihood") -> bool:
    """The same the other way; in bits that is better."""
    far = [(r[f"difference_{key}"], r[f"difference_{key}_standard_error"])
           for r in runs(place, model)]  # fmt: skip
    return all(away < -2 * error for away, error in far)


def value(place: Place, model: str, key: str) -> float:
    """The mean over seeds."""
    return statistics.fmean(one[key] for one in runs(place, model))


def models(place: Place, *but: str) -> list[str]:
    """All that have a line there, but those."""
    some = {r["row"] for r in ROWS if (r["data"], r["latent_dim"]) == place}
    return sorted(name for name in some - {*but} if "Burda" not in name and "5,000" not in name)


def dense(place: Place, *but: str) -> list[str]:
    """Those that have a log p(x)."""
    return [m for m in models(place, *but) if runs(place, m)[0]["log_likelihood"] is not None]


def iwae_leads() -> bool:
    lead = [value(FASHION, FIVE, key) for key in ("difference_log_likelihood", "before_ahead")]
    worst = all(
        value(DIGITS, FIFTY, "mse") > value(DIGITS, model, "mse")
        for model in models(DIGITS, FIFTY, "linear-ae", "linear-vae")
    )
    leads = all(is_ahead(place, FIVE) for place in (DIGITS, FASHION, MNIST))
    lower = all(is_behind(place, FIVE, "elbo") for place in (DIGITS, FASHION, MNIST))
    return leads and lower and worst and is_ahead(DIGITS, FIFTY) and 0.4 < lead[0] / lead[1] < 0.6


FIVE, FIFTY, BETA = "iwae (K = 5)", "iwae (K = 50)", "beta-vae (beta = 4)"
CLAIMS: dict[str, Callable[[], bool]] = {
    "IWAE's lead stands, and is about half as large on `fashion`": iwae_leads,
    "K = 50 is ahead of K = 5 in density, not in bits": lambda: (
        value(DIGITS, FIFTY, "log_likelihood") > value(DIGITS, FIVE, "log_likelihood") + 2.0
        and value(DIGITS, FIFTY, "bits_per_dim") > value(DIGITS, FIVE, "bits_per_dim") - 0.01
    ),
    "In bits beta = 4 and vq-vae are level with the vae, on `digits` with 2 latents": lambda: (
        all(is_behind(DIGITS, m) and not _bits_differ(m) for m in (BETA, "vq-vae"))
        and is_behind(DIGITS, FIVE, "bits_per_dim")
        and is_behind(DIGITS, "flow-vae", "bits_per_dim")
    ),
    "On MNIST no lead over the vae is seen in bits": lambda: all(
        is_ahead(MNIST, m) and not is_behind(MNIST, m, "bits_per_dim") for m in (FIVE, "flow-vae")
    ),
    '"beta = 4 is ahead of the vae on `fashion`" turns round': lambda: (
        value(FASHION, BETA, "before_ahead") > 0
        and is_behind(FASHION, BETA)
        and is_behind(MNIST, BETA)
    ),
    '"A full covariance beats a diagonal one" falls': lambda: (
        [p for p in (DIGITS, DIGITS_16, FASHION, MNIST) if is_ahead(p, "full-cov-vae")] == [MNIST]
        and not is_ahead(FASHION, "gmm-vae")
    ),
    "The flow is ahead of both": lambda: all(
        is_ahead(place, "flow-vae")
        and value(place, "flow-vae", "log_likelihood")
        > value(place, "full-cov-vae", "log_likelihood")
        for place in (DIGITS, DIGITS_16, FASHION, MNIST)
    ),
    "vq-vae was level with the vae": lambda: is_behind(DIGITS, "vq-vae"),
    "A baseline still wins with 16 latents on `digits`": lambda: (
        [m for m in models(DIGITS_16) if _errs_less(m)] == ["ae", "vq-vae"]
        and [m for m in models(DIGITS_16) if _finds_more(m)] == ["denoising-ae", "linear-ae"]
    ),
    "The bounds meet with 16 latents": lambda: (
        max(value(DIGITS_16, m, "bracket_gap") for m in dense(DIGITS_16, "linear-vae"))
        == value(DIGITS_16, FIVE, "bracket_gap")
        < 0.1
    ),
}


def _bits_differ(model: str) -> bool:
    return is_ahead(DIGITS, model, "bits_per_dim") or is_behind(DIGITS, model, "bits_per_dim")


def _errs_less(model: str) -> bool:
    return value(DIGITS_16, model, "mse") < value(DIGITS_16, model, "pca_mse") * 0.9999


def _finds_more(model: str) -> bool:
    return value(DIGITS_16, model, "knn_accuracy") > value(DIGITS_16, model, "pca_knn_accuracy")


def bold() -> list[str]:
    """What the section on claims says in bold at the beginning of a line."""
    return re.findall(
        r"^\* \*\*(.+?)\*\*", HEAD.split("Which claims fall")[1].split("## ")[0], re.MULTILINE
    )


def test_every_claim_is_held() -> None:
    assert bold() == list(CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_is_true_of_the_lines(claim: str) -> None:
    assert CLAIMS[claim]()


def test_the_head_says_of_how_many_seeds_and_passes_it_speaks() -> None:
    assert ("One seed of each so far" in HEAD) == ({one["seed"] for one in ROWS} == {0})
    passes = {one["epochs"] for one in ROWS if BURDA in one["row"]}
    assert ("One point so far" in HEAD) == (len(passes) == 1)


def test_the_models_are_those_of_before() -> None:
    """Same seeds and settings: how far their ELBO is from the old one, as the head says."""
    for one in (r for r in ROWS if r["before_elbo"] is not None):
        usual = {"digits": 0.2, "fashion": 2.5}[one["data"]]
        known = FAR.get((one["data"], one["row"]), usual)
        assert abs(one["elbo"] - one["before_elbo"]) < known, one["key"]


FAR = {  # those that the head names
    ("digits", "linear-vae"): 0.4, ("digits", FIVE): 1.4, ("digits", FIFTY): 1.4,
    ("digits", "vq-vae"): 0.9, ("fashion", "vq-vae"): 21.2,
}  # fmt: skip


def test_what_is_missing_is_said() -> None:
    names = [name for _, _, name in PLAN]
    whole = [row(name, bits_per_dim_n=1) for name in names]
    told = list(not_measured(whole))
    assert told[0] == "* digits, 16: all models" and "* mnist10k, 2: all models" in told
    assert told[-2:] == [
        f"* {SETTING}, {n}: `vae`, `iwae (K = 5)`, `iwae (K = 50)`" for n in (20, 80)
    ]
    some = [{**one, "elbo": 1.0, "bits_per_dim_n": None} for one in whole[3:5]]
    told = list(not_measured([*whole[:3], *some, *whole[6:], row(f"vae, {BURDA}", epochs=80)]))
    assert told[:2] == [
        "* digits, 2: `beta-vae (beta = 4)`",
        "* digits, 2: bits of `linear-vae`, `vae`",
    ]
    assert told[-1].endswith("80: `iwae (K = 5)`, `iwae (K = 50)`")
    sixteen = [row(name, latent_dim=16) for name in names if name != "iwae (K = 50)"]
    assert not any("digits, 16" in item for item in not_measured(sixteen))


def points(text: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r'<circle cx="(.+?)" cy="(.+?)"', text)]


def test_the_curve_has_passes_on_a_logarithmic_scale_and_nats_on_a_straight_one() -> None:
    name = f"vae, {BURDA}"
    nats = {20: -120.0, 40: -110.0, 80: -100.0}
    text = svg([row(name, epochs=n, log_likelihood=v) for n, v in nats.items()])
    (x0, y0), (x1, y1), (x2, y2) = points(text)
    assert x1 - x0 == pytest.approx(x2 - x1, abs=0.2) and x1 > x0
    assert y0 - y1 == pytest.approx(y1 - y2, abs=0.2) and y0 > y1
    scale = dict(re.findall(r'y="([\d.]+)" text-anchor="end" fill="#808080">(-\d+)<', text))
    at = {nats: float(y) - 4 for y, nats in scale.items()}
    assert (at["-120"], at["-100"]) == pytest.approx((y0, y2), abs=0.2)
    assert [f">{count}<" in text for count in (20, 40, 80, 160)] == [True] * 3 + [False]
    assert text.count("stroke-dasharray") == 1 and ">vae<" in text
    ET.fromstring(text)


def test_a_bar_goes_from_the_lower_bound_to_the_upper() -> None:
    one = row(f"vae, {BURDA}", epochs=20, log_likelihood=-120.0)
    bars = [
        re.findall(r"M[\d.]+ ([\d.]+)V([\d.]+)", svg([{**one, "log_likelihood_upper": upper}]))[0]
        for upper in (None, -110.0)
    ]
    assert bars[0][0] == bars[0][1] and float(bars[1][0]) > float(bars[1][1])
    assert bars[0][0] == bars[1][0]
