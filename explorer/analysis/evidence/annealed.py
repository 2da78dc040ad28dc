"""Annealed importance sampling of log p(x), for samples whose weights collapse (Neal 2001).

Each chain begins with a draw of the mixture of proposals, q, and goes by Hamiltonian moves through
densities q^(1-b) p(x, z)^b, b from 0 to 1 (Wu et al. 2017). The product of what the density rises
by at each change of b is a weight whose mean has no bias: its log is a lower bound in expectation,
and far closer than that of as many plain draws where q misses what p(z|x) looks like.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explorer.analysis.evidence.exact import Asked
from explorer.analysis.evidence.modes import Bank, joint, modes_of
from explorer.analysis.evidence.proposals import INFLATED, Proposal, pattern, shares_of
from explorer.analysis.passes import Index, batch_of, parts_of
from explorer.models.autoencoder import Autoencoder
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]

FEW = 10.0  # effective draws below which a sample is hard
MOST = 500  # hard samples that take the time: the hardest
TOGETHER = 16  # of them
CHAINS, CHANGES = 20, 100  # of each sample; whole patterns of proposals
LEAPS, STEPS = 3, (0.2, 0.8)  # of a move, and how long each is, in widths of the best mode


def of_hard(
    asked: Asked, effective: Doubles, bank: Bank, seed: int = 0, task: Task = NO_TASK
) -> tuple[Index, Doubles]:
    """Which of the samples are hard by their effective draws (n,), and log p(x) of those: (m,)."""
    hardest = np.argsort(effective, kind="stable")[:MOST]
    hard = np.sort(hardest[effective[hardest] < FEW])
    found = [torch.zeros(0, dtype=torch.float64)]
    for part in parts_of(hard, task, "annealing where few draws count", TOGETHER):
        x = batch_of(asked.model, asked.dataset, asked.index[hard[part]])
        found.append(annealed(asked.model, x, bank, seed + part.start, task))
    return hard, torch.cat(found).numpy()


@torch.no_grad()
def annealed(
    model: Autoencoder,
    x: Tensor,
    bank: Bank,
    seed: int = 0,
    task: Task = NO_TASK,
    *,
    chains: int = CHAINS,
    changes: int = CHANGES,
) -> Tensor:
    """log p(x), from below in expectation: (B, C, H, W) -> (B,) nats, float64 on the CPU."""
    generator = torch.Generator(x.device).manual_seed(seed)
    posterior, parts = model.encode(x), pattern(chains)
    modes = modes_of(model, x, posterior, bank, task)
    source = Proposal.at(modes, posterior, model.prior, shares_of(parts))
    moves = _Moves(model, x, source, source.root[0] / INFLATED, generator)
    at = moves.at(source.draw(parts, generator))
    log_weight = torch.zeros(chains, len(x), dtype=torch.float64)
    for change in range(changes):
        task.check()
        before, b = ((step / changes) ** 2 for step in (change, change + 1))
        log_weight += (b - before) * (at.log_p - at.log_q).cpu().double()
        if change + 1 < changes:
            at = moves.moved(at, b)
    return log_weight.logsumexp(0) - math.log(chains)


@dataclass(frozen=True, eq=False)
class _Place:
    """Where chains are: z (C, B, d), log-densities there (C, B), and their slopes (C, B, d)."""

    z: Tensor
    log_p: Tensor
    log_q: Tensor
    slope_p: Tensor
    slope_q: Tensor

    def log_density(self, b: float) -> Tensor:
        """Of q^(1-b) p^b, up to a constant: (C, B)."""
        return (1.0 - b) * self.log_q + b * self.log_p

    def slope(self, b: float) -> Tensor:
        """Its gradient by z: (C, B, d)."""
        return (1.0 - b) * self.slope_q + b * self.slope_p


@dataclass(frozen=True, eq=False)
class _Moves:
    """Hamiltonian moves of samples x (B, C, H, W), in coordinates where ``root`` is 1 wide.

    root: (B, d, d).
    """

    model: Autoencoder
    x: Tensor
    source: Proposal
    root: Tensor
    generator: torch.Generator

    @torch.enable_grad()
    def at(self, z: Tensor) -> _Place:
        """All that is known at z (C, B, d)."""
        z = z.detach().requires_grad_()
        log_p, log_q = joint(self.model, z, self.x), self.source.log_prob(z)
        slopes = [torch.autograd.grad(one.sum(), z)[0] for one in (log_p, log_q)]
        return _Place(z.detach(), log_p.detach(), log_q.detach(), *slopes)

    def moved(self, start: _Place, b: float) -> _Place:
        """A move that leaves q^(1-b) p^b as it is: some leaps, then all of it or nothing."""
        impulse = torch.empty_like(start.z).normal_(generator=self.generator)
        low, high = STEPS  # of each chain's own, so that some fit whatever the width
        step = torch.empty_like(start.z[..., :1]).uniform_(low, high, generator=self.generator)
        place, at = start, impulse + 0.5 * step * self._back(start.slope(b))
        for leap in range(LEAPS):
            place = self.at(place.z + self._forth(step * at))
            half = 0.5 if leap + 1 == LEAPS else 1.0
            at = at + half * step * self._back(place.slope(b))
        energy = 0.5 * (impulse.square() - at.square()).sum(-1)
        gain = place.log_density(b) - start.log_density(b) + energy
        chance = torch.empty_like(gain).uniform_(generator=self.generator).log()
        return _taken(chance < gain, place, start)

    def _forth(self, u: Tensor) -> Tensor:
        """root u: (C, B, d)."""
        return (u.transpose(0, 1) @ self.root.mT).transpose(0, 1)

    def _back(self, slope: Tensor) -> Tensor:
        """root^T times a gradient by z, that by u: (C, B, d)."""
        return (slope.transpose(0, 1) @ self.root).transpose(0, 1)


def _taken(yes: Tensor, new: _Place, old: _Place) -> _Place:
    """``new`` where ``yes`` (C, B), which is nowhere that numbers are none."""
    pairs = zip(vars(new).values(), vars(old).values(), strict=True)
    return _Place(*(torch.where(yes if a.dim() == 2 else yes[..., None], a, b) for a, b in pairs))
