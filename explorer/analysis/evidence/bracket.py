"""How far log p(x) is known at all: a lower and an upper bound on samples of the model itself.

Bidirectional Monte Carlo (Grosse, Ghahramani & Adams 2015): of a sample that was drawn from the
model its z is known, and it is one exact draw of p(z|x). In the place of one of the K draws of the
proposals it turns L_K, a lower bound in expectation, into an upper one (Brekelmans et al. 2022). A
mode that the proposals miss is then in the upper bound and not in the lower, and the gap tells.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explorer.analysis.errors import means
from explorer.analysis.evidence.mesh import PASS_VALUES
from explorer.analysis.evidence.modes import Bank, bank_of, joint, modes_of
from explorer.analysis.evidence.proposals import Proposal, pattern, shares_of
from explorer.analysis.passes import parts_of
from explorer.data.dataset import Dataset
from explorer.models.autoencoder import Autoencoder
from explorer.models.encoding import device_of
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]

SIMULATED = 100  # samples of the model
TOGETHER = 16


@dataclass(frozen=True, eq=False)
class Bracket:
    """lower, upper: (n,) bounds in expectation of log p(x), nats, of n samples of the model."""

    lower: Doubles
    upper: Doubles

    @property
    def gap(self) -> float:
        """The mean of upper - lower."""
        return float((self.upper - self.lower).mean())

    @property
    def gap_error(self) -> float:
        """Its standard error over samples."""
        return means.with_error(self.upper - self.lower)[1]


@torch.no_grad()
def bracketed(
    model: Autoencoder,
    dataset: Dataset,
    draws: int,
    task: Task = NO_TASK,
    *,
    n: int = SIMULATED,
    seed: int = 0,
) -> Bracket:
    """Bounds of n samples drawn from the model, from ``draws`` codes each.

    dataset: what the bank of starts has its codes of.
    """
    bank = bank_of(model, dataset, seed)
    found = []
    for part in parts_of(np.arange(n), task, "a bracket on samples of the model", TOGETHER):
        generator = torch.Generator(device_of(model)).manual_seed(seed + part.start)
        z = model.prior.sample(part.stop - part.start, generator)
        x = model.likelihood.sample(model.raw(z), generator)
        found.append(_bounds(model, x, z, draws, bank, generator, task))
    lower, upper = torch.cat(found, 1).numpy()
    return Bracket(lower, upper)


def _bounds(
    model: Autoencoder,
    x: Tensor,
    z: Tensor,
    draws: int,
    bank: Bank,
    generator: torch.Generator,
    task: Task,
) -> Tensor:
    """Both bounds of x (B, C, H, W), whose codes are z (B, d): (2, B).

    z takes the place of a draw from part c with the probability that the mixture drew z from c:
    then all draws have the density Z prod q / p(x), Z the mean weight, and E[log Z] >= log p(x).
    """
    posterior, parts = model.encode(x), pattern(draws)
    found = modes_of(model, x, posterior, bank, task)
    source = Proposal.at(found, posterior, model.prior, shares_of(parts))
    log_weight = []
    for some in torch.split(parts, max(1, PASS_VALUES // x.numel())):
        task.check()
        drawn, log_q = source.sample(some, generator)
        log_weight.append((joint(model, drawn, x) - log_q).cpu().double())
    weights = torch.cat(log_weight)  # (K, B)
    by_part = source.by_part(z[None])[:, 0]  # (5, B)
    own = (joint(model, z[None], x)[0] - by_part.logsumexp(0)).cpu().double()
    part = torch.multinomial(by_part.softmax(0).T, 1, generator=generator)[:, 0].cpu()
    replaced = weights.clone()
    replaced[(parts[:, None] == part).int().argmax(0), torch.arange(len(x))] = own
    return torch.stack([weights, replaced]).logsumexp(1) - math.log(draws)
