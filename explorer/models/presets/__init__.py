"""Named members of the family, one file each: which posterior, prior, likelihood and objective.

No torch here: pieces are named, so that a form can list the family before torch is imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from explorer.data.kinds import FIRST, kinds
from explorer.models.config import BODIES
from explorer.models.titles import bound_title
from explorer.registry import Registry

PICTURED = ("mlp", "conv", "burda")  # bodies that most members of the family come in
GAUSSIANS = ("gaussian-optimal", "gaussian-per-pixel")
ALL_LIKELIHOODS = (
    *("gaussian-learned", "continuous-bernoulli", "bernoulli", "gaussian"),
    *GAUSSIANS,
)
AE_LIKELIHOODS = (
    *("gaussian", "gaussian-learned", "continuous-bernoulli", "bernoulli"),
    *GAUSSIANS,
)
LINEAR_TRAINING: Mapping[str, object] = {"epochs": 150, "lr": 0.02, "schedule": "cosine"}


@dataclass(frozen=True)
class Preset:
    """A choice of pieces, by their names in the registries of the pieces.

    likelihoods: those it allows, the default first. objective: a name in `training.objectives`.
    options: its own numbers with their defaults, each with a sentence in ``option_help``; a piece
    takes those that it names in its class attribute ``options``. link: raw decoder output -> mean
    of pictures, a name in `likelihoods.LINKS`, for likelihoods that leave it open; data without
    bounds always has "identity". only_kinds: of data, where it is not for all. training: what it
    presets in `TrainingConfig`, put in by `explorer.training.config.suited`. bound: what log p(x|z)
    less the KL is for it.
    """

    name: str
    summary: str
    posterior: str
    prior: str
    objective: str
    likelihoods: tuple[str, ...]
    bodies: tuple[str, ...] = PICTURED
    options: Mapping[str, float] = field(default_factory=lambda: {"dropout": 0.0})
    link: str = "sigmoid"
    training: Mapping[str, object] = field(default_factory=dict)
    only_kinds: tuple[str, ...] = ()
    option_help: Mapping[str, str] = field(default_factory=dict)
    bound: str = "ELBO"

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of data that it can be trained on."""
        return self.only_kinds or tuple(kinds)

    def bound_for(self, asked: str, kind: str = FIRST, *, binary: bool = False) -> str:
        """The honest name of the curve with the likelihood that was asked for."""
        return bound_title(self.bound, self.likelihood_for(asked, kind), binary=binary)

    @property
    def has_elbo(self) -> bool:
        """Whether q(z|x) is a distribution; what a plain autoencoder climbs is no bound."""
        return self.posterior != "point"

    def likelihoods_for(self, kind: str) -> tuple[str, ...]:
        """Those that suit a kind of data, the default first: only Gaussians know no bounds."""
        if kinds[kind].bounded:
            return self.likelihoods
        return tuple(name for name in self.likelihoods if name.startswith("gaussian"))

    def bodies_for(self, kind: str) -> tuple[str, ...]:
        """Those that suit a kind of data, the default first: "conv" along a signal is "conv1d"."""
        conv = kinds[kind].convolutions
        named = (conv if body == "conv" else body for body in self.bodies)
        return tuple(body for body in named if body)

    @property
    def all_bodies(self) -> tuple[str, ...]:
        """Those that suit any kind of data, and "conv", which stands for one of them."""
        found = (*self.bodies, *(body for kind in self.kinds for body in self.bodies_for(kind)))
        return tuple(dict.fromkeys(found))

    def likelihood_for(self, asked: str, kind: str = FIRST) -> str:
        """What ``ModelConfig.likelihood`` comes to: "" is the default."""
        return asked or self.likelihoods_for(kind)[0]

    def body_for(self, asked: str, kind: str = FIRST) -> str:
        """What ``ModelConfig.body`` comes to: its default is that of a preset without "mlp", too.

        What is not to be had comes back as it was asked for.
        """
        offered = self.bodies_for(kind)
        if asked == "conv" and kinds[kind].convolutions in offered:
            return kinds[kind].convolutions
        return offered[0] if asked == BODIES[0] and offered and asked not in offered else asked


DROPOUT_HELP = "Share of the encoder's inputs and hidden units that a step leaves out."
SIGMA_HELP = 'Sigma of the likelihood "gaussian", in the units of x.'

presets: Registry[Preset] = Registry("model")
presets.discover(__name__)
