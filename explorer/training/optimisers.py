"""How a gradient becomes a step. One function a kind, fused where the device supports it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from torch import nn
from torch.optim import SGD, Adam, AdamW, Optimizer

from explorer.registry import Registry
from explorer.training.config import TrainingConfig

Parameters = Iterable[nn.Parameter]
Maker = Callable[[Parameters, TrainingConfig], Optimizer]
optimisers: Registry[Maker] = Registry("optimiser")


@optimisers.register("adam")
def adam(parameters: Parameters, config: TrainingConfig) -> Optimizer:
    """Kingma & Ba 2015; a weight decay is added to the gradient."""
    return _fused(Adam, parameters, lr=config.lr, weight_decay=config.weight_decay)


@optimisers.register("adamw")
def adamw(parameters: Parameters, config: TrainingConfig) -> Optimizer:
    """Loshchilov & Hutter 2019: Adam with a weight decay of its own."""
    return _fused(AdamW, parameters, lr=config.lr, weight_decay=config.weight_decay)


@optimisers.register("sgd")
def sgd(parameters: Parameters, config: TrainingConfig) -> Optimizer:
    """Gradient descent with momentum (Polyak 1964)."""
    return _fused(
        SGD, parameters, lr=config.lr, momentum=config.momentum, weight_decay=config.weight_decay
    )


def _fused(kind: Callable[..., Optimizer], parameters: Parameters, **settings: Any) -> Optimizer:
    """In one pass over memory where that is on offer."""
    parameters = list(parameters)
    try:
        return kind(parameters, fused=True, **settings)
    except RuntimeError:
        return kind(parameters, **settings)
