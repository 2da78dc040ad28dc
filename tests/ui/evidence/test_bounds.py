"""What is known of log p(x), as rows and in words."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from explorer.compute.measuring.bracket import Bracketed
from explorer.compute.measuring.evidence import Measured
from explorer.ui.evidence.bounds import bounds, in_words
from explorer.ui.widgets.charts.evidence.bounds_chart import BOUND, TRUTH, UPPER

ELBO = np.array([-14.0, -10.0])
GAPS = {"amortisation_gap": 0.5, "amortisation_gap_error": 0.125}
ABOVE = Bracketed(-11.0, -10.75, 0.25, 0.3, 100, 500)


def measured(**given: Any) -> Measured:
    """Two samples, of which L_500 is 3 and 1 above the ELBO."""
    found: dict[str, Any] = {
        "index": np.arange(2), "elbo": ELBO, "log_likelihood": ELBO + np.array([3.0, 1.0]),
        "reconstruction": -ELBO, "kl": np.zeros(2), "effective": np.ones(2), "kl_per_dim": None,
        "active": np.ones(2, bool), "draws": 500, "part": "test", "likelihood": "Gaussian",
        "binarisation": "none", "gaps": GAPS, "importance": ELBO + np.array([3.0, 1.0]),
        "tenth": ELBO + np.array([1.5, 1.5]),
    }  # fmt: skip
    return Measured(**{**found, **given})


def test_each_is_so_far_above_the_elbo_of_the_same_samples() -> None:
    rows = bounds(measured(), None)
    assert [(row.name, row.at, row.said) for row in rows] == [
        ("ELBO", 0.0, "\u221212.00 \u00b1 2.00"),
        ("refined ELBO", 0.5, "\u221211.50"),
        ("L of 50 draws", 1.5, "\u221210.50"),
        ("L of 500 draws", 2.0, "\u221210.00"),
    ]
    assert [row.error for row in rows] == [0.0, 0.125, 0.0, pytest.approx(1.0)]
    assert {row.role for row in rows} == {BOUND} and all(row.tip for row in rows)


def test_the_upper_bound_is_the_gap_above_what_was_measured() -> None:
    row = bounds(measured(), ABOVE)[-1]
    assert (row.name, row.at, row.role, row.said) == ("upper bound", 2.25, UPPER, "\u22129.75")
    assert row.error == pytest.approx(math.hypot(1.0, 0.3))
    noise = Bracketed(-11.0, -11.5, -0.5, 0.3, 100, 500)
    assert bounds(measured(), noise)[-1].at == 2.0


def test_what_is_exact_needs_no_bound() -> None:
    seen = measured(way="quadrature", log_likelihood=ELBO + np.array([4.0, 2.0]))
    row = bounds(seen, ABOVE)[-1]
    assert (row.name, row.at, row.role) == ("log p(x), exact", 3.0, TRUTH)
    assert "quadrature" in row.tip and "exact" in in_words(seen, ABOVE)
    assert [r.name for r in bounds(seen, None)][-2] == "L of 500 draws"


def test_what_is_not_known_has_no_row() -> None:
    few = measured(draws=50, gaps={}, tenth=None)
    assert [row.name for row in bounds(few, None)] == ["ELBO", "L of 50 draws"]
    book = measured(draws=None, importance=None, tenth=None, log_likelihood=None, gaps={})
    assert [row.name for row in bounds(book, ABOVE)] == ["ELBO"]
    assert in_words(book, ABOVE) == ""
    odd = measured(gaps={"amortisation_gap": 0.5})
    assert bounds(odd, None)[1].error == 0.0


def test_in_words_it_says_of_what_samples_it_is_and_what_follows() -> None:
    assert "Press Upper bound" in in_words(measured(), None)
    assert in_words(measured(), ABOVE) == (
        "Of 100 samples that the model drew itself, log p(x) is \u221211.000 to \u221210.750 nats"
        " in the mean: a gap of 0.250 \u00b1 0.300. If held-out samples are missed by no more,"
        " theirs is between \u221210.00 and \u22129.75."
    )
