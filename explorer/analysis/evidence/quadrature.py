"""log p(x) by integration over z, for one or two latent dimensions: exact, no bound.

The midpoint rule on a lattice errs by 2 exp(-2 pi^2 s^2 / h^2) for a Gaussian of width s: by
nothing once the sides h are shorter than s. So each sample's cells are split, and those without
mass left out, until the lattices of twice the side agree with one another (theory, section 5).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explorer.analysis.evidence.mesh import SIDE, Mesh, middles, pass_of
from explorer.models.autoencoder import Autoencoder
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]

LEFT_OUT = 15.0  # nats below a sample's best cell at which a cell has no mass
UNSEEN = 15.0  # more of them, as long as cells are so coarse that a mode may lie between middles
AGREE = 0.03  # nats between lattices of twice the side; those of the side itself differ less
FEWEST = 2.5  # cells that count, per dimension: with sides of a width there are 3.5
MOST = 2**15  # cells of a sample that are visited before it is given up
RIM = 0.5  # units of z at the edge of the mesh where no mass may be,
NO_MASS = 10.0  # nats below the best cell


@dataclass(frozen=True, eq=False)
class _Cells:
    """Cells of all samples: places (m, d), level, sample (m,), and log p(x, z) in value (m,)."""

    places: Tensor
    level: Tensor
    sample: Tensor
    value: Tensor

    def of(self, kept: Tensor) -> _Cells:
        """Those where ``kept`` (m,) is true."""
        columns = (self.places, self.level, self.sample, self.value)
        return _Cells(*(column[kept] for column in columns))

    def __add__(self, other: _Cells) -> _Cells:
        pairs = (
            (self.places, other.places), (self.level, other.level),
            (self.sample, other.sample), (self.value, other.value),
        )  # fmt: skip
        return _Cells(*(torch.cat(pair) for pair in pairs))


@torch.inference_mode()
def integrate(
    model: Autoencoder, x: Tensor, mesh: Mesh, task: Task = NO_TASK
) -> tuple[Doubles, Doubles]:
    """log p(x) in nats and how far coarser lattices were from it: (B, C, H, W) -> (B,), (B,).

    NaN where the lattices did not agree or the mass is at the edge of the mesh.
    """
    n = len(x)
    found, apart = torch.full((2, n), math.nan, dtype=torch.float64)
    margin = torch.full((n,), LEFT_OUT + UNSEEN, dtype=torch.float64)
    visited = torch.zeros(n, dtype=torch.int64)
    cells = _kept(_looked(model, x, mesh, task), margin)
    while len(cells.value):
        task.check()
        finest = _most(cells.level, cells.sample, n)
        even = _even(cells, finest)
        ending = even & _at_edge(cells, mesh, n)
        cells = _kept(_grown(model, x, cells, ending, margin, visited, task), margin)
        total, spread = _summed(cells, finest, n, mesh.d)
        done = even & (spread < AGREE) & (visited <= MOST)
        found[done], apart[done] = total[done], spread[done]
        margin[even] = LEFT_OUT + 0.25 * (margin[even] - LEFT_OUT)
        cells = cells.of(~(done | (visited > MOST))[cells.sample])
        split = (cells.level < finest[cells.sample]) | even[cells.sample]
        kids = _children(model, x, cells.of(split), mesh, task)
        visited += torch.bincount(kids.sample, minlength=n)
        cells = _kept(cells.of(~split) + kids, margin)
    return found.numpy(), apart.numpy()


def _looked(model: Autoencoder, x: Tensor, mesh: Mesh, task: Task) -> _Cells:
    """Every leaf that may hold mass of a sample: decoded once for all samples."""
    best = torch.full((len(x),), -math.inf, dtype=torch.float64)
    seen = []
    for level, places in mesh.leaves.items():
        for some in torch.split(places, pass_of(model, x)):
            task.check()
            z = middles(some, level).float().to(x.device)
            prior = model.prior.log_prob(z).cpu().double()
            joint = model.likelihood.log_prob_table(model.raw(z), x) + prior[:, None]  # (m, B)
            best = torch.maximum(best, joint.max(0).values)
            cell, sample = torch.nonzero(joint > best - LEFT_OUT - UNSEEN, as_tuple=True)
            levels = torch.full_like(sample, level)
            seen.append(_Cells(some[cell], levels, sample, joint[cell, sample]))
    together = seen[0]
    columns = ([getattr(one, name) for one in seen] for name in vars(together))
    return _Cells(*(torch.cat(column) for column in columns))


def _children(model: Autoencoder, x: Tensor, cells: _Cells, mesh: Mesh, task: Task) -> _Cells:
    """Each cell's 2^d parts, visited."""
    times = len(mesh.steps)
    places = (2 * cells.places[:, None] + mesh.steps).flatten(0, 1)
    level = cells.level.repeat_interleave(times) + 1
    return _visited(model, x, places, level, cells.sample.repeat_interleave(times), task)


