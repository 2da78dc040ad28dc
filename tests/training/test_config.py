"""explorer.training.config: the limits of each setting, and what a preset puts in."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from explorer import config
from explorer.errors import SettingsError
from explorer.models.noises import in_order, noises
from explorer.models.presets import presets
from explorer.training.config import (
    CORRUPTIONS,
    KLS,
    OPTIMISERS,
    SCHEDULES,
    TrainingConfig,
    config_for_preset,
    settings_kept,
)

LIMITS = {
    "epochs": (1, 100_000),
    "batch_size": (1, 65_536),
    "lr": (0.0, None),
    "seed": (0, 2**31),
    "beta": (0.0, 1000.0),
    "warm_up": (0.0, None),
    "beta_start": (0.0, 1000.0),
    "draws": (1, 1000),
    "clip": (0.0, None),
    "validation": (0.0, 0.5),
    "patience": (1, 1000),
    "threads": (0, 1024),
    "momentum": (0.0, 0.999),
    "weight_decay": (0.0, 1.0),
    "free_bits": (0.0, 100.0),
    "corruption_amount": (0.0, 10.0),
}
CHOICES = {"schedule": SCHEDULES, "optimiser": OPTIMISERS, "corruption": CORRUPTIONS, "kl": KLS}


def test_every_number_has_its_limits_here() -> None:
    numbers = {f.name for f in fields(TrainingConfig) if f.type in ("int", "float")}
    assert numbers == set(LIMITS)


@pytest.mark.parametrize("name", LIMITS)
def test_a_number_goes_to_its_limits_and_no_further(name: str) -> None:
    low, high = LIMITS[name]
    step = 1 if isinstance(low, int) else 0.001
    config.check(replace(TrainingConfig(), **{name: low}))
    with pytest.raises(SettingsError):
        config.check(replace(TrainingConfig(), **{name: low - step}))
    config.check(replace(TrainingConfig(), **{name: 1e9 if high is None else high}))
    if high is not None:
        with pytest.raises(SettingsError):
            config.check(replace(TrainingConfig(), **{name: high + step}))


@pytest.mark.parametrize("name", CHOICES)
def test_a_word_is_one_of_those_that_there_are(name: str) -> None:
    for word in CHOICES[name]:
        config.check(replace(TrainingConfig(), **{name: word}))
    with pytest.raises(SettingsError):
        config.check(replace(TrainingConfig(), **{name: "sideways"}))


def test_the_noises_are_those_that_can_be_put_on() -> None:
    assert ("none", *in_order()) == CORRUPTIONS and set(in_order()) == set(noises)
    told = {one.name: one for one in config.settings_of(TrainingConfig)}
    assert told["corruption_amount"].help == (
        "How much noise. gaussian: sigma, in the units of x; salt-and-pepper: share of all numbers;"
        " patch: share of each side."
    )


def test_a_run_of_nobodys_wishes() -> None:
    plain = TrainingConfig()
    assert (plain.epochs, plain.batch_size, plain.lr, plain.seed) == (60, 128, 1e-3, 0)
    assert (plain.beta, plain.warm_up, plain.beta_start, plain.draws) == (1.0, 0.0, 0.0, 1)
    assert (plain.clip, plain.momentum, plain.weight_decay, plain.free_bits) == (2.0, 0.9, 0, 0)
    assert (plain.corruption, plain.corruption_amount, plain.kl) == ("none", 0.5, "closed")
    assert (plain.schedule, plain.optimiser, plain.device) == ("constant", "adam", "auto")


def test_a_preset_puts_in_what_it_sets_and_takes_it_back_as_it_is_left() -> None:
    denoising, plain = presets["denoising-ae"], presets["ae"]
    assert denoising.training and "corruption" in denoising.training
    put = config_for_preset(TrainingConfig(seed=3), denoising)
    assert put.corruption == denoising.training["corruption"] and put.seed == 3
    assert config_for_preset(put, plain, denoising) == config_for_preset(
        TrainingConfig(seed=3), plain
    )


def test_what_somebody_changed_stays_as_the_preset_is_left() -> None:
    denoising, plain = presets["denoising-ae"], presets["ae"]
    put = replace(config_for_preset(TrainingConfig(), denoising), corruption="patch")
    assert denoising.training["corruption"] != "patch"
    assert config_for_preset(put, plain, denoising).corruption == "patch"


def test_settings_are_found_among_all_that_is_kept_of_a_training() -> None:
    kept = settings_kept({"epochs": 7, "lr": 0.5, "epoch": 3.5, "device_name": "cpu"})
    assert kept == TrainingConfig(epochs=7, lr=0.5)
    with pytest.raises(SettingsError):
        settings_kept({"epochs": "many"})
