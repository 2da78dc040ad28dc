"""Where a baseline is the better detector: the setting of the model that is worth trying.

A rule speaks where it knows why the model may lose, and is silent otherwise: no setting is proposed
because it might help. The first that speaks is heard.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from explorer.analysis.applications.baselines import Baseline, winner
from explorer.data.kinds import kind_of
from explorer.models.config import ModelSnapshot
from explorer.models.presets import presets

FEW_STEPS = 500  # of the optimiser
LINEAR = ("pca", "pca-raw", "ppca")  # baselines that have components


@dataclass(frozen=True, eq=False)
class Defeat:
    """What is known where a baseline won. normal: classes. alone: whether the model saw no others.

    same: the AUROC of PCA with as many components as the model has dimensions, None if unknown.
    """

    model: ModelSnapshot
    normal: tuple[str, ...]
    alone: bool
    won: Baseline
    others: Sequence[Baseline]
    same: float | None


def proposal(
    model: ModelSnapshot,
    normal: tuple[str, ...],
    alone: bool,
    baselines: Sequence[Baseline],
    same: float | None,
) -> str:
    """What to try, as "train with --latent-dim 8: ..."; "" where no baseline won or none knows."""
    won = winner(baselines)
    if won is None:
        return ""
    defeat = Defeat(model, normal, alone, won, baselines, same)
    return next((said for rule in RULES if (said := rule(defeat))), "")


def of_seen(defeat: Defeat) -> str:
    """The model learned the odd ones, too."""
    classes = defeat.model.data.get("classes")
    if defeat.alone or not isinstance(classes, (list, tuple)) or set(classes) <= set(defeat.normal):
        return ""
    labels = " ".join(shlex.quote(label) for label in defeat.normal)
    return f"train with --only {labels}: the model learned the odd samples, too"


def of_sigma(defeat: Defeat) -> str:
    """Sigma is fixed, so that the units of the data weigh the KL against the error."""
    config = defeat.model.config
    kind = defeat.model.preparation.kind
    if presets[config.preset].likelihood_for(config.likelihood, kind) != "gaussian":
        return ""
    if not presets[config.preset].has_elbo:
        return ""
    return "train with --likelihood gaussian-learned: a fixed sigma does not fit the noise"


def of_steps(defeat: Defeat) -> str:
    """The training was short, as the usual number of epochs is on some hundred samples."""
    steps, epochs = (defeat.model.training.get(name) for name in ("step", "epochs"))
    if not isinstance(steps, int) or not isinstance(epochs, int) or not 0 < steps < FEW_STEPS:
        return ""
    return f"train with --epochs {-(-epochs * FEW_STEPS // steps)}: it took {steps:,} steps only"


def of_scaling(defeat: Defeat) -> str:
    """Of signals whose points were scaled one by one, PCA is better where they were not."""
    won, made = defeat.won, defeat.model.preparation
    prepared = next((one for one in defeat.others if one.scored.name == "pca"), None)
    if won.scored.name != "pca-raw" or not kind_of(made).has_axis or made.by_channel:
        return ""
    if prepared is None or prepared.auroc >= won.auroc:
        return ""
    how = f"PCA of points that each have a scale of their own has {prepared.auroc:.3f}"
    return f"train with --scaling channel: {how}"


def of_latents(defeat: Defeat) -> str:
    """PCA itself is better with another number of components than the model has dimensions.

    Both must have learned the same samples.
    """
    k, d = defeat.won.scored.setting.get("k"), defeat.model.config.latent_dim
    linear = defeat.won.scored.name in LINEAR
    if not linear or k is None or k == d or defeat.same is None or not defeat.alone:
        return ""
    if defeat.won.auroc <= defeat.same:
        return ""
    how = f"its AUROC is {defeat.won.auroc:.3f}, with {d} it is {defeat.same:.3f}"
    return f"train with --latent-dim {k}, as many as PCA has here: {how}"


RULES: tuple[Callable[[Defeat], str], ...] = (of_seen, of_sigma, of_scaling, of_steps, of_latents)
