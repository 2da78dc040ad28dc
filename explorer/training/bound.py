"""The ELBO of samples a model was not trained on, with its two parts, and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from explorer.data.binarising import is_binary
from explorer.data.dataset import Dataset
from explorer.models.autoencoder import Autoencoder, Terms, drawn
from explorer.models.batches import unit
from explorer.models.config import ModelConfig
from explorer.models.presets import presets
from explorer.training.objectives import divergence

CHUNK = 512  # samples encoded at a time, fewer where they are large
PART = 2**20  # decoded numbers at a time: some megabytes, however large a sample is
LEAST_FEATURES = 1024  # that a draw counts for: a prior of many components has its own tensors
COUNTED = (nn.Linear, nn.Conv1d, nn.Conv2d, nn.ConvTranspose1d, nn.ConvTranspose2d)
NOISE_SEED = 20131220  # the same noise each time, so that curves move for the model's sake only


@dataclass(frozen=True)
class Bound:
    """Means over samples, nats: elbo = -reconstruction - kl. kl is None for a point posterior."""

    elbo: float
    reconstruction: float
    kl: float | None
    n: int
    draws: int


def bound_of(model: ModelConfig, dataset: Dataset) -> str:
    """What log p(x|z) less the KL is called for a model of this data."""
    binary = is_binary(dataset)
    return presets[model.preset].bound_for(model.likelihood, dataset.kind, binary=binary)


def _go_on() -> None:
    return None


def measure(
    model: Autoencoder,
    kept: Tensor,
    levels: int,
    draws: int = 1,
    between: Callable[[], None] = _go_on,
) -> Bound:
    """The bound of kept bytes (n >= 1, C, H, W) on the model's device, no dropout, L draws each.

    At most ``PART`` numbers (one sample, if it is larger) are decoded at a time. How samples and
    draws are parted follows from their shapes and ``draws`` alone, so the same call has the same
    noise on every machine. ``between`` is called before each part; what it raises comes through.
    """
    noise = torch.Generator(kept.device).manual_seed(NOISE_SEED)
    sums = torch.zeros(2, dtype=torch.float64)
    has_kl = True
    with judging(model):
        for chunk in torch.split(kept, _samples_at_once(kept)):
            for log_px, kl in _parts(model, unit(chunk, levels), noise, draws, between):
                has_kl = kl is not None
                found = (float(log_px.sum()), 0.0 if kl is None else float(kl.sum()))
                sums += torch.tensor(found, dtype=torch.float64) / draws
    log_px_mean, kl_mean = (sums / len(kept)).tolist()
    return Bound(log_px_mean - kl_mean, -log_px_mean, kl_mean if has_kl else None, len(kept), draws)


def _parts(
    model: Autoencoder,
    x: Tensor,
    noise: torch.Generator,
    draws: int,
    between: Callable[[], None],
) -> Iterator[tuple[Tensor, Tensor | None]]:
    """log p(x|z) (L', B) and L' KL (B,) of some of the L draws at a time, for x (B, C, H, W)."""
    between()
    posterior = model.encode(x)
    most = max(1, PART // (len(x) * max(x[0].numel(), LEAST_FEATURES)))
    for start in range(0, draws, most):
        if start:
            between()
        z, carried = drawn(posterior, noise, min(most, draws - start))
        log_px = model.likelihood.log_prob(model.raw(z), x)
        kl = divergence(Terms(log_px, z, posterior, model.prior, carried))
        yield log_px, None if kl is None else kl * len(z)


def _samples_at_once(kept: Tensor) -> int:
    return max(1, min(CHUNK, PART // kept[0].numel()))


def most_samples(model: Autoencoder, x: Tensor, work: float) -> int:
    """How many samples like x (1, C, H, W) are encoded and decoded for so many multiply-adds."""
    with judging(model):
        return max(1, int(work / _work_of(model, lambda: model.raw(model.encode(x).mean))))


def most_draws(model: Autoencoder, x: Tensor, work: float) -> int:
    """How many codes of samples like x (1, C, H, W) are decoded for so many multiply-adds."""
    with judging(model):
        z = model.encode(x).mean
        return max(1, int(work / _work_of(model, lambda: model.raw(z))))


@contextmanager
def judging(model: nn.Module) -> Iterator[None]:
    """Within, dropout is off and draws nothing, and nothing is differentiated."""
    was_training = model.training
    model.eval()
    try:
        with torch.no_grad():
            yield
    finally:
        model.train(was_training)


def _work_of(model: nn.Module, once: Callable[[], object]) -> int:
    """Multiply-adds of the dense and convolutional layers that ``once`` passes through, 1 or more.

    Counted, not timed, so that what depends on it repeats to the bit.
    """
    total = 0

    def count(layer: nn.Module, given: tuple[Any, ...], made: Tensor) -> None:
        nonlocal total
        weight = layer.get_parameter("weight")
        total += weight.numel() * min(_places(given[0]), _places(made))

    hooks = [m.register_forward_hook(count) for m in model.modules() if isinstance(m, COUNTED)]
    try:
        once()
    finally:
        for hook in hooks:
            hook.remove()
    return max(1, total)


def _places(tensor: Tensor) -> int:
    """How often a weight is applied to one sample (1, C, ...): along its sides; once without any.

    A strided convolution makes as many places as it has outputs, a transposed one as inputs.
    """
    return int(tensor[0, 0].numel())
