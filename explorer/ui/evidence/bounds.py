"""What is known of log p(x): rows for a chart, and words."""

from __future__ import annotations

import math

from explorer.compute.measuring.bracket import Bracketed
from explorer.compute.measuring.evidence import Measured
from explorer.ui.widgets.charts.evidence.bounds_chart import BOUND, TRUTH, UPPER, Bound
from explorer.ui.widgets.charts.figure_grid import signed

TIPS = {
    "elbo": "E_q[log p(x|z)] \u2212 KL(q(z|x) \u2016 p(z)): what was trained. A lower bound.",
    "refined": "The ELBO with the best Gaussian of each sample in the place of the encoder's"
    " (Cremer et al. 2018). A lower bound.",
    "tenth": "A tenth of the draws. How far it is from L_K says how much more draws would give.",
    "importance": "From K draws of each sample. A lower bound in the mean, that rises with K.",
    "exact": "Not an estimate.",
    "upper": "L_K and the gap that was seen on samples of the model, whose z is known (Grosse et"
    " al. 2015).\nA bound in the mean, if held-out samples are missed by no more than those.",
}


def bounds(seen: Measured, bracket: Bracketed | None) -> list[Bound]:
    """From the loosest: what each is above the ELBO, on the same samples."""
    elbo = seen.mean("elbo")
    assert elbo is not None
    rows = [Bound("ELBO", 0.0, 0.0, signed(*elbo), TIPS["elbo"])]
    gap = seen.gaps.get("amortisation_gap")
    if gap is not None:
        off = seen.gaps.get("amortisation_gap_error") or 0.0
        rows.append(_above("refined ELBO", (gap, off), elbo[0], TIPS["refined"]))
    if seen.draws is not None:
        rows += _drawn(seen, elbo[0], seen.draws)
    if seen.way and seen.gap is not None:
        tip = f"{TIPS['exact']} By {seen.way}."
        rows.append(_above("log p(x), exact", seen.gap, elbo[0], tip, TRUTH))
    elif bracket is not None and seen.gap is not None:
        gap, off = seen.gap
        found = gap + bracket.missed, math.hypot(off, bracket.gap_error)
        rows.append(_above("upper bound", found, elbo[0], TIPS["upper"], UPPER))
    return rows


def _drawn(seen: Measured, elbo: float, draws: int) -> list[Bound]:
    """L_{K/10} and L_K, as far as they are known."""
    counts = {"tenth": draws // 100 * 10, "importance": draws}
    rows = []
    for name, count in counts.items():
        above = seen.above(name)
        if above is not None:
            rows.append(_above(f"L of {count:,} draws", above, elbo, TIPS[name]))
    return rows


def _above(
    name: str, above: tuple[float, float], elbo: float, tip: str, role: str = BOUND
) -> Bound:
    return Bound(name, *above, signed(elbo + above[0]), tip, role)


def in_words(seen: Measured, bracket: Bracketed | None) -> str:
    """How far log p(x) is known, in a sentence or two."""
    if seen.log_likelihood is None:
        return ""
    if seen.way:
        return "log p(x) is exact here: what each bound misses of it is seen, and none is needed."
    if bracket is None:
        return "log p(x) is not below the highest of these. Press Upper bound to see how far up."
    mean = seen.mean("log_likelihood")
    assert mean is not None
    low, high = signed(bracket.lower, digits=3), signed(bracket.upper, digits=3)
    gap = signed(bracket.gap, bracket.gap_error, 3)
    return (
        f"Of {bracket.n:,} samples that the model drew itself, log p(x) is {low} to {high} nats in"
        f" the mean: a gap of {gap}. If held-out samples are missed by no more, theirs is between"
        f" {signed(mean[0])} and {signed(mean[0] + bracket.missed)}."
    )