def _visited(
    model: Autoencoder, x: Tensor, places: Tensor, level: Tensor, sample: Tensor, task: Task
) -> _Cells:
    """Cells with what log p(x, z) is at their middles."""
    values = [torch.zeros(0, dtype=torch.float64)]
    size = pass_of(model, x)
    for start in range(0, len(places), size):
        task.check()
        part = slice(start, start + size)
        z = middles(places[part], level[part]).float().to(x.device)
        log_px = model.likelihood.log_prob(model.raw(z)[None], x[sample[part].to(x.device)])[0]
        values.append((log_px + model.prior.log_prob(z)).cpu().double())
    return _Cells(places, level, sample, torch.cat(values))


def _grown(
    model: Autoencoder,
    x: Tensor,
    cells: _Cells,
    which: Tensor,
    margin: Tensor,
    visited: Tensor,
    task: Task,
) -> _Cells:
    """With what adjoins those of samples ``which`` (n,), until nothing that does has any mass.

    A mesh ends somewhere, a lattice does not. Adds to ``visited`` (n,) what it visits.
    """
    n, d = len(margin), cells.places.shape[1]
    around = torch.cartesian_prod(*[torch.arange(-1, 2)] * d).reshape(-1, d)
    rim = cells.of(which[cells.sample])
    before = seen = _rows(rim.sample, rim.places)
    while len(rim.value):
        places = (rim.places[:, None] + around).flatten(0, 1)
        rows = _rows(rim.sample.repeat_interleave(len(around)), places)
        new = _without(rows, torch.cat([before, seen]))  # only these two rings are near
        before, seen = seen, new
        sample, level = new[:, 0], _most(rim.level, rim.sample, n)
        rim = _visited(model, x, new[:, 1:], level[sample], sample, task)
        visited += torch.bincount(sample, minlength=n)
        grown = cells + rim
        kept = _over(grown, margin)
        cells, rim = grown.of(kept), rim.of(kept[len(cells.value) :])
        rim = rim.of(visited[rim.sample] <= MOST)
    return cells


def _rows(sample: Tensor, places: Tensor) -> Tensor:
    """Which cell of which sample: (m, 1 + d)."""
    return torch.cat([sample[:, None], places], 1)


def _without(rows: Tensor, others: Tensor) -> Tensor:
    """Each of ``rows`` (m, k) once that is no row of ``others``."""
    both = torch.cat([others, rows]).numpy()
    found, first = np.unique(both, axis=0, return_index=True)
    return torch.from_numpy(found[first >= len(others)])


def _kept(cells: _Cells, margin: Tensor) -> _Cells:
    """Without those that are ``margin`` (n,) nats below the best of their sample."""
    return cells.of(_over(cells, margin))


def _over(cells: _Cells, margin: Tensor) -> Tensor:
    """Which are less than ``margin`` (n,) nats below the best of their sample: (m,)."""
    best = torch.full(margin.shape, -math.inf, dtype=torch.float64)
    best = best.scatter_reduce(0, cells.sample, cells.value, "amax")
    return cells.value > (best - margin)[cells.sample]


def _most(level: Tensor, sample: Tensor, n: int) -> Tensor:
    """The finest level of each sample: (n,)."""
    return torch.zeros(n, dtype=torch.int64).scatter_reduce(0, sample, level, "amax")


def _even(cells: _Cells, finest: Tensor) -> Tensor:
    """Which samples have cells, and all of them of the ``finest`` level: (n,)."""
    none = torch.zeros(finest.shape, dtype=torch.bool)
    rough = cells.sample[cells.level < finest[cells.sample]]
    return none.index_fill(0, cells.sample, True).index_fill(0, rough, False)


def _summed(cells: _Cells, level: Tensor, n: int, d: int) -> tuple[Tensor, Tensor]:
    """log of sum times area, and the farthest of the 2^d lattices of twice the side: (n,), (n,).

    Infinitely far where fewer cells count than a lattice fine enough has: two modes may deceive.
    """
    parity = (cells.places % 2 * 2 ** torch.arange(d)).sum(-1)  # which of these lattices
    top = torch.full((n,), -math.inf, dtype=torch.float64)
    top = top.scatter_reduce(0, cells.sample, cells.value, "amax")
    sums = torch.zeros(2**d, n, dtype=torch.float64)
    weight = (cells.value - top[cells.sample]).exp()
    sums.index_put_((parity, cells.sample), weight, accumulate=True)
    squares = torch.zeros(n, dtype=torch.float64).index_add(0, cells.sample, weight.square())
    area = d * (math.log(SIDE) - level.double() * math.log(2.0))
    total = top + sums.sum(0).log() + area
    spread = (top + (2.0**d * sums).log() + area - total).abs().amax(0)
    few = sums.sum(0).square() < FEWEST**d * squares
    return total, spread.masked_fill(few, math.inf)


def _at_edge(cells: _Cells, mesh: Mesh, n: int) -> Tensor:
    """Whether there is mass of a sample at the edge of the mesh: (n,)."""
    massive = _kept(cells, torch.full((n,), NO_MASS, dtype=torch.float64))
    beyond = middles(massive.places, massive.level).norm(dim=-1) > mesh.radius - RIM
    return torch.zeros(n, dtype=torch.bool).index_fill(0, massive.sample[beyond], True)
