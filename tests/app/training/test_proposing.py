"""What is proposed for data is round and sane, and nothing of another data set travels on."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from explorer.app.session import Session
from explorer.app.state import State
from explorer.app.training.proposing import (
    OF_ANY_DATA,
    config_for_data,
    config_for_kind,
    proposed,
    renewed,
)
from explorer.compute.opening.source import Opened
from explorer.config import settings_of
from explorer.data.dataset import Dataset, Preparation
from explorer.models.config import ModelConfig
from explorer.models.presets import presets
from explorer.training.config import TrainingConfig


def data_of(n: int, name: str = "toy") -> Dataset:
    rows, test = np.zeros((n, 8, 8, 1), np.uint8), np.zeros(n, np.bool_)
    return Dataset(name, rows, Preparation(8, 8), test, source=name)


@pytest.mark.parametrize("n", [1, 2, 31, 33, 120, 288, 1437, 1500, 6000, 54_000, 10**6])
@pytest.mark.parametrize("preset", list(presets))
def test_epochs_are_round_and_enough(n: int, preset: str) -> None:
    data = replace(data_of(1), x=np.zeros((n, 1, 1, 1), np.uint8), preparation=Preparation(1, 1),
                   test=np.zeros(n, np.bool_))  # fmt: skip
    config = proposed(preset, data)
    usual = presets[preset].training.get("epochs", TrainingConfig.epochs)
    steps = config.epochs * -(-n // config.batch_size)
    digits = str(config.epochs).rstrip("0")
    assert config.epochs == usual or digits in ("1", "2", "5")
    assert steps >= 1600 and usual <= config.epochs <= 2000
    if config.epochs != usual:
        assert steps <= 5200  # no more than the next round number asks for


@pytest.mark.parametrize(
    ("n", "batch", "epochs"),
    [
        (0, 32, 2000),
        (1, 32, 2000),  # one step an epoch
        (512, 32, 100),  # just 1600 steps
        (513, 32, 100),
        (480, 32, 200),
        (999, 32, 60),
        (1000, 64, 100),
        (3999, 64, 60),
        (4000, 128, 60),
    ],
)
def test_batches_and_epochs_that_data_are_proposed(n: int, batch: int, epochs: int) -> None:
    """Of 60 epochs usually, and 1600 steps at least; larger data have larger batches."""
    found = config_for_data(TrainingConfig(), data_of(n))
    assert (found.batch_size, found.epochs) == (batch, epochs)


def other_than(config: TrainingConfig, name: str) -> object:
    """A value of the setting that nobody proposes."""
    setting = next(s for s in settings_of(TrainingConfig) if s.name == name)
    now = getattr(config, name)
    if setting.choices:
        return next(choice for choice in reversed(setting.choices) if choice != now)
    return now + 1 if isinstance(now, int) else now + 0.25


@pytest.mark.parametrize("name", [field.name for field in fields(TrainingConfig)])
@pytest.mark.parametrize("preset", ["vae", "iwae", "linear-ae"])
def test_what_was_set_for_other_data_goes_and_is_said(name: str, preset: str) -> None:
    first, second, model = data_of(100, "first"), data_of(5000, "second"), ModelConfig(preset)
    usual = proposed(preset, first)
    assert renewed(model, usual, first, second).said == ""
    by_hand = replace(usual, **{name: other_than(usual, name)})
    found = renewed(model, by_hand, first, second)
    label = next(s.label for s in settings_of(TrainingConfig) if s.name == name)
    if name in OF_ANY_DATA:
        assert getattr(found.training, name) == getattr(by_hand, name) and not found.said
    else:
        assert found.training == proposed(preset, second)
        assert label.lower() in found.said.lower() and "set for first" in found.said
    again = renewed(model, by_hand, first, replace(first))
    assert again.training == by_hand and not again.said
    start = renewed(model, replace(proposed(preset, None), lr=0.5), None, first)
    assert start.training == replace(usual, lr=0.5) and not start.said


def test_a_sigma_is_of_its_data() -> None:
    first, second = data_of(100, "first"), data_of(100, "second")
    model = ModelConfig("vae", options={"sigma": 0.1, "dropout": 0.5})
    found = renewed(model, proposed("vae", first), first, second)
    assert found.model.options == {"dropout": 0.5} and "Sigma" in found.said
    kept = renewed(model, proposed("vae", first), first, second, opened=model)
    assert kept.model.options == model.options and not kept.said


def test_a_model_that_is_opened_brings_its_presets_settings() -> None:
    data, linear = data_of(100), ModelConfig("linear-ae")
    usual = proposed("vae", data)
    for before in ("vae", "of tomorrow"):
        found = renewed(ModelConfig(before), usual, data, replace(data), linear)
        assert found.training.lr == 0.02
    back = renewed(linear, proposed("linear-ae", data), data, replace(data), ModelConfig("vae"))
    assert back.training.lr == TrainingConfig.lr
    other = data_of(100, "other")
    assert renewed(ModelConfig("vae"), usual, data, other, linear).training == proposed(
        "linear-ae", other
    )


def test_opening_says_what_it_reset(session: Session, state: State) -> None:
    first, second = data_of(100, "first"), data_of(5000, "second")
    session._opener.show(Opened("first", first, None, None))
    assert state.now.training_config == proposed("vae", first)
    session.configure(training=replace(state.now.training_config, lr=0.5, seed=7))
    session._opener.show(Opened("first", first, None, None))
    assert state.now.training_config.lr == 0.5
    assert state.now.message.text.startswith("Press Train")  # said anew, though it is the same
    session._opener.show(Opened("second", second, None, None))
    assert state.now.training_config == replace(proposed("vae", second), seed=7)
    said = state.now.message.text
    assert said.endswith("Learning rate is 0.001 again: 0.5 was set for first")
    session.configure(training=replace(state.now.training_config, lr=0.5, epochs=40))
    session._opener.show(Opened("first", first, None, None))
    said = state.now.message.text
    assert said.endswith("learning rate is 0.001 again: 40 and 0.5 were set for second")
    assert config_for_data(TrainingConfig(), second).epochs == 60


@pytest.mark.parametrize(
    ("body", "kind", "fits"),
    [
        ("conv", "images", "conv"),
        ("mlp", "images", "mlp"),
        ("conv", "signals", "conv1d"),
        ("conv1d", "images", "mlp"),
        ("conv", "table", "mlp"),
        ("mlp", "table", "mlp"),
    ],
)
def test_a_body_stays_where_the_preset_has_it_for_the_kind(body: str, kind: str, fits: str) -> None:
    assert config_for_kind(ModelConfig("vae", body), kind).body == fits


@pytest.mark.parametrize(
    ("likelihood", "kind", "fits"),
    [("bernoulli", "images", "bernoulli"), ("bernoulli", "table", ""),
     ("gaussian", "table", "gaussian"), ("", "images", "")],
)  # fmt: skip
def test_a_likelihood_stays_where_it_suits_the_kind(likelihood: str, kind: str, fits: str) -> None:
    assert config_for_kind(ModelConfig("vae", likelihood=likelihood), kind).likelihood == fits


def test_a_model_of_an_unknown_preset_is_left_alone() -> None:
    config = ModelConfig("of tomorrow", "conv", "bernoulli")
    assert config_for_kind(config, "table") is config
