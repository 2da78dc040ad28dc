"""How a model is trained, as plain values. No torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from explorer.config import from_json, setting
from explorer.models.groups import MACHINE, NOISE, OBJECTIVE, OPTIMISER
from explorer.models.noises import amounts, in_order
from explorer.models.presets import Preset

DEVICES = ("auto", "cpu", "cuda", "mps")
SCHEDULES = ("constant", "cosine")
OPTIMISERS = ("adam", "adamw", "sgd")
CORRUPTIONS = ("none", *in_order())
KLS = ("closed", "monte-carlo")


@dataclass(frozen=True)
class TrainingConfig:
    """Everything that, with the data and the model's configuration, decides the weights."""

    epochs: int = setting(
        60, "Epochs", "Passes over the training part.", low=1, high=100_000, group=OPTIMISER
    )
    batch_size: int = setting(
        128, "Batch", "Samples per step.", low=1, high=65_536, group=OPTIMISER
    )
    lr: float = setting(
        1e-3, "Learning rate", "The optimiser's step length.", low=0.0, group=OPTIMISER
    )
    schedule: str = setting(
        "constant",
        "Schedule",
        "What the learning rate does over the epochs.",
        choices=SCHEDULES,
        group=OPTIMISER,
    )
    optimiser: str = setting(
        "adam",
        "Optimiser",
        "How a gradient becomes a step; sgd wants a far lower learning rate.",
        choices=OPTIMISERS,
        group=OPTIMISER,
    )
    momentum: float = setting(
        0.9,
        "Momentum",
        "Of sgd: the share of the last step kept.",
        low=0.0,
        high=0.999,
        group=OPTIMISER,
    )
    weight_decay: float = setting(
        0.0, "Weight decay", "Pull of the weights to zero.", low=0.0, high=1.0, group=OPTIMISER
    )
    clip: float = setting(
        2.0,
        "Clipping",
        "Longest gradient, in nats per feature; 0 is off.",
        low=0.0,
        group=OPTIMISER,
    )
    validation: float = setting(
        0.0,
        "Validation part",
        "Share of the training part that is kept out, to judge when training has converged;"
        " 0 keeps none.",
        low=0.0,
        high=0.5,
        group=OPTIMISER,
    )
    patience: int = setting(
        20,
        "Patience",
        "Epochs without a gain beyond its error on the validation part: converged.",
        low=1,
        high=1000,
        group=OPTIMISER,
    )
    stop_when_converged: bool = setting(
        False,
        "Early stopping",
        "End a training that has converged before its last epoch; its last weights are kept.",
        group=OPTIMISER,
    )
    beta: float = setting(
        1.0, "beta", "Weight of the KL term.", low=0.0, high=1000.0, group=OBJECTIVE
    )
    warm_up: float = setting(
        0.0, "KL warm-up", "Epochs until beta is reached.", low=0.0, group=OBJECTIVE
    )
    beta_start: float = setting(
        0.0,
        "First beta",
        "Where the warm-up starts: 0, or above beta to set the plane in order before its details.",
        low=0.0,
        high=1000.0,
        group=OBJECTIVE,
    )
    kl: str = setting(
        "closed",
        "KL",
        "In closed form where there is one, or sampled.",
        choices=KLS,
        group=OBJECTIVE,
    )
    free_bits: float = setting(
        0.0,
        "Free bits",
        "KL of each dimension that costs nothing, in nats.",
        low=0.0,
        high=100.0,
        group=OBJECTIVE,
    )
    draws: int = setting(
        1, "Draws", "Codes drawn per sample and step.", low=1, high=1000, group=OBJECTIVE
    )
    corruption: str = setting(
        "none",
        "Corruption",
        "Noise on what the encoder sees while training.",
        choices=CORRUPTIONS,
        group=NOISE,
    )
    corruption_amount: float = setting(
        0.5,
        "Amount of it",
        f"How much noise. {amounts()}.",
        low=0.0,
        high=10.0,
        group=NOISE,
    )
    seed: int = setting(
        0, "Seed", "Same seed, same machine: same weights.", low=0, high=2**31, group=MACHINE
    )
    device: str = setting("auto", "Device", "Where to compute.", choices=DEVICES, group=MACHINE)
    threads: int = setting(
        0, "Threads", "0 leaves one core to the window.", low=0, high=1024, group=MACHINE
    )


def config_for_preset(
    config: TrainingConfig, preset: Preset, before: Preset | None = None
) -> TrainingConfig:
    """``config`` with what the preset sets put in.

    before: the preset that is left; what it had set goes back to the default, if nobody changed it.
    """
    fields: dict[str, Any] = {}
    if before is not None:
        default = TrainingConfig()
        fields = {
            name: getattr(default, name)
            for name, value in before.training.items()
            if getattr(config, name) == value
        }
    return replace(config, **{**fields, **cast(dict[str, Any], dict(preset.training))})


def settings_kept(values: Mapping[str, object]) -> TrainingConfig:
    """The settings among what model.json says of a training. Raises SettingsError."""
    names = {f.name for f in fields(TrainingConfig)}
    return from_json(TrainingConfig, {n: v for n, v in values.items() if n in names})
