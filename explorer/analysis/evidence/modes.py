"""Where p(z|x) has its modes, and how wide they are: climbs from several starts.

The encoder's mean is one start. The others are the best of a bank of codes and draws of the prior,
decoded once for all samples, so that a mode that the encoder misses is seen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from explorer.analysis.passes import batch_of
from explorer.data.dataset import Dataset
from explorer.models.autoencoder import Autoencoder
from explorer.models.encoding import device_of
from explorer.models.posteriors import Posterior
from explorer.task import NO_TASK, Task

BANKED = 1000  # codes of the training part, and as many draws of the prior
NEAR, STARTS = 24, 3  # best of the bank, and how many of them, far from one another, are starts
APART = 9.0  # squared standard deviations from the best mode at which a place is another mode
STEPS, LR = 50, 0.3  # of Adam, in the encoder's standard deviations
LEAST_PRECISION, MOST_PRECISION = 0.5, 1e12  # of a mode in any direction
STEP = 0.5  # of the encoder's standard deviation: a difference of gradients that kinks do not fool


@dataclass(frozen=True, eq=False)
class Bank:
    """z (M, d) and what the decoder makes of them (M, C', H, W)."""

    z: Tensor
    raw: Tensor


@dataclass(frozen=True, eq=False)
class Modes:
    """The best modes of each sample, most mass first. mean: (S, B, d).

    root: (S, B, d, d) with root root^T the inverse of -d^2 log p(x, z) / dz^2 there.
    """

    mean: Tensor
    root: Tensor


@torch.inference_mode()
def bank_of(model: Autoencoder, dataset: Dataset, seed: int = 0) -> Bank:
    """Codes of some training samples and draws of the prior, decoded."""
    rng, train = np.random.default_rng(seed), dataset.train_index
    some = np.sort(rng.choice(train, min(BANKED, len(train)), replace=False))
    generator = torch.Generator(device_of(model)).manual_seed(seed)
    codes = [
        model.encode(batch_of(model, dataset, some[start : start + 250])).mean
        for start in range(0, len(some), 250)
    ]
    z = torch.cat([*codes, model.prior.sample(BANKED, generator)])
    return Bank(z, torch.cat([model.raw(part) for part in torch.split(z, 250)]))


def joint(model: Autoencoder, z: Tensor, x: Tensor) -> Tensor:
    """log p(x, z): (S, B, d), (B, C, H, W) -> (S, B)."""
    return model.likelihood.log_prob(model.raw(z), x) + model.prior.log_prob(z)


def modes_of(
    model: Autoencoder, x: Tensor, posterior: Posterior, bank: Bank, task: Task = NO_TASK
) -> Modes:
    """The two modes with the most mass, by Laplace's rule, of x (B, C, H, W)."""
    scale = posterior.std.clamp(1e-4, 1.0)
    starts = torch.cat([posterior.mean[None], _nearest(model, x, bank)])
    peaks, height = _climbed(model, x, starts, scale, task)
    root = _roots(model, x, peaks, scale, task)
    mass = height + root.diagonal(dim1=-2, dim2=-1).log().sum(-1)
    mass, rows = mass.nan_to_num(-math.inf), torch.arange(len(x), device=x.device)
    best = mass.argmax(0)
    away = (peaks - peaks[best, rows])[..., None]
    far = torch.linalg.solve_triangular(root[best, rows], away, upper=False).square().sum((-1, -2))
    second = mass.masked_fill(far < APART, -math.inf).argmax(0)
    picked = torch.stack([best, second])
    return Modes(peaks[picked, rows], root[picked, rows])


@torch.no_grad()
def _nearest(model: Autoencoder, x: Tensor, bank: Bank) -> Tensor:
    """Of the `NEAR` codes where log p(x, z) is highest the first, and those farthest apart.

    (STARTS, B, d).
    """
    table = model.likelihood.log_prob_table(bank.raw, x)
    table = table + model.prior.log_prob(bank.z).cpu().double()[:, None]
    near = table.nan_to_num(-math.inf).topk(min(NEAR, len(table)), dim=0).indices
    z, rows = bank.z[near.to(x.device)], torch.arange(len(x), device=x.device)
    chosen = [z[0]]
    for _ in range(STARTS - 1):
        apart = torch.stack([(z - one).square().sum(-1) for one in chosen]).amin(0)
        chosen.append(z[apart.argmax(0), rows])
    return torch.stack(chosen)


def _climbed(
    model: Autoencoder, x: Tensor, start: Tensor, scale: Tensor, task: Task
) -> tuple[Tensor, Tensor]:
    """The best place that each climb has seen, and log p(x, z) there: (S, B, d), (S, B)."""
    by = torch.zeros_like(start).requires_grad_()
    optimiser = torch.optim.Adam([by], lr=LR)
    best, height = start.clone(), torch.full(start.shape[:-1], -math.inf, device=x.device)
    for step in range(STEPS):
        task.check()
        optimiser.param_groups[0]["lr"] = LR * 0.5 * (1.0 + math.cos(math.pi * step / STEPS))
        with torch.enable_grad():
            z = start + by * scale
            value = joint(model, z, x)
            (by.grad,) = torch.autograd.grad(-value.sum(), by)
        higher = value.detach() > height
        height = torch.where(higher, value.detach(), height)
        best = torch.where(higher[..., None], z.detach(), best)
        optimiser.step()
    return best, height


def _roots(model: Autoencoder, x: Tensor, z: Tensor, scale: Tensor, task: Task) -> Tensor:
    """Lower triangular roots of the inverse curvature at z (S, B, d): (S, B, d, d)."""
    columns = []
    for j in range(z.shape[-1]):
        task.check()
        away = torch.zeros_like(scale)
        away[:, j] = STEP * scale[:, j]
        below, above = _slope(model, x, torch.cat([z - away, z + away])).chunk(2)
        columns.append((below - above) / (2.0 * away[:, j : j + 1]))
    bend = torch.stack(columns, -1).cpu().double().nan_to_num()
    values, vectors = torch.linalg.eigh(0.5 * (bend + bend.mT))
    values = values.clamp(LEAST_PRECISION, MOST_PRECISION)
    cov = (vectors / values[..., None, :]) @ vectors.mT
    root: Tensor = torch.linalg.cholesky(0.5 * (cov + cov.mT))
    return root.to(z)


@torch.enable_grad()
def _slope(model: Autoencoder, x: Tensor, z: Tensor) -> Tensor:
    """The gradient of log p(x, z) by z: (S, B, d)."""
    z = z.detach().requires_grad_()
    return torch.autograd.grad(joint(model, z, x).sum(), z)[0]
