"""Numbers that change while training: functions of the time in epochs."""

from __future__ import annotations

import math

from explorer.training.config import TrainingConfig


def learning_rate(config: TrainingConfig, epoch: float) -> float:
    """The step length at ``epoch``, a float in [0, epochs]; "cosine" ends at zero."""
    if config.schedule == "cosine":
        return 0.5 * config.lr * (1.0 + math.cos(math.pi * min(1.0, epoch / config.epochs)))
    return config.lr


def kl_weight(config: TrainingConfig, epoch: float) -> float:
    """beta, grown linearly over the first ``warm_up`` epochs (Sonderby et al. 2016)."""
    return config.beta * (min(1.0, epoch / config.warm_up) if config.warm_up else 1.0)
