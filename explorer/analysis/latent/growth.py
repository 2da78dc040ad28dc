"""What all codes together tell, as their number grows (docs/theory.md, section 5).

With n codes, log q(z) of a draw z ~ q(z|x_i) is found with q(z|x_i) itself among the n, and without
it. In expectation over the codes, the first makes I(x; z) too low (never above log n) and
KL(q(z) || p(z)) too high, the second the other way round (Poole et al. 2019, sections 2.3 and 2.4):
the truth is between them, and they meet as n grows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.errors import means
from explorer.analysis.passes import parts_of
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]
Index = NDArray[np.int64]
LogDensity = Callable[[Doubles], Doubles]

DENSITY = "density of the codes"  # what it says that it does
RARE = 0.05  # a hole: q(z) below this share of p(z)
HALVINGS = 5  # the curve begins at n / 2^5
FEWEST = 8  # codes that it may begin with


class Mixture(Protocol):
    """n posteriors of d dimensions in equal shares, in no order that means anything."""

    n: int
    d: int

    @property
    def rows(self) -> int:
        """Points whose densities under every posterior are in memory at once."""
        ...

    def each(self, z: Doubles) -> Doubles:
        """log q(z|x_i): (b, d) -> (b, n)."""
        ...

    def sample(self, n: int, rng: np.random.Generator) -> tuple[Doubles, Doubles, Index]:
        """z (n, d), log q(z|x_i) of the i that each came from (n,), and i (n,)."""
        ...


@dataclass(frozen=True)
class Aggregate:
    """Of n codes, nats; each with the standard error that its draws give it.

    kl = mutual_information + kl_to_prior. kl_to_prior_least: where a draw's own code is left out,
    or 0 if that is less. holes: the share of the prior's mass where q(z) is below RARE times p(z).
    """

    n: int
    kl: float
    kl_error: float
    mutual_information: float
    mutual_information_error: float
    kl_to_prior: float
    kl_to_prior_error: float
    kl_to_prior_least: float
    holes: float
    holes_error: float


@dataclass(frozen=True, eq=False)
class Grown:
    """Draws of n codes and what the first m of these say of them, for every m of ``sizes``.

    z: (k, d). own: (k,) the code that each came from. log_own, log_prior: (k,). within, without:
    (len(sizes), k) log q(z) with the own code counted or not. empty: (len(sizes), l) whether a draw
    of the prior lies in a hole. sizes: in order; the last is n.
    """

    sizes: tuple[int, ...]
    z: Doubles
    own: Index
    log_own: Doubles
    log_prior: Doubles
    within: Doubles
    without: Doubles
    empty: NDArray[np.bool_]

    def curve(self) -> list[Aggregate]:
        """One for each size."""
        return [self._of(i) for i in range(len(self.sizes))]

    def _of(self, i: int) -> Aggregate:
        """Only draws of the first codes are draws of their mixture."""
        of = self.own < self.sizes[i]
        own, prior, within = self.log_own[of], self.log_prior[of], self.within[i, of]
        least = float((self.without[i, of] - prior).mean()) if self.sizes[i] > 1 else 0.0
        return Aggregate(
            self.sizes[i],
            *means.with_error(own - prior),
            *means.with_error(own - within),
            *means.with_error(within - prior),
            max(0.0, least),
            *means.with_error(self.empty[i].astype(np.float64)),
        )


def sizes_of(n: int) -> tuple[int, ...]:
    """n and its halves, the fewest first."""
    halves = [n // 2**k for k in range(HALVINGS, 0, -1)]
    return (*(m for m in halves if m >= FEWEST), n)


def grow(
    q: Mixture,
    log_prior: LogDensity,
    prior_draws: Doubles,
    task: Task = NO_TASK,
    *,
    draws: int,
    seed: int = 0,
) -> Grown:
    """The draws and densities that every number here is made of. prior_draws: (l, d)."""
    sizes = sizes_of(q.n)
    z, log_own, own = q.sample(draws, np.random.default_rng(seed))
    without = _densities(q, z, sizes, task, own)
    there = _densities(q, prior_draws, sizes, task)
    m = np.array(sizes)[:, None]
    within = np.logaddexp(without, log_own) - np.log(m)
    empty = there - np.log(m) - log_prior(prior_draws) < math.log(RARE)
    without = without - np.log(np.maximum(m - 1, 1))
    return Grown(sizes, z, own, log_own, log_prior(z), within, without, empty)


def _densities(
    q: Mixture, z: Doubles, sizes: Sequence[int], task: Task, own: Index | None = None
) -> Doubles:
    """log sum_i q(z|x_i) over the first m codes but a draw's own, for each m of ``sizes``."""
    total = np.empty((len(sizes), len(z)))
    for part in parts_of(np.arange(len(z)), task, DENSITY, q.rows):
        each = q.each(z[part])
        if own is not None:
            each[np.arange(len(each)), own[part]] = -np.inf
        pieces = [_log_sum(piece) for piece in np.split(each, sizes[:-1], axis=1)]
        total[:, part] = np.logaddexp.accumulate(np.stack(pieces), axis=0)
    return total


def _log_sum(each: Doubles) -> Doubles:
    """(b, m) -> (b,); of nothing but -inf it is -inf."""
    top = each.max(axis=1, initial=-np.inf)
    top = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        found: Doubles = top + np.log(np.exp(each - top[:, None]).sum(axis=1))
    return found
