"""Who is ahead, in rows: as far as the intervals tell."""

from __future__ import annotations

from typing import Any

import pytest

from explorer.ui.evidence.differences import AHEAD, ALIKE, BEHIND, UNLIKE, rows_of

FOUND: dict[str, Any] = {
    "elbo": -10.0, "elbo_standard_error": 0.5, "other_elbo": -12.0,
    "other_elbo_standard_error": 0.25, "difference_elbo": 2.0,
    "difference_elbo_interval": (1.5, 2.5),
    "mse": 0.05, "other_mse": 0.04, "difference_mse": 0.01,
    "difference_mse_interval": (0.005, 0.015),
    "knn_accuracy": None, "other_knn_accuracy": None,
}  # fmt: skip


def test_each_number_with_its_error_and_the_difference_with_its_interval() -> None:
    elbo, mse = rows_of(FOUND)
    assert (elbo.name, elbo.ours, elbo.theirs) == (
        "ELBO, nats", "\u221210.00 \u00b1 0.50", "\u221212.00 \u00b1 0.25"
    )  # fmt: skip
    assert (elbo.difference, elbo.within, elbo.verdict) == ("2.00", "1.50 to 2.50", AHEAD)
    assert elbo.sure and elbo.tip
    assert (mse.ours, mse.difference, mse.within) == ("0.0500", "0.0100", "0.0050 to 0.0150")
    assert mse.verdict == BEHIND, "of errors less is better"


@pytest.mark.parametrize(
    ("interval", "verdict"),
    [((-2.5, -1.5), BEHIND), ((-0.5, 1.0), ALIKE), ((0.0, 1.0), ALIKE), ((-1.0, 0.0), ALIKE)],
)
def test_only_an_interval_without_0_is_sure(interval: tuple[float, float], verdict: str) -> None:
    row = rows_of({**FOUND, "difference_elbo_interval": interval})[0]
    assert (row.verdict, row.sure) == (verdict, verdict == BEHIND)


def test_less_error_is_ahead() -> None:
    less = {**FOUND, "difference_mse": -0.01, "difference_mse_interval": (-0.015, -0.005)}
    assert rows_of(less)[1].verdict == AHEAD


def test_what_is_not_comparable_says_so() -> None:
    unlike = {**FOUND, "difference_elbo": None, "difference_elbo_interval": None}
    row = rows_of(unlike)[0]
    assert (row.difference, row.within, row.verdict, row.sure) == ("\u2013", "", UNLIKE, False)
    half = rows_of({**unlike, "other_elbo": None})[0]
    assert half.theirs == "\u2013" and half.ours.startswith("\u221210.00")


def test_one_sample_has_no_interval() -> None:
    row = rows_of({**FOUND, "difference_elbo_interval": None})[0]
    assert (row.difference, row.within, row.verdict) == ("2.00", "", "")
