"""Small data and small models that questions are asked about."""

from __future__ import annotations

import torch
from torch import Tensor

from explorer.compute.live import _kept_modules
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import ModelConfig, ModelSnapshot
from tests.fakes import LinearModel, toy_dataset

DATA = toy_dataset(n=100)


def snapshot(preset: str = "vae", seed: int = 0, **config: object) -> ModelSnapshot:
    """An untrained model of that preset for `DATA`."""
    made = ModelConfig(preset=preset, hidden=16, **config)  # type: ignore[arg-type]
    weights = weights_of(build(made, DATA.preparation, seed=seed))
    return ModelSnapshot(f"toy-{preset}-{seed}", made, DATA.preparation, weights)


def linear_model(latent_dim: int = 2) -> tuple[ModelSnapshot, LinearModel]:
    """A model whose numbers are closed form, and the module that this thread takes for it."""
    module = LinearModel(DATA.preparation, latent_dim).float()
    config = ModelConfig(latent_dim=latent_dim, hidden=16, likelihood="gaussian")
    model = ModelSnapshot(f"linear-{latent_dim}", config, DATA.preparation, weights_of(module))
    _kept_modules()[repr((config, DATA.preparation))] = (module, model.weights)
    return model, module


def rows_of(index: list[int] | slice = slice(None)) -> Tensor:
    """Samples (n, 1, 8, 8) in the model's units, in double precision."""
    return torch.from_numpy(DATA.unit(index).reshape(-1, 1, 8, 8)).double()
