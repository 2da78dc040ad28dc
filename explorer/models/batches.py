"""The one crossing between the numpy world (n, H, W, C) and the torch world (B, C, H, W).

Pictures cross as bytes and become floats in [0, 1] by `unit`; signals (1, L, C) and tables
(1, D, 1) are standardised floats already and stay what they are.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explorer.data.dataset import Dataset

Kept = NDArray[np.uint8] | NDArray[np.float32]


def to_tensor(rows: Kept, levels: int, device: str | torch.device = "cpu") -> Tensor:
    """Kept rows (b, H, W, C) as floats in the model's units: (b, C, H, W)."""
    return unit(to_bytes(rows, device), levels)


def to_bytes(rows: Kept, device: str | torch.device = "cpu") -> Tensor:
    """Kept rows (b, H, W, C), bytes or floats, as a tensor of their own: (b, C, H, W)."""
    channels_first = np.ascontiguousarray(rows.transpose(0, 3, 1, 2))
    if np.shares_memory(channels_first, rows):  # grey rows need no move, but they are read-only
        channels_first = channels_first.copy()
    return torch.from_numpy(channels_first).to(device)


def unit(kept: Tensor, levels: int) -> Tensor:
    """uint8 in 0..levels as float32 in [0, 1]; standardised floats as they are. Any shape."""
    if kept.is_floating_point():
        return kept
    return kept.to(torch.float32).div_(levels)


def to_numpy(tensor: Tensor) -> NDArray[np.float32]:
    """Pictures (B, C, H, W) as rows (B, D) float32 in H, W, C order."""
    rows = tensor.detach().permute(0, 2, 3, 1).flatten(1)  # (B, D)
    return rows.to("cpu", torch.float32).contiguous().numpy()


def train_bytes(dataset: Dataset, device: str | torch.device = "cpu") -> Tensor:
    """The training part as kept, on the device: (n_train, C, H, W)."""
    return to_bytes(dataset.x[dataset.train_index], device)
