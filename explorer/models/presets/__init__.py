"""Named members of the family, one file each: which posterior, prior, likelihood and objective.

No torch here: pieces are named, so that a form can list the family before torch is imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from explorer.models.config import BODIES
from explorer.registry import Registry


@dataclass(frozen=True)
class Preset:
    """A choice of pieces, by their names in the registries of the pieces.

    likelihoods: those it allows, the default first. objective: a name in `training.objectives`.
    options: its own numbers with their defaults. link: raw decoder output -> mean, a name in
    `likelihoods.LINKS`, for likelihoods that leave it open.
    """

    name: str
    summary: str
    posterior: str
    prior: str
    objective: str
    likelihoods: tuple[str, ...]
    bodies: tuple[str, ...] = BODIES
    options: Mapping[str, float] = field(default_factory=lambda: {"dropout": 0.0})
    link: str = "sigmoid"


presets: Registry[Preset] = Registry("model")
presets.discover(__name__)
