"""The ELBO of samples a model was not trained on, with its two parts."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from explorer.models.autoencoder import Autoencoder
from explorer.models.batches import unit
from explorer.training.objectives import divergence

CHUNK = 512
NOISE_SEED = 20131220  # the same noise each time, so that curves move for the model's sake only


@dataclass(frozen=True)
class Bound:
    """Means over samples, nats: elbo = -reconstruction - kl. kl is None for a point posterior."""

    elbo: float
    reconstruction: float
    kl: float | None
    n: int
    draws: int


@torch.no_grad()
def measure(model: Autoencoder, kept: Tensor, levels: int, draws: int = 1) -> Bound:
    """The bound of kept bytes (n, C, H, W) on the model's device, dropout off, L draws each."""
    noise = torch.Generator(kept.device).manual_seed(NOISE_SEED)
    was_training = model.training
    model.eval()
    sums = torch.zeros(2, dtype=torch.float64)
    has_kl = True
    for chunk in torch.split(kept, CHUNK):
        terms = model.terms(unit(chunk, levels), noise, draws)
        kl = divergence(terms)
        has_kl = kl is not None
        parts = (terms.log_px.mean(0).sum(), 0.0 if kl is None else kl.sum())
        sums += torch.tensor([float(part) for part in parts], dtype=torch.float64)
    model.train(was_training)
    log_px, total_kl = (sums / len(kept)).tolist()
    return Bound(log_px - total_kl, -log_px, total_kl if has_kl else None, len(kept), draws)
