"""Two models on the same samples, as rows of a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer.ui.widgets.charts.difference_table import Differing
from explorer.ui.widgets.charts.figure_grid import signed

NUMBERS = (  # key, name, whether more is better, digits, what it is
    ("elbo", "ELBO, nats", True, 2, "The bound that was trained, mean over samples."),
    ("log_likelihood", "log p(x), nats", True, 2, "How probable each finds samples."),
    ("mse", "squared error", False, 4, "Of reconstructions, per feature."),
    ("trustworthiness", "trustworthiness", True, 3,
     "How many neighbours among codes are neighbours among samples; 1 is all."),
    ("knn_accuracy", "accuracy", True, 3, "Of the labels of the 5 nearest codes."),
)  # fmt: skip
AHEAD, BEHIND, ALIKE = "this model", "the other", "no different"
UNLIKE = "not comparable"


def rows_of(found: Mapping[str, Any]) -> list[Differing]:
    """A row for each number that one of them has; found: what `compare --with` says."""
    rows = []
    for key, name, more, digits, tip in NUMBERS:
        ours, theirs = found.get(key), found.get(f"other_{key}")
        if ours is not None or theirs is not None:
            rows.append(_row(found, key, name, more=more, digits=digits, tip=tip))
    return rows


def _row(
    found: Mapping[str, Any], key: str, name: str, *, more: bool, digits: int, tip: str
) -> Differing:
    ours, theirs = (
        signed(found.get(of), found.get(f"{of}_standard_error"), digits) or "\u2013"
        for of in (key, f"other_{key}")
    )
    away, interval = (found.get(f"difference_{key}{end}") for end in ("", "_interval"))
    if away is None:
        return Differing(name, ours, theirs, "\u2013", "", UNLIKE, tip=tip)
    if interval is None:
        return Differing(name, ours, theirs, signed(away, digits=digits), tip=tip)
    low, high = interval
    sure = low > 0.0 or high < 0.0
    ahead = AHEAD if (low > 0.0) == more else BEHIND
    within = f"{signed(low, digits=digits)} to {signed(high, digits=digits)}"
    verdict = ahead if sure else ALIKE
    return Differing(name, ours, theirs, signed(away, digits=digits), within, verdict, sure, tip)
