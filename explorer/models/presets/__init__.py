"""Named members of the family, one file each: which posterior, prior, likelihood and objective.

No torch here: pieces are named, so that a form can list the family before torch is imported.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field

from explorer.config import Setting
from explorer.data.kinds import FIRST, kinds
from explorer.models.config import ModelConfig
from explorer.models.pieces import Piece, ordered, settings_by_name
from explorer.models.pieces.bodies import BodyPiece, body_pieces
from explorer.models.pieces.likelihoods import likelihood_pieces
from explorer.models.pieces.posteriors import posterior_pieces
from explorer.models.pieces.priors import prior_pieces
from explorer.registry import Registry

LINEAR_TRAINING: Mapping[str, object] = {"epochs": 150, "lr": 0.02, "schedule": "cosine"}
DEFAULT_BODY = ModelConfig().body


@dataclass(frozen=True)
class Preset:
    """A choice of pieces, by their names in the registries of the pieces.

    likelihood: the default. only_likelihoods, only_bodies, only_kinds: those it allows, where that
    is not all there are. objective: a name in `training.objectives`. defaults: other defaults of
    its pieces' settings. link: raw decoder output -> mean of pictures, a name in
    `likelihoods.LINKS`, for likelihoods that leave it open; data without bounds always has
    "identity". training: what it presets in `TrainingConfig`, put in by
    `explorer.training.config.config_for_preset`. bound: what log p(x|z) less the KL is for it.
    finish: what follows its last step, a name in `training.finishing`; "" is nothing.
    """

    name: str
    summary: str
    posterior: str
    prior: str
    objective: str
    likelihood: str = "gaussian-learned"
    only_likelihoods: tuple[str, ...] = ()
    only_bodies: tuple[str, ...] = ()
    only_kinds: tuple[str, ...] = ()
    defaults: Mapping[str, float] = field(default_factory=dict)
    link: str = "sigmoid"
    training: Mapping[str, object] = field(default_factory=dict)
    bound: str = "ELBO"
    finish: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of data that it can be trained on."""
        return self.only_kinds or tuple(kinds)

    @property
    def has_elbo(self) -> bool:
        """Whether q(z|x) is a distribution; what a plain autoencoder climbs is no bound."""
        return self.posterior != "point"

    def bound_for(self, asked: str, kind: str = FIRST, *, binary: bool = False) -> str:
        """The honest name of the curve with the likelihood that was asked for."""
        likelihood = likelihood_pieces[self.likelihood_for(asked, kind)]
        return likelihood.bound_title(self.bound, binary=binary)

    # -- which pieces -----------------------------------------------------------------------

    @property
    def likelihoods(self) -> tuple[str, ...]:
        """All it allows, the default first."""
        others = [one.name for one in ordered(likelihood_pieces) if one.name != self.likelihood]
        return self.only_likelihoods or (self.likelihood, *others)

    @property
    def bodies(self) -> tuple[str, ...]:
        """All it allows that stand for themselves, the default first."""
        return tuple(one.name for one in self._bodies() if not one.stands_for)

    @property
    def all_bodies(self) -> tuple[str, ...]:
        """All it allows, for whatever kind of data."""
        return tuple(one.name for one in self._bodies())

    def _bodies(self) -> list[type[BodyPiece]]:
        only = self.only_bodies
        return [
            one
            for one in ordered(body_pieces)
            if (one.name in only or one.stands_for in only if only else one.everywhere)
        ]

    def likelihoods_for(self, kind: str) -> tuple[str, ...]:
        """Those that suit a kind of data, the default first."""
        fitting = [n for n in self.likelihoods if likelihood_pieces[n].fits(kinds[kind])]
        return tuple(fitting)

    def bodies_for(self, kind: str) -> tuple[str, ...]:
        """Those that suit a kind of data, the default first: "conv" along a signal is "conv1d"."""
        return tuple(one.name for one in self._bodies() if one.fits(kinds[kind]))

    def likelihood_for(self, asked: str, kind: str = FIRST) -> str:
        """What ``ModelConfig.likelihood`` comes to: "" is the default."""
        return asked or self.likelihoods_for(kind)[0]

    def body_for(self, asked: str, kind: str = FIRST) -> str:
        """What ``ModelConfig.body`` comes to: its default is that of a preset without "mlp", too.

        What is not to be had comes back as it was asked for.
        """
        offered = self.bodies_for(kind)
        if asked in offered:
            return asked
        instead = [name for name in offered if body_pieces[name].stands_for == asked]
        instead += offered[:1] if asked == DEFAULT_BODY else ()
        return instead[0] if instead else asked

    # -- what can be set of them ------------------------------------------------------------

    @property
    def options(self) -> dict[str, float]:
        """The settings of every piece it may be made of, with their defaults."""
        return {name: one.default for name, one in self.all_settings.items()}

    @property
    def all_settings(self) -> dict[str, Setting]:
        """What can be set of every piece it may be made of, by name."""
        pieces: list[type[Piece]] = [posterior_pieces[self.posterior], prior_pieces[self.prior]]
        pieces += [likelihood_pieces[name] for name in self.likelihoods]
        pieces += [body_pieces[name] for name in self.all_bodies]
        return self._settings(pieces)

    def pieces(self, config: ModelConfig, kind: str = FIRST) -> list[type[Piece]]:
        """Those that a configuration chooses; a body that there is not is left out."""
        pieces: list[type[Piece]] = [posterior_pieces[self.posterior], prior_pieces[self.prior]]
        body = self.body_for(config.body, kind)
        pieces += [body_pieces[body]] if body in body_pieces else []
        return [*pieces, likelihood_pieces[self.likelihood_for(config.likelihood, kind)]]

    def settings(self, config: ModelConfig, kind: str = FIRST) -> list[Setting]:
        """What can be set of the pieces that a configuration chooses."""
        return list(self._settings(self.pieces(config, kind)).values())

    def _settings(self, pieces: list[type[Piece]]) -> dict[str, Setting]:
        return {
            name: dataclasses.replace(one, default=self.defaults.get(name, one.default))
            for name, one in settings_by_name(pieces).items()
        }


presets: Registry[Preset] = Registry("model")
presets.discover(__name__)
