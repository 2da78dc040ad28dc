"""What must be said beside a number, so that it is not taken for more than it is. In words.

Nothing heavy is imported: commands that need no arrays ask here, too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from explorer.analysis.evidence.estimate import Evidence

    Doubles = NDArray[np.float64]

FEW = 10  # effective draws below which L_K is far from log p(x): theory, section 5
MANY_SAMPLES = 0.05  # share of samples with so few that their mean is off, too
UNSURE = 0.7  # Pareto k above which a mean of weights is not to be relied on: Vehtari et al. 2024
AT_CEILING = 0.25  # nats from log n: three codes of four are then told apart from all others


def median(effective: Doubles | None) -> float | None:
    """Of the effective draws; one that is not a number counts as none."""
    import numpy as np

    return None if effective is None else float(np.median(np.nan_to_num(effective)))


def share_below(effective: Doubles | None) -> float | None:
    """Share of the samples with fewer than FEW effective draws."""
    import numpy as np

    return None if effective is None else float((np.nan_to_num(effective) < FEW).mean())


def median_k(pareto_k: Doubles | None) -> float | None:
    """Of the Pareto k of samples (n,); weights that are all equal have none, and are left out."""
    import numpy as np

    return None if pareto_k is None else float(np.nanmedian(pareto_k))


def share_unsure(pareto_k: Doubles | None) -> float | None:
    """Share of the samples whose weights have a Pareto k above UNSURE."""
    return None if pareto_k is None else float((pareto_k > UNSURE).mean())


def of_evidence(found: Evidence) -> list[str]:
    """Whether log p(x) is not what it seems: an L_K from too few draws, of all samples or some."""
    if found.exact:
        return []
    said = [*of_unknown(found.unknown, len(found.elbo)), *of_draws(found.effective, found.draws)]
    said += of_tails(found.pareto_k)
    return [*said, *(of_annealed(found.annealed, len(found.elbo)) if said else [])]


def of_annealed(annealed: int, n: int) -> list[str]:
    """That ``annealed`` of n samples have a better estimate than L_K."""
    if not annealed:
        return []
    told = "by annealed importance sampling, as few of their draws count"
    return [f"log p(x) of {annealed:,} of {n:,} samples is found {told}"]


def of_unknown(unknown: int, n: int) -> list[str]:
    """That ``unknown`` of n samples have L_K in the place of an exact log p(x)."""
    if not unknown:
        return []
    return [f"log p(x) of {unknown:,} of {n:,} samples could not be integrated: theirs is L_K"]


def of_tails(pareto_k: Doubles | None) -> list[str]:
    """Whether the weights (n,) that L_K is a mean of are too uneven to be sure of it."""
    share = share_unsure(pareto_k)
    if share is None or share < MANY_SAMPLES:
        return []
    uneven = f"the weights of {share:.0%} of the samples have a Pareto k above {UNSURE}"
    return [f"log p(x) may be loose: {uneven}"]


def of_draws(effective: Doubles | None, draws: int | None) -> list[str]:
    """Whether L_K, from ``draws`` codes of which (n,) ``effective`` count, is loose."""
    middle, share = median(effective), share_below(effective)
    if middle is None or share is None or draws is None:
        return []
    if middle >= FEW and share < MANY_SAMPLES:
        return []
    loose = f"log p(x) is loose: of {draws:,} draws a median of {middle:.3g} count"
    few = f"{share:.0%} of the samples have fewer than {FEW}"
    return [f"{loose}, and {few}; the true value is higher"]


def of_gaps(gap: float | None, gaps: Mapping[str, object], n: int) -> list[str]:
    """Whether L_K and what is said of all codes together can be what they seem.

    gap: L_K - elbo, its mean. gaps: the numbers of `analysis.gaps`. n: the codes q(z) is made of.
    """
    return [*_below_refined(gap, gaps), *_at_ceiling(gaps, n)]


def of_codes(gaps: Mapping[str, object], n: int) -> list[str]:
    """What the numbers of all codes together were estimated from."""
    if gaps.get("holes") is None:
        return []
    what = "Holes, KL(q(z) \u2016 p(z)) and I(x; z) were estimated from"
    part = f" of the {gaps['aggregate_part']} part" if gaps.get("aggregate_part") else ""
    fewer = "more codes give fewer holes, so that theirs is an upper bound"
    return [f"{what} n = {n:,} codes{part}; {fewer}"]


def _below_refined(gap: float | None, gaps: Mapping[str, object]) -> list[str]:
    refined, error = _number(gaps, "amortisation_gap"), _number(gaps, "amortisation_gap_error")
    if gap is None or refined is None or refined - (error or 0.0) <= gap:
        return []
    more = f"the amortisation gap, {refined:.2f}, exceeds the gap of log p(x) and ELBO, {gap:.2f}"
    return [f"log p(x) is too low: {more}; refined posteriors give a higher lower bound"]


def _at_ceiling(gaps: Mapping[str, object], n: int) -> list[str]:
    information = _number(gaps, "mutual_information")
    if information is None or n < 2 or math.log(n) - information > AT_CEILING:
        return []
    ceiling = f"log n = {math.log(n):.2f} for n = {n:,} codes"
    high = "KL(q(z) \u2016 p(z)) and holes are too high"
    return [f"I(x; z) is at its ceiling, {ceiling}: it measures n, and {high}"]


def _number(values: Mapping[str, object], key: str) -> float | None:
    value = values.get(key)
    return float(value) if isinstance(value, (int, float)) and math.isfinite(value) else None


def of_nulls(values: Mapping[str, object], keys: Iterable[str], why: str) -> list[str]:
    """Why those of ``keys`` that ``values`` has no number for have none, a sentence."""
    missing = [key for key in keys if key in values and values[key] is None]
    verb = "is" if len(missing) == 1 else "are"
    return [f"{listed(missing)} {verb} null: {why}"] if missing else []


def of_spreads(values: Mapping[str, object]) -> list[str]:
    """Why means have no standard error, where they have none."""
    end = "_standard_error"
    errors = [key for key in values if key.endswith(end)]
    of_means = [key for key in errors if values.get(key.removesuffix(end)) is not None]
    return of_nulls(values, of_means, "one sample has no spread")


def of_numbers(values: Mapping[str, object]) -> list[str]:
    """What to say of numbers that are none: NaN and infinity, which JSON has no words for."""
    broken = [key for key, value in values.items() if _broken(value)]
    if not broken:
        return []
    verb = "is" if len(broken) == 1 else "are"
    why = "weights or samples are too large to compute with"
    remedy = "train again with a lower learning rate, or use an earlier model"
    return [f"{listed(broken)} {verb} no finite number: {why}; {remedy}"]


def listed(names: Sequence[str]) -> str:
    """Names as a sentence has them: a, b and c."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _broken(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(map(_broken, value.values()))
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return any(map(_broken, value))
    return isinstance(value, float) and not math.isfinite(value)
