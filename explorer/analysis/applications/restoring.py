"""What a model makes whole again: noisy samples, and samples with a hole.

Rows are (m, D) float32 in the model's units, H, W, C order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explorer.analysis import ppca
from explorer.analysis.passes import parts_of
from explorer.analysis.pca import Pca
from explorer.analysis.reconstructions import squared_errors
from explorer.analysis.sheets import strips
from explorer.data.dataset import Floats, Preparation
from explorer.data.kinds import kind_of
from explorer.export.things import Thing
from explorer.models.autoencoder import Autoencoder
from explorer.models.batches import to_numpy, to_tensor
from explorer.models.encoding import device_of
from explorer.models.noises import noises
from explorer.models.posteriors.point import PointLayer
from explorer.task import NO_TASK, Task

Mask = NDArray[np.bool_]
SAMPLES = 64  # filled in together
CLIMBED = 4  # starts of each sample that are followed to the top
LR = 0.1  # Adam's first step, in standard deviations of the starts


def corrupted(
    rows: Floats, preparation: Preparation, noise: str, amount: float, seed: int = 0
) -> Floats:
    """The rows with the noise that trainings put on them. noise: one of `noises`."""
    x = to_tensor(rows.reshape(-1, *preparation.shape), preparation.levels)
    draws = torch.Generator().manual_seed(seed)
    return to_numpy(noises[noise].apply(x, amount, draws, kind_of(preparation).ends))


def denoise(
    model: Autoencoder, rows: Floats, preparation: Preparation, task: Task = NO_TASK
) -> Floats:
    """The rows encoded and decoded again: what the model takes for the sample under the noise."""
    restored = np.empty_like(rows)
    with torch.inference_mode():
        for part in parts_of(np.arange(len(rows)), task, "denoising"):
            x = _tensor(model, rows[part], preparation)
            restored[part] = to_numpy(model.decode(model.encode(x).mean))
    return restored


@dataclass(frozen=True, eq=False)
class Inpainted:
    """rows: (m, D), the known places as they were. z: (m, d) they came from.

    before, after: (m,) log p(known | z) + log p(z), in nats, at the best start and at z.
    """

    rows: Floats
    z: Floats
    before: NDArray[np.float64]
    after: NDArray[np.float64]


def inpaint(
    model: Autoencoder,
    rows: Floats,
    known: Mask,
    preparation: Preparation,
    starts: Floats,
    task: Task = NO_TASK,
    *,
    steps: int = 100,
) -> Inpainted:
    """Fill in what is not ``known`` (H, W), by the most probable z given what is.

    Gradient ascent on log p(known | z) + log p(z) from the best of ``starts`` (S, d) for each row;
    codes of training samples are good ones. A plain autoencoder has no p(z), only the starts.
    """
    unit = torch.from_numpy(starts.std(axis=0)).to(device_of(model))
    found: list[tuple[Tensor, Tensor, Tensor]] = []
    filled = np.empty_like(rows)
    hole = np.repeat(~known.ravel(), preparation.channels)  # (D,)
    for part in parts_of(np.arange(len(rows)), task, "filling in", SAMPLES):
        score = _scorer(model, _tensor(model, rows[part], preparation), known)
        first, value = _best_starts(score, torch.tensor(starts).to(unit), len(rows[part]))
        z, top = _climbed(score, first, unit, steps, task)
        found.append((z, value, top))
        with torch.inference_mode():
            decoded = to_numpy(model.decode(z))
        filled[part] = np.where(hole, decoded, rows[part])
    z, before, after = (torch.cat(column).cpu() for column in zip(*found, strict=True))
    return Inpainted(filled, z.numpy(), before.double().numpy(), after.double().numpy())


def pca_inpaint(
    linear: Pca, rows: Floats, known: Mask, channels: int = 1, k: int | None = None
) -> Floats:
    """The same by probabilistic PCA: the mean of the unknown given the known, in closed form.

    k: how many components, fewer where they would leave no noise; all there are by default.
    """
    seen = np.repeat(known.ravel(), channels)  # (D,)
    k = noisy_components(linear, len(linear) if k is None else k)
    if k == 0:
        return np.where(seen, rows, linear.mean)
    noise = ppca.noise_variance(linear, k)
    spread = np.maximum(linear.variance[:k] - noise, np.finfo(float).eps)  # of scores, noise off
    loadings = linear.components[:k, seen].astype(np.float64)  # (k, P)
    precision = loadings @ loadings.T / noise + np.diag(1.0 / spread)
    away = (rows[:, seen] - linear.mean[seen]).astype(np.float64)
    scores = np.linalg.solve(precision, loadings @ away.T / noise).T  # (m, k)
    full = scores.astype(np.float32) @ linear.components[:k] + linear.mean
    filled: Floats = np.where(seen, rows, full)
    return filled


def noisy_components(linear: Pca, k: int) -> int:
    """The most components, up to ``k``, that leave variance for the noise to explain."""
    return sum(ppca.has_noise(linear, n) for n in range(1, k + 1))


@dataclass(frozen=True, eq=False)
class RestorationTable:
    """n samples damaged and restored: (n, D) rows each, and errors by name, MSE per feature.

    k: components of the PCA that is held against the model.
    """

    clean: Floats
    damaged: Floats
    restored: Floats
    errors: dict[str, float]
    k: int

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.clean)

    def thing(self, count: int, preparation: Preparation) -> Thing:
        """A line of up to ``count`` samples before, one after, and one of the clean ones."""
        lines = [rows[:count] for rows in (self.damaged, self.restored, self.clean)]
        return Thing("restored", "the picture", picture=lambda _: strips(lines, preparation))


def surveyed(
    clean: Floats,
    damaged: Floats,
    restored: Floats,
    guesses: Mapping[str, Floats],
    k: int,
    known: Mask | None = None,
) -> RestorationTable:
    """The errors of ``guesses`` (n, D) each, of all places or of those not ``known`` (H, W)."""
    if known is None:
        errors = {key: float(squared_errors(clean, rows).mean()) for key, rows in guesses.items()}
    else:
        channels = clean.shape[1] // known.size
        errors = {key: error_in(rows, clean, known, channels) for key, rows in guesses.items()}
    return RestorationTable(clean, damaged, restored, errors, k)


def error_in(rows: Floats, others: Floats, known: Mask, channels: int = 1) -> float:
    """Mean squared difference where nothing is known: (m, D), (m, D) -> per feature."""
    hole = np.repeat(~known.ravel(), channels)
    return float(((rows - others)[:, hole].astype(np.float64) ** 2).mean())


Score = Callable[[Tensor], Tensor]  # z (L, B, d) -> (L, B)


def _scorer(model: Autoencoder, x: Tensor, known: Mask) -> Score:
    """log p(known | z) + log p(z): likelihoods sum over places, so they get only the known."""
    seen = torch.from_numpy(known.ravel()).to(x.device)
    part = x.flatten(-2)[..., seen][..., None, :]  # (B, C, 1, P)
    plain = isinstance(model.posterior, PointLayer)

    def score(z: Tensor) -> Tensor:
        raw = model.raw(z).flatten(-2)[..., seen][..., None, :]  # (L, B, C', 1, P)
        value = model.likelihood.log_prob(raw, part)
        return value if plain else value + model.prior.log_prob(z)

    return score


@torch.no_grad()
def _best_starts(score: Score, starts: Tensor, rows: int) -> tuple[Tensor, Tensor]:
    """The best starts of each row, best first: (L, B, d); and what the best are worth (B,)."""
    values = torch.cat(
        [score(some[:, None].expand(-1, rows, -1)) for some in torch.split(starts, 16)]
    )
    top, which = values.topk(min(CLIMBED, len(starts)), dim=0)  # (L, B)
    return starts[which], top[0]


def _climbed(
    score: Score, first: Tensor, unit: Tensor, steps: int, task: Task
) -> tuple[Tensor, Tensor]:
    """The best z of each row on all paths upwards, and its value: (B, d), (B,)."""
    by = torch.zeros_like(first).requires_grad_()
    optimiser = torch.optim.Adam([by], lr=LR)
    best_z, best = first[0], torch.full_like(first[0, :, 0], -torch.inf)
    for step in range(steps + 1):
        task.check()
        optimiser.param_groups[0]["lr"] = LR * (1.0 - step / (steps + 1))
        z = torch.addcmul(first, by, unit)
        values = score(z)  # (L, B)
        top, which = values.detach().max(0)
        here = z.detach()[which, torch.arange(len(which), device=which.device)]
        best_z = torch.where((top > best)[:, None], here, best_z)
        best = torch.maximum(best, top)
        (by.grad,) = torch.autograd.grad(-values.sum(), by)
        optimiser.step()
    return best_z, best


def _tensor(model: Autoencoder, rows: Floats, preparation: Preparation) -> Tensor:
    """(m, D) -> (m, C, H, W) on the model's device."""
    return to_tensor(rows.reshape(-1, *preparation.shape), preparation.levels, device_of(model))
