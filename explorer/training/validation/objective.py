"""What training maximises, of each sample that is kept out: the same noise each time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from explorer.data.binarising import fixed_draw
from explorer.data.dataset import Dataset
from explorer.data.kinds import kind_of
from explorer.models.autoencoder import Autoencoder
from explorer.models.batches import to_bytes, unit
from explorer.models.config import ModelConfig
from explorer.models.noises import noises
from explorer.models.presets import presets
from explorer.training.bound import LEAST_FEATURES, NOISE_SEED, PART, bound_of, judging
from explorer.training.config import TrainingConfig
from explorer.training.objectives import ObjectiveSettings, objectives
from explorer.training.validation.part import Index

BOUNDS = ("elbo", "reconstruction")  # objectives that are the bound that is reported
OTHER = "objective"  # what one is called that is none


@dataclass(frozen=True, eq=False)
class Judge:
    """Samples that are kept out, and how they are judged."""

    kept: Tensor  # (n, C, H, W) as kept
    levels: int
    objective: str
    bound: str
    config: TrainingConfig
    ends: tuple[float, float]

    def values(self, model: Autoencoder) -> tuple[NDArray[np.float64], str]:
        """Nats of each sample (n,), and what they are called.

        Dropout is off, beta is what the warm-up leads to, and samples with noise have theirs.
        """
        noise = torch.Generator(self.kept.device).manual_seed(NOISE_SEED)
        found, penalised = [], False
        with judging(model):
            for chunk in torch.split(self.kept, self._at_once()):
                x = unit(chunk, self.levels)
                terms = model.terms(x, noise, self.config.draws, self._seen(x, noise))
                penalised |= terms.posterior.penalty is not None
                settings = ObjectiveSettings(self.config.kl == "closed", self.config.free_bits)
                value = objectives[self.objective](terms, self.config.beta, settings)  # (B,)
                found.append(value.double().cpu().numpy())
        return np.concatenate(found), OTHER if penalised else self._name()

    def _at_once(self) -> int:
        """Samples whose draws are decoded together."""
        return max(1, PART // (self.config.draws * max(self.kept[0].numel(), LEAST_FEATURES)))

    def _seen(self, x: Tensor, noise: torch.Generator) -> Tensor | None:
        """What the encoder sees in the place of x."""
        kind, amount = self.config.corruption, self.config.corruption_amount
        return None if kind == "none" else noises[kind].apply(x, amount, noise, self.ends)

    def _name(self) -> str:
        config = self.config
        weighed = self.objective == "elbo" and (config.beta != 1.0 or config.free_bits > 0.0)
        plain = self.objective in BOUNDS and config.corruption == "none" and not weighed
        return self.bound if plain else OTHER


def judge(
    model: ModelConfig, config: TrainingConfig, dataset: Dataset, index: Index, device: str
) -> Judge:
    """Of the samples at ``index``; of data drawn anew for each batch one draw stays the same."""
    judged = fixed_draw(dataset)
    return Judge(
        kept=to_bytes(judged.x[index], device),
        levels=judged.preparation.levels,
        objective=presets[model.preset].objective,
        bound=bound_of(model, dataset),
        config=config,
        ends=kind_of(dataset).ends,
    )
