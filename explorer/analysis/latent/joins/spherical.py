"""Arcs around the origin, where the norm of a Gaussian's draws stays what is usual."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.latent.joins import Doubles, Floats, Join, joins
from explorer.task import NO_TASK, Task

ARC_STEPS = 32  # between two nodes


class Spherical(Join):
    """See `slerp`."""

    title, order = "Spherical", 10
    tip = "Around the origin: sin((1-t)\u03c9)/sin \u03c9 a + sin(t\u03c9)/sin \u03c9 b"

    def way(self, nodes: Floats, codes: Floats | None = None, task: Task = NO_TASK) -> Floats:
        """`ARC_STEPS` to each arc."""
        if len(nodes) < 2:
            return nodes
        t = np.linspace(0, 1, ARC_STEPS + 1)[1:]
        arcs = [slerp(a, b, t) for a, b in itertools.pairwise(nodes)]
        return np.concatenate([nodes[:1], *arcs]).astype(np.float32)


def lerp(a: Floats, b: Floats, t: NDArray[np.floating]) -> Doubles:
    """(1 - t) a + t b for a, b: (d,) and t: (k,); returns (k, d)."""
    share = np.asarray(t, np.float64)[:, None]  # (k, 1)
    return (1 - share) * a + share * b


def slerp(a: Floats, b: Floats, t: NDArray[np.floating]) -> Doubles:
    """Along the great circle from a to b: (d,), t: (k,); returns (k, d).

    sin((1-t) w) / sin w * a/|a| + sin(t w) / sin w * b/|b| with w the angle between them (Shoemake
    1985; White 2016, section 2.1), times a norm that goes evenly from |a| to |b|: two vectors of
    one norm keep it. A straight line where the circle is not defined: an end in the origin, or
    opposite ends.
    """
    first, second = np.asarray(a, np.float64), np.asarray(b, np.float64)
    norms = np.linalg.norm(first), np.linalg.norm(second)
    if min(norms) < 1e-9:
        return lerp(a, b, t)
    first, second = first / norms[0], second / norms[1]
    angle = float(np.arccos(np.clip(first @ second, -1, 1)))
    if np.sin(angle) < 1e-4:
        return lerp(a, b, t)
    t = np.asarray(t, np.float64)[:, None]  # (k, 1)
    around = (np.sin((1 - t) * angle) * first + np.sin(t * angle) * second) / np.sin(angle)
    made: Doubles = around * ((1 - t) * norms[0] + t * norms[1])
    return made


joins.register("spherical")(Spherical())
