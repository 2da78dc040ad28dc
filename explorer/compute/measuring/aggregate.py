"""What all codes together tell, as a curve over their number, for a picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Interval = tuple[float, float]


@dataclass(frozen=True)
class Limit:
    """What ever more codes lead to. value: None where only its 95 % interval is known."""

    value: float | None
    interval: Interval


@dataclass(frozen=True)
class Grown:
    """One quantity by the number of codes: (n, value, standard error) each, the fewest first.

    limit: None where none is known.
    """

    points: tuple[tuple[int, float, float], ...]
    limit: Limit | None = None


def grown(values: Mapping[str, Any], name: str) -> Grown:
    """The curve of "kl_to_prior", "mutual_information" or "holes"; no points where there is none.

    values: those of `analysis.evidence.together`.
    """
    curve = values.get("aggregate_curve") or ()
    points = tuple((int(at["n"]), float(at[name]), float(at[f"{name}_error"])) for at in curve)
    interval = values.get(f"{name}_limit_interval")
    if interval is None:
        return Grown(points)
    low, high = map(float, interval)
    return Grown(points, Limit(values.get(f"{name}_limit"), (low, high)))
