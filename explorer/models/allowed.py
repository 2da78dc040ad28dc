"""What a configuration and a preparation may ask for, by the presets' own lists. No torch."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from explorer.config import check
from explorer.data.dataset import Preparation
from explorer.data.kinds import BINARISATIONS, FIRST, kind_of, kinds
from explorer.errors import ModelError, SettingsError
from explorer.models.config import ModelConfig
from explorer.models.pieces import with_settings
from explorer.models.pieces.bodies import BodyPiece, body_pieces
from explorer.models.pieces.likelihoods import LikelihoodPiece, likelihood_pieces
from explorer.models.pieces.posteriors import PosteriorPiece, posterior_pieces
from explorer.models.pieces.priors import PriorPiece, prior_pieces
from explorer.models.presets import Preset, presets


def allowed(config: ModelConfig, preparation: Preparation) -> Preset:
    """The preset, once everything asked for is something it allows. Raises ModelError."""
    check_preparation(preparation)
    try:
        check(config)
        preset = presets[config.preset]
    except SettingsError as error:
        raise ModelError(error.what, remedy=error.remedy) from error
    kind = preparation.kind
    _allow(config.preset, "data kind", kind, preset.kinds)
    body, likelihood = (
        preset.body_for(config.body, kind),
        preset.likelihood_for(config.likelihood, kind),
    )
    _allow(config.preset, "body", body, preset.bodies_for(kind), kind)
    _allow(config.preset, "likelihood", likelihood, preset.likelihoods_for(kind), kind)
    for name, value in config.options.items():
        _allow(config.preset, "option", name, preset.options)
        _require(math.isfinite(value), f"{name} = {value!r} is out of range", "give a number")
    _check_shape(preparation)
    pieces_of(config, preset, kind)
    return preset


@dataclass(frozen=True)
class Pieces:
    """The pieces of one configuration, with their settings."""

    body: BodyPiece
    posterior: PosteriorPiece
    prior: PriorPiece
    likelihood: LikelihoodPiece


def pieces_of(config: ModelConfig, preset: Preset, kind: str) -> Pieces:
    """What a configuration for a kind of data is made of. Raises ModelError for bad settings."""
    values = {**preset.defaults, **config.options}
    body = body_pieces[preset.body_for(config.body, kind)]
    likelihood = likelihood_pieces[preset.likelihood_for(config.likelihood, kind)]
    try:
        return Pieces(
            with_settings(body, values),
            with_settings(posterior_pieces[preset.posterior], values),
            with_settings(prior_pieces[preset.prior], values),
            with_settings(likelihood, values),
        )
    except SettingsError as error:
        raise ModelError(error.what, remedy=error.remedy) from error


def check_preparation(preparation: Preparation) -> None:
    """Raise ModelError where a field has a value that no opened data set gives it."""
    made = preparation
    for name, names in (("kind", tuple(kinds)), ("binarisation", BINARISATIONS)):
        given = getattr(made, name)
        _require(given in names, f"there is no {name} {given!r}", _one(names))
    for name in ("height", "width", "channels", "levels"):
        given = getattr(made, name)
        _require(given >= 1, f"{name} = {given} is out of range", "give 1 or more")
    _require(made.levels <= 255, f"levels = {made.levels} is out of range", "give 255 or less")
    for name in ("low", "high"):
        given = getattr(made, name)
        _require(math.isfinite(given), f"{name} = {given!r} is out of range", "give a number")
    kind = kind_of(made)
    order = made.low <= made.high if kind.standardised else made.low < made.high
    _require(order, f"low = {made.low:g} is not below high = {made.high:g}", "give a range")
    fits = made.binarisation in kind.binarisations
    _require(fits, f"{made.kind} cannot be binarised", "say none")
    _check_scaling(made)


def _check_scaling(made: Preparation) -> None:
    for name, numbers in (("centre", made.centre), ("scale", made.scale)):
        there = f"{name} holds {len(numbers)} numbers for samples of {made.features}"
        _require(len(numbers) in (0, made.features), there, "give one for each")
        finite = all(math.isfinite(number) for number in numbers)
        _require(finite, f"{name} is not finite everywhere", "give numbers")
    _require(all(map(math.isfinite, made.axis)), "axis is not finite everywhere", "give numbers")
    _require(len(made.centre) == len(made.scale), "centre and scale differ in length", "give both")
    _require(all(number > 0 for number in made.scale), "scale is not positive", "give it so")


def _check_shape(preparation: Preparation) -> None:
    """Raise ModelError for sizes beyond reason."""
    wrong = kind_of(preparation).misfit(preparation.shape)
    if wrong is not None:
        raise ModelError(wrong[0], remedy=wrong[1])


def _allow(preset: str, what: str, asked: str, there: Iterable[str], kind: str = FIRST) -> None:
    """Raise ModelError where ``asked`` is not among what there is."""
    of = "" if kind == FIRST else f" for {kind}"
    _require(asked in there, f"{preset} has no {what} {asked!r}{of}", _one(there))


def _require(good: bool, what: str, remedy: str) -> None:
    if not good:
        raise ModelError(what, remedy=remedy)


def _one(names: Iterable[str]) -> str:
    return "choose one of " + ", ".join(names)
