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
    """beta, reached over the first ``warm_up`` epochs.

    From 0 it grows linearly (Sonderby et al. 2016). From ``beta_start`` it moves geometrically;
    from above, that is cooling: what a code says in broad strokes finds its place first.
    """
    if epoch >= config.warm_up:
        return config.beta
    done = epoch / config.warm_up
    if not config.beta_start or not config.beta:
        return config.beta_start + done * (config.beta - config.beta_start)
    return math.exp((1 - done) * math.log(config.beta_start) + done * math.log(config.beta))
