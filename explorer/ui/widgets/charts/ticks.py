"""Round places for the marks of an axis: whole multiples of 1, 2 or 5 times a power of ten."""

from __future__ import annotations

import math


def round_step(low: float, high: float, most: int) -> float:
    """The least of 1, 2, 5 times a power of ten that divides low..high into at most ``most``."""
    least = (high - low) / max(most, 1)
    power = 10.0 ** math.floor(math.log10(least))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= least * (1 - 1e-9))


def round_ticks(low: float, high: float, most: int = 5) -> list[tuple[float, str]]:
    """(value, its text) of all round values within low..high; none where there is no width."""
    if not (math.isfinite(low) and math.isfinite(high) and high > low):
        return []
    step = round_step(low, high, most)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [(i * step, _text(i * step, digits)) for i in range(first, last + 1)]


def _text(value: float, digits: int) -> str:
    return f"{value:,.{digits}f}".replace("-", "\u2212")
