"""Small data and small models that questions are asked about."""

from __future__ import annotations

from explorer.models.autoencoder import build, weights_of
from explorer.models.config import ModelConfig, ModelSnapshot
from tests.fakes import toy_dataset

DATA = toy_dataset(n=100)


def snapshot(preset: str = "vae", seed: int = 0, **config: object) -> ModelSnapshot:
    """An untrained model of that preset for `DATA`."""
    made = ModelConfig(preset=preset, hidden=16, **config)  # type: ignore[arg-type]
    weights = weights_of(build(made, DATA.preparation, seed=seed))
    return ModelSnapshot(f"toy-{preset}-{seed}", made, DATA.preparation, weights)
