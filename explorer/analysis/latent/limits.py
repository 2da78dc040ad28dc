"""KL(q(z) || p(z)) and I(x; z) of all samples there could be, from n codes (theory, section 5)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.errors import Z, means
from explorer.analysis.latent import neighbours
from explorer.analysis.latent.growth import Grown

Doubles = NDArray[np.float64]

NEAR = 2  # dimensions: with 3 and 4 the intervals of neighbours had the truth in 67 to 91 of 100
WIDE = 0.5  # nats: of bounds further from their middle no value is made


@dataclass(frozen=True)
class Limit:
    """At n = infinity, nats. low, high: 95 % intervals. No value where only these are known.

    way: "bounds" (a draw's own code counted, and left out) or "neighbours" (of draws).
    """

    way: str
    kl_to_prior: float | None
    kl_to_prior_interval: tuple[float, float]
    mutual_information: float | None
    mutual_information_interval: tuple[float, float]


def limit(grown: Grown, prior_draws: Doubles) -> Limit:
    """The narrower of what the two ways say. prior_draws: (l, d), as many as there are."""
    bounds = _bounds(grown)
    first = np.unique(grown.own, return_index=True)[1]  # a draw of each code: draws of q(z)
    z = grown.z[first]
    if z.shape[1] > NEAR or len(z) < neighbours.LEAST:
        return bounds
    near = _near(grown, *neighbours.with_error(z, prior_draws))
    meets = near.kl_to_prior_interval[0] <= bounds.kl_to_prior_interval[1]
    meets &= bounds.kl_to_prior_interval[0] <= near.kl_to_prior_interval[1]
    narrower = _width(near.kl_to_prior_interval) < _width(bounds.kl_to_prior_interval)
    return near if meets and narrower else bounds


def _bounds(grown: Grown) -> Limit:
    """From the upper bound's upper end to the lower bound's lower end."""
    prior, within, without = grown.log_prior, grown.within[-1], grown.without[-1]
    high, more = _over_codes(grown, within - prior)
    low, less = _over_codes(grown, without - prior)
    kl = max(0.0, low - Z * less), max(0.0, high + Z * more)
    least, under = _over_codes(grown, grown.log_own - within)
    most, over = _over_codes(grown, grown.log_own - without)
    whole, error = _over_codes(grown, grown.log_own - prior)
    top = min(most + Z * over, whole + Z * error)  # KL(q(z) || p(z)) is not negative
    information = max(0.0, least - Z * under), max(0.0, top)
    return Limit("bounds", _middle(kl), kl, _middle(information), information)


def _near(grown: Grown, kl: float, half: float) -> Limit:
    whole, error = _over_codes(grown, grown.log_own - grown.log_prior)
    both = math.hypot(half, Z * error)
    kl_interval = max(0.0, kl - half), max(0.0, kl + half)
    information = max(0.0, whole - kl - both), max(0.0, whole - kl + both)
    return Limit("neighbours", max(0.0, kl), kl_interval, max(0.0, whole - kl), information)


def _over_codes(grown: Grown, values: Doubles) -> tuple[float, float]:
    """The mean, and its standard error as if the codes were drawn anew, too."""
    counts = np.bincount(grown.own)
    each = np.bincount(grown.own, values)[counts > 0] / counts[counts > 0]
    return float(values.mean()), means.with_error(each)[1]


def _middle(interval: tuple[float, float]) -> float | None:
    return None if _width(interval) > 2.0 * WIDE else sum(interval) / 2.0


def _width(interval: tuple[float, float]) -> float:
    return interval[1] - interval[0]
