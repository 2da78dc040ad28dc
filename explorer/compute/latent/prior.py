"""Question: where does a model's prior expect codes? The Gaussians that p(z) is made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.compute.live import live
from explorer.compute.question import Question, questions
from explorer.data.dataset import Floats
from explorer.models.config import ModelSnapshot
from explorer.models.presets import presets
from explorer.task import NO_TASK, Task


@dataclass(frozen=True, eq=False)
class Gaussians:
    """p(z) = sum_k weight_k N(z; mean_k, diag std_k^2): weight (K,), mean and std (K, d).

    Seen on some of the dimensions it is the mixture of the same columns of mean and std.
    """

    weight: Floats
    mean: Floats
    std: Floats


def absence(model: ModelSnapshot) -> str:
    """Why the model's prior has no contours, as the end of a sentence; "" where it has some."""
    preset = presets[model.config.preset]
    if not is_drawn_from(model):
        return "a plain autoencoder is trained without a prior"
    if preset.prior not in ("standard-normal", "mixture"):
        return f"the prior of {preset.name} is over codes, each as likely as any other"
    return ""


def is_drawn_from(model: ModelSnapshot) -> bool:
    """Whether the model was trained to put its codes where a prior expects them."""
    return presets[model.config.preset].posterior != "point"


def is_standard(model: ModelSnapshot) -> bool:
    """Whether p(z) = N(0, I), which needs no weights to be known."""
    return presets[model.config.preset].prior == "standard-normal"


@questions.register("prior")
@dataclass(frozen=True, eq=False)
class FindPrior(Question[Gaussians]):
    """The components of a learned mixture, or the one of N(0, I)."""

    does = "find the prior's contours"
    about = ("model",)
    quiet = True

    model: ModelSnapshot

    def answer(self, task: Task = NO_TASK) -> Gaussians:
        """What p(z) is made of."""
        import torch

        from explorer.models.priors.mixture import Mixture

        prior, d = live(self.model).prior, self.model.config.latent_dim
        if not isinstance(prior, Mixture):
            one = np.ones((1, d), np.float32)
            return Gaussians(one[:, 0].copy(), 0 * one, one)
        with torch.inference_mode():
            weight, mean = prior.log_weights.exp(), prior.means
            std = (0.5 * prior.logvars).exp()
        return Gaussians(*(t.float().cpu().numpy() for t in (weight, mean, std)))
