"""How a model is trained, as plain values. No torch."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.config import setting

DEVICES = ("auto", "cpu", "cuda", "mps")
SCHEDULES = ("constant", "cosine")


@dataclass(frozen=True)
class TrainingConfig:
    """Everything that, with the data and the model's configuration, decides the weights."""

    epochs: int = setting(60, "Epochs", "Passes over the training part.", low=1, high=100_000)
    batch_size: int = setting(128, "Batch", "Samples per step.", low=1, high=65_536)
    lr: float = setting(1e-3, "Learning rate", "Adam's step length.", low=0.0)
    schedule: str = setting(
        "constant", "Schedule", "What the learning rate does over the epochs.", choices=SCHEDULES
    )
    seed: int = setting(0, "Seed", "Same seed, same machine: same weights.", low=0, high=2**31)
    device: str = setting("auto", "Device", "Where to compute.", choices=DEVICES)
    beta: float = setting(1.0, "beta", "Weight of the KL term.", low=0.0, high=1000.0)
    warm_up: float = setting(0.0, "KL warm-up", "Epochs until beta is reached.", low=0.0)
    beta_start: float = setting(
        0.0,
        "First beta",
        "Where the warm-up starts: 0, or above beta to set the plane in order before its details.",
        low=0.0,
        high=1000.0,
    )
    draws: int = setting(1, "Draws", "Codes drawn per sample and step.", low=1, high=1000)
    clip: float = setting(
        2.0, "Clipping", "Longest gradient, in nats per feature; 0 is off.", low=0.0
    )
    threads: int = setting(0, "Threads", "0 leaves one core to the window.", low=0, high=1024)
