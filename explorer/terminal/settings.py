"""The settings of a training that are given in words: ``--set name=value``."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from explorer.config import check, from_json, with_overrides
from explorer.errors import SettingsError
from explorer.models.config import ModelConfig
from explorer.models.pieces import settings_by_name, with_settings
from explorer.models.presets import presets
from explorer.training.config import TrainingConfig


def before(folder: Path) -> tuple[ModelConfig, TrainingConfig]:
    """The settings of the training that ``folder`` holds. Raises CheckpointError."""
    from explorer.models import checkpoint

    saved = checkpoint.load(folder)
    names = {f.name for f in dataclasses.fields(TrainingConfig)}
    values = {name: value for name, value in saved.training.items() if name in names}
    return saved.config, from_json(TrainingConfig, values, where=str(folder))


def overridden(
    model: ModelConfig, training: TrainingConfig, words: tuple[str, ...]
) -> tuple[ModelConfig, TrainingConfig]:
    """Both with ``name=value`` put where it belongs; other names are options of the preset."""
    of_model = {f.name for f in dataclasses.fields(ModelConfig)} - {"options"}
    of_training = {f.name for f in dataclasses.fields(TrainingConfig)}
    given = dict(map(_pair, words))
    model = with_overrides(model, {k: v for k, v in given.items() if k in of_model})
    training = with_overrides(training, {k: v for k, v in given.items() if k in of_training})
    rest = {k: v for k, v in given.items() if k not in of_model | of_training}
    options = {name: _number(name, text) for name, text in rest.items()}
    model = replace(model, options={**model.options, **options})
    check_options(model, of_model | of_training)
    check_pieces(model, options)
    check(training)
    return model, training


def check_options(model: ModelConfig, fields: set[str]) -> None:
    """Raise SettingsError for an option that the preset does not have."""
    preset = presets[model.preset]
    for name in model.options:
        if name not in preset.options:
            there = ", ".join(sorted(fields | set(preset.options)))
            raise SettingsError(
                f"there is no setting called {name!r}", remedy=f"choose one of {there}"
            )
    for name, asked, allowed in (
        ("likelihood", model.likelihood, preset.likelihoods),
        ("body", preset.body_for(model.body), preset.all_bodies),
    ):
        if asked and asked not in allowed:
            raise SettingsError(
                f"{model.preset} has no {name} {asked!r}",
                remedy=f"choose one of {', '.join(dict.fromkeys(allowed))}",
            )


def check_pieces(model: ModelConfig, given: Mapping[str, float]) -> None:
    """Raise SettingsError for a setting that no piece of the model has, or that is out of range."""
    preset = presets[model.preset]
    pieces = {one for kind in preset.kinds for one in preset.pieces(model, kind)}
    there = settings_by_name(list(pieces))
    for name in given:
        if name not in there:
            one = " and ".join(filter(None, (model.body, model.likelihood)))
            raise SettingsError(
                f"{name} is no setting of {model.preset} with {one}",
                remedy=f"choose one of {', '.join(sorted(there))}" if there else "leave it out",
            )
    for piece in pieces:
        with_settings(piece, given)


def _pair(word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not (name and equals):
        raise SettingsError(f"--set {word!r} is no setting", remedy="write name=value")
    return name.replace("-", "_"), value


def _number(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise SettingsError(f"{name} = {text!r} is not a number", remedy="give one") from None
