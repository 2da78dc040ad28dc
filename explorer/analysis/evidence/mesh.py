"""A mesh over a latent space of one or two dimensions: fine where the decoder moves fast.

It is of the model alone, so that all samples share it. A cell is a leaf where what is decoded at
its middle and at its corner are too alike to hide a mode between them (theory, section 5).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from explorer.data.dataset import Floats
from explorer.models.autoencoder import Autoencoder
from explorer.task import NO_TASK, Task

SIDE = 0.5  # of the first cells, in units of z
SHIFT = (0.0618034, 0.0414214)  # of the lattice, so that it is symmetric to no symmetric posterior
ALIKE = 2.5  # nats between the middle of a leaf and its corner, at most
DEEPEST = 16  # halvings
MOST_LEAVES = 2**19  # a decoder that would need more is not integrated
PASS_VALUES = 201_000  # decoded numbers in one pass, so that it stays in a core's cache
BEYOND = 3.0  # units of z around all codes and draws of the prior


@dataclass(frozen=True, eq=False)
class Mesh:
    """Leaves by how often their sides were halved: {level: (m, d) int64}, in whole sides.

    radius: no cell lies farther from 0. d: 1 or 2.
    """

    leaves: dict[int, Tensor]
    radius: float
    d: int

    @property
    def steps(self) -> Tensor:
        """From twice a cell's place to those of its 2^d children: (2^d, d)."""
        return steps_of(self.d)

    def __len__(self) -> int:
        return sum(map(len, self.leaves.values()))


def steps_of(d: int) -> Tensor:
    """All vectors of d zeros and ones: (2^d, d) int64."""
    return torch.cartesian_prod(*[torch.arange(2)] * d).reshape(-1, d)


def middles(places: Tensor, level: Tensor | int) -> Tensor:
    """z at the middle of cells: (..., d) int64 and their level, an int or (...), -> (..., d)."""
    side = SIDE * 0.5 ** torch.as_tensor(level, dtype=torch.float64)
    shift = torch.tensor(SHIFT[: places.shape[-1]], dtype=torch.float64)
    return torch.addcmul(shift, places.double() + 0.5, side[..., None] if side.ndim else side)


def pass_of(model: Autoencoder, x: Tensor) -> int:
    """How many z one pass decodes, x (B, C, H, W)."""
    return max(16, PASS_VALUES // x[0].numel())


@torch.inference_mode()
def mesh_of(
    model: Autoencoder,
    x: Tensor,
    task: Task = NO_TASK,
    *,
    reach: float | None = None,
    seed: int = 0,
) -> Mesh | None:
    """The mesh of a model whose samples look like x (B, C, H, W); None where it would be too fine.

    It reaches beyond all draws of the prior and all codes of x. reach: how far from 0 those codes
    lie, where it is known already.
    """
    d = model.prior.latent_dim
    radius = max(_reach(model, x, seed, reach is None), reach or 0.0) + BEYOND
    places, leaves, found = _first(d, radius), dict[int, list[Tensor]](), 0
    for level in range(DEEPEST):
        left = []
        for kids, rough in _halved(model, x, places, level, task):
            leaves.setdefault(level + 1, []).append(kids[~rough].flatten(0, 1))
            left.append(kids[rough].flatten(0, 1))
            found += kids[..., 0].numel()
            if found > MOST_LEAVES:
                return None
        places = torch.cat(left)
        if not len(places):
            break
    whole = {level: torch.cat(parts) for level, parts in leaves.items()}
    return Mesh({level: some for level, some in whole.items() if len(some)}, radius, d)


def _halved(
    model: Autoencoder, x: Tensor, places: Tensor, level: int, task: Task
) -> Iterator[tuple[Tensor, Tensor]]:
    """What `_split` gives for the cells of a level, some at a time."""
    for some in torch.split(places, pass_of(model, x)):
        task.check()
        yield _split(model, some, level, x.device)


def reach_of(mean: Floats) -> float:
    """How far from 0 the farthest of codes (n, d) lies."""
    return float(np.linalg.norm(mean, axis=1).max())


def _reach(model: Autoencoder, x: Tensor, seed: int, coded: bool) -> float:
    """The farthest of many draws of the prior and, if ``coded``, of the codes of x."""
    generator = torch.Generator(x.device).manual_seed(seed)
    draws = model.prior.sample(4096, generator)
    codes = [model.encode(some).mean for some in torch.split(x, 256)] if coded else []
    return float(torch.cat([draws.to(x), *codes]).norm(dim=-1).max())


def _first(d: int, radius: float) -> Tensor:
    """The cells of level 0 inside the radius: (m, d)."""
    most = math.ceil(radius / SIDE)
    places = torch.cartesian_prod(*[torch.arange(-most, most)] * d).reshape(-1, d)
    return places[middles(places, 0).norm(dim=-1) < radius]


def _split(
    model: Autoencoder, places: Tensor, level: int, device: torch.device
) -> tuple[Tensor, Tensor]:
    """The children (m, 2^d, d), and which of the parents' (m,) hide more than `ALIKE` nats.

    A parent's middle is the corner of its children.
    """
    kids = 2 * places[:, None] + steps_of(places.shape[1])
    parent = middles(places, level).float().to(device)
    ours, prior = model.raw(parent), model.prior.log_prob(parent)
    most, bend = torch.zeros(2, len(places), device=device)
    for kid in kids.unbind(1):
        z = middles(kid, level + 1).float().to(device)
        most = torch.maximum(most, _apart(model, ours, model.raw(z)))
        bend = bend + model.prior.log_prob(z) - prior  # a slope adds up to nothing: it hides none
    return kids, (most + bend.abs() / kids.shape[1] > ALIKE).cpu()


def _apart(model: Autoencoder, one: Tensor, other: Tensor) -> Tensor:
    """Nats by which each finds the mean of the other less probable, the mean of both ways: (m,)."""
    likelihood = model.likelihood
    means = likelihood.mean(one), likelihood.mean(other)

    def log_prob(raw: Tensor, x: Tensor) -> Tensor:
        return likelihood.log_prob(raw[None], x)[0]

    there = log_prob(one, means[0]) - log_prob(other, means[0])
    back = log_prob(other, means[1]) - log_prob(one, means[1])
    return 0.5 * (there + back)
