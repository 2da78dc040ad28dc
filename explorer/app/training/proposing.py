"""What the next training is proposed to be: round numbers that suit the data and the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import count
from typing import Any

from explorer.analysis.cautions import listed
from explorer.config import settings_of
from explorer.data.dataset import Dataset
from explorer.models.config import ModelConfig
from explorer.models.presets import Preset, presets
from explorer.training.config import TrainingConfig, config_for_preset

STEPS = 2000  # that a training should have, where a sane number of epochs comes to them
NEARLY = 0.8  # of the steps will do, so that the number is a round one
OF_ANY_DATA = ("seed", "device", "threads", "kl", "validation", "patience", "stop_when_converged")


@dataclass(frozen=True)
class Proposal:
    """Both configurations for other data; said: what was set by hand and is no longer, or ""."""

    model: ModelConfig
    training: TrainingConfig
    said: str = ""


def config_for_data(config: TrainingConfig, dataset: Dataset) -> TrainingConfig:
    """Batches and epochs for about two thousand steps or more: a small set needs many epochs."""
    n = max(len(dataset.train_index), 1)
    batch = 128 if n >= 4000 else 64 if n >= 1000 else 32
    wanted = NEARLY * STEPS / -(-n // batch)
    enough = next(e for e in _round_numbers() if e >= wanted)
    return replace(config, batch_size=batch, epochs=max(config.epochs, enough))


def _round_numbers() -> Iterator[int]:
    """1, 2, 5, 10 and so on without end."""
    return (n * 10**power for power in count() for n in (1, 2, 5))


def proposed(preset: str, dataset: Dataset | None) -> TrainingConfig:
    """What stands in the form where nobody has set anything."""
    config = TrainingConfig()
    if preset in presets:
        config = config_for_preset(config, presets[preset])
    return config if dataset is None else config_for_data(config, dataset)


def renewed(
    model: ModelConfig,
    training: TrainingConfig,
    before: Dataset | None,
    dataset: Dataset,
    opened: ModelConfig | None = None,
) -> Proposal:
    """The settings once ``dataset`` is there instead of ``before``.

    What was set by hand for other data goes back to what is proposed, as a learning rate that
    suited one set may ruin another; the same data, opened again, keeps everything. opened: the
    configuration of the model that came with the data.
    """
    config = opened or model
    kind = dataset.preparation.kind
    if before is not None and before.source == dataset.source:
        return Proposal(config_for_kind(config, kind), _of_preset(training, model, config))
    usual, fresh = proposed(model.preset, before), proposed(config.preset, dataset)
    by_hand = [f.name for f in fields(training) if _differs(f.name, training, usual)]
    kept = by_hand if before is None else [name for name in by_hand if name in OF_ANY_DATA]
    new = replace(fresh, **{name: getattr(training, name) for name in kept})
    gone = [name for name in by_hand if _differs(name, training, new)]
    settings = presets[config.preset].all_settings if config.preset in presets else {}
    of_data = {name for name, one in settings.items() if one.of_data}
    options = {n: v for n, v in config.options.items() if n in of_data}
    if before is None or opened:
        options = {}
    rest = {n: v for n, v in config.options.items() if n not in options}
    said = "" if before is None else _said(gone, training, new, options, before.name)
    return Proposal(config_for_kind(replace(config, options=rest), kind), new, said)


def _differs(name: str, one: TrainingConfig, other: TrainingConfig) -> bool:
    return bool(getattr(one, name) != getattr(other, name))


def _of_preset(training: TrainingConfig, model: ModelConfig, config: ModelConfig) -> TrainingConfig:
    """With what another preset sets for itself, and without what the one before had set."""
    if config.preset == model.preset or config.preset not in presets:
        return training
    if model.preset not in presets:
        return config_for_preset(training, presets[config.preset])
    return config_for_preset(training, presets[config.preset], presets[model.preset])


def _said(
    gone: list[str],
    old: TrainingConfig,
    new: TrainingConfig,
    options: Mapping[str, Any],
    name: str,
) -> str:
    """Epochs is 100 and learning rate is 0.001 again: 40 and 0.5 were set for digits."""
    labels = {setting.name: setting.label for setting in settings_of(TrainingConfig)}
    words = [f"{labels[field]} is {_spelled(getattr(new, field))}" for field in gone]
    words += [f"{option} is the usual one" for option in options]
    before = [_spelled(getattr(old, field)) for field in gone]
    before += [_spelled(value) for value in options.values()]
    if not words:
        return ""
    verb = "was" if len(before) == 1 else "were"
    these = listed(words).lower()
    return f"{these[:1].upper()}{these[1:]} again: {listed(before)} {verb} set for {name}"


def _spelled(value: Any) -> str:
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)


def config_for_kind(config: ModelConfig, kind: str) -> ModelConfig:
    """``config`` with a body and a likelihood that its preset has for a kind of data."""
    if config.preset not in presets:
        return config
    preset: Preset = presets[config.preset]
    bodies, likelihoods = preset.bodies_for(kind), preset.likelihoods_for(kind)
    body = preset.body_for(config.body, kind)
    return replace(
        config,
        body=body if body in bodies or not bodies else bodies[0],
        likelihood=config.likelihood if config.likelihood in likelihoods else "",
    )
