"""What is lost because one encoder serves all samples: each sample's own best Gaussian.

Cremer, Li & Duvenaud 2018: the inference gap log p(x) - elbo is the amortisation gap (the encoder's
q against the best q of its family) plus the approximation gap (that best q against p(z|x)).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explorer.analysis.errors import means
from explorer.analysis.passes import Index, batch_of, parts_of
from explorer.data.dataset import Dataset, Floats
from explorer.models.autoencoder import Autoencoder
from explorer.models.posteriors import Posterior
from explorer.models.posteriors.diagonal import DiagonalGaussian
from explorer.models.priors.standard import StandardNormal
from explorer.task import NO_TASK, Task

Doubles = NDArray[np.float64]

SAMPLES = 64  # refined together
DRAWS = 8  # codes a sample and step
JUDGES = 256  # codes a sample that both posteriors are judged by
LR = 0.1  # Adam's first step, in standard deviations of the encoder's posterior


@dataclass(frozen=True, eq=False)
class Refined:
    """m samples before and after refining, nats: ``after >= before`` for each of them.

    before, after: (m,) ELBO by the same noise. mean, std: (m, d) of the refined posterior.
    """

    before: Doubles
    after: Doubles
    mean: Floats
    std: Floats

    @property
    def gap(self) -> Doubles:
        """The amortisation gap: (m,)."""
        return self.after - self.before

    @property
    def gap_error(self) -> float:
        """Standard error of the mean gap."""
        return means.with_error(self.gap)[1]


def refine(
    model: Autoencoder,
    dataset: Dataset,
    index: Index,
    steps: int = 100,
    task: Task = NO_TASK,
    *,
    seed: int = 0,
) -> Refined | None:
    """The best Gaussian of each sample at ``index``, from the encoder's by ``steps`` of Adam.

    Within the encoder's own family, diagonal or full covariance; None for other posteriors. A
    sample keeps the encoder's posterior where the refined one is not better.
    """
    found: list[tuple[Tensor, Tensor, Tensor, Tensor]] = []
    for part in parts_of(index, task, "refining posteriors", SAMPLES):
        x = batch_of(model, dataset, index[part])
        generator = torch.Generator(x.device).manual_seed(seed + part.start)
        with torch.no_grad():
            start = _Local.of(model.encode(x))
        if start is None:
            return None
        best = _climbed(model, x, start, steps, generator, task)
        found.append(_better(model, x, start, best, generator))
    before, after, mean, std = (torch.cat(column).cpu() for column in zip(*found, strict=True))
    return Refined(before.double().numpy(), after.double().numpy(), mean.numpy(), std.numpy())


@dataclass(frozen=True, eq=False)
class _Local:
    """A Gaussian a sample, N(mean, L L^T) with L = diag(exp(log_scale)) (1 + lean).

    mean, log_scale: (B, d). lean: (B, d, d) strictly lower triangular, None for a diagonal.
    """

    mean: Tensor
    log_scale: Tensor
    lean: Tensor | None

    @classmethod
    def of(cls, posterior: Posterior) -> _Local | None:
        """The same Gaussian as the encoder's, None where it is none."""
        if posterior.scale_tril is not None:
            scale = posterior.scale_tril.diagonal(dim1=-2, dim2=-1)  # (B, d)
            return cls(
                posterior.mean, scale.log(), (posterior.scale_tril / scale[..., None]).tril(-1)
            )
        if isinstance(posterior, DiagonalGaussian):
            return cls(posterior.mean, 0.5 * posterior.logvar, None)
        return None

    def moved(self, by: list[Tensor]) -> _Local:
        """Moved by a mean in standard deviations, a log scale, and a lean."""
        lean = None if self.lean is None else self.lean + by[2].tril(-1)
        mean = self.mean + by[0] * self.log_scale.exp()
        return _Local(mean, self.log_scale + by[1], lean)

    def rows(self) -> Tensor:
        """L: (B, d, d)."""
        upright = torch.eye(self.mean.shape[1], device=self.mean.device, dtype=self.mean.dtype)
        leaning = upright if self.lean is None else upright + self.lean
        return self.log_scale.exp()[..., None] * leaning

    def elbo(self, model: Autoencoder, x: Tensor, eps: Tensor) -> Tensor:
        """(B,), from eps (L, B, d); the entropy in closed form, and against N(0, I) the KL too."""
        z = self.mean + (self.rows() * eps[..., None, :]).sum(-1)  # (L, B, d)
        log_px = model.likelihood.log_prob(model.raw(z), x).mean(0)
        d = self.mean.shape[1]
        if isinstance(model.prior, StandardNormal):
            squares = self.rows().square().sum((-1, -2)) + self.mean.square().sum(-1)
            return log_px - 0.5 * (squares - d) + self.log_scale.sum(-1)
        entropy = 0.5 * d * (1.0 + math.log(2.0 * math.pi)) + self.log_scale.sum(-1)
        return log_px + model.prior.log_prob(z).mean(0) + entropy

    @property
    def std(self) -> Tensor:
        """(B, d)."""
        return self.rows().square().sum(-1).sqrt()


def _noise(like: Tensor, draws: int, generator: torch.Generator) -> Tensor:
    """eps and -eps, draws in all: (L, B, d)."""
    half = like.new_empty(draws // 2, *like.shape).normal_(generator=generator)
    return torch.cat([half, -half])


def _climbed(
    model: Autoencoder, x: Tensor, start: _Local, steps: int, generator: torch.Generator, task: Task
) -> _Local:
    """Stochastic gradient ascent on each sample's ELBO, in steps that shrink to 0."""
    b, d = start.mean.shape
    by = [torch.zeros_like(start.mean), torch.zeros_like(start.mean), start.mean.new_zeros(b, d, d)]
    by = [move.requires_grad_() for move in by]
    optimiser = torch.optim.Adam(by, lr=LR)
    for step in range(steps):
        task.check()
        optimiser.param_groups[0]["lr"] = LR * 0.5 * (1.0 + math.cos(math.pi * step / steps))
        loss = -start.moved(by).elbo(model, x, _noise(start.mean, DRAWS, generator)).sum()
        grads = torch.autograd.grad(loss, by, allow_unused=True)
        for move, grad in zip(by, grads, strict=True):
            move.grad = grad
        optimiser.step()
    return start.moved([move.detach() for move in by])


@torch.no_grad()
def _better(
    model: Autoencoder, x: Tensor, start: _Local, best: _Local, generator: torch.Generator
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """ELBO before and after (B,), and the posterior that is kept (B, d): the better of two."""
    eps = _noise(start.mean, JUDGES, generator)
    before, after = (
        torch.stack([local.elbo(model, x, part) for part in torch.split(eps, 16)]).mean(0)
        for local in (start, best)
    )
    up = after > before
    mean = torch.where(up[:, None], best.mean, start.mean)
    std = torch.where(up[:, None], best.std, start.std)
    return before, torch.where(up, after, before), mean, std
