"""A map of the decoder: the pictures of a grid of codes, tiled into one."""

from __future__ import annotations

import numpy as np

from explorer.analysis.passes import decoded, parts_of
from explorer.analysis.sheets import strip
from explorer.data.dataset import Bytes, Floats, Preparation
from explorer.models.autoencoder import Autoencoder
from explorer.task import NO_TASK, Task


def grid(size: int, extent: float, latent_dim: int) -> Floats:
    """Codes (size * size, d) equally spaced over [-extent, extent]^2, row by row from the top.

    The first dimension grows to the right, the second upwards; all others are 0. One dimension
    gives a single row: (size, 1).
    """
    steps = np.linspace(-extent, extent, size) if size > 1 else np.zeros(1)
    if latent_dim == 1:
        return steps[:, None].astype(np.float32)
    across, up = np.meshgrid(steps, steps[::-1])
    z = np.zeros((size * size, latent_dim), np.float32)
    z[:, 0], z[:, 1] = across.ravel(), up.ravel()
    return z


def draw(
    model: Autoencoder,
    preparation: Preparation,
    size: int = 20,
    extent: float = 3.0,
    task: Task = NO_TASK,
) -> Bytes:
    """The decoded `grid` as one picture (rows * H, size * W, C) uint8."""
    z = grid(size, extent, model.prior.latent_dim)
    lines = parts_of(np.arange(len(z)), task, "drawing the atlas", size)
    return np.concatenate([strip(decoded(model, z[line]), preparation) for line in lines])
