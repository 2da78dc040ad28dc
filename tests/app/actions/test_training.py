"""Commands about training: which can be done when, what they are called, what they ask for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from explorer.app import needs
from explorer.app.commands import Command, Context, all_commands
from explorer.app.state import State
from explorer.app.verbs import Verbs
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.models.presets import presets
from tests.fakes import toy_dataset

DATA = toy_dataset(20)
MODEL = ModelSnapshot("m", ModelConfig(), DATA.preparation, {})
CODES = Codes("m", *np.zeros((2, 20, 2), np.float32), np.arange(20))


class Session(Verbs):
    """The names of what it is asked to do."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Any] = []

    def __getattribute__(self, name: str) -> Any:
        if name in ("train", "stop", "pause", "encode", "choose_preset"):
            return lambda *given: self.asked.append((name, *given))
        return super().__getattribute__(name)


@pytest.fixture
def context(state: State) -> Context:
    return Context(state, Session())  # type: ignore[arg-type]


def command(name: str) -> Command:
    return all_commands()[name]


@pytest.mark.parametrize(
    ("training", "train", "stop", "names"),
    [
        ("idle", "", needs.TRAINING, ("Stop", "Pause")),
        ("running", needs.IDLE, "", ("Stop", "Pause")),
        ("paused", needs.IDLE, "", ("Stop", "Resume")),
        ("stopping", needs.IDLE, needs.STOPPING, ("Stopping", "Pause")),
    ],
)
def test_what_a_training_lets_do(
    context: Context, training: str, train: str, stop: str, names: tuple[str, str]
) -> None:
    context.state.update(dataset=DATA, training=training)
    assert command("train").missing(context) == train
    assert command("stop").missing(context) == command("pause").missing(context) == stop
    assert (command("stop").label(context), command("pause").label(context)) == names
    checked = command("pause").checked
    assert checked is not None and checked(context.now) == (training == "paused")


def test_without_data_nothing_is_trained(context: Context) -> None:
    assert command("train").missing(context) == needs.DATA


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, needs.DATA),
        ({"dataset": DATA}, needs.MODEL),
        ({"dataset": DATA, "model": MODEL}, ""),
        ({"dataset": DATA, "model": MODEL, "training": "running"}, needs.IDLE),
        ({"dataset": DATA, "model": MODEL, "codes": CODES}, "The codes are known already"),
    ],
)
def test_codes_are_found_where_they_are_not_known(
    context: Context, fields: dict[str, Any], missing: str
) -> None:
    context.state.update(**fields)
    assert command("find-codes").missing(context) == missing


def test_each_asks_the_session(context: Context) -> None:
    for name in ("train", "stop", "pause", "find-codes", "preset-ae"):
        command(name).act(context)
    session: Any = context.session
    assert session.asked == [
        ("train",), ("stop",), ("pause",), ("encode",), ("choose_preset", "ae"),
    ]  # fmt: skip


def test_a_network_is_offered_by_its_preset_in_their_order(context: Context) -> None:
    found = sorted((c for c in all_commands().values() if c.menu == "model"), key=lambda c: c.order)
    assert [c.entry for c in found if c.name.startswith("preset-")] == list(presets)
    for preset in presets.values():
        name = preset.name
        context.state.update(model_config=ModelConfig(preset=name))
        on = [c.entry for c in found if c.checked is not None and c.checked(context.now)]
        assert on == [name]
        said = command(f"preset-{name}").sentence
        assert said[0].isupper() and said[1:] == preset.summary[1:]


def test_a_network_that_does_not_suit_the_data_says_so(context: Context) -> None:
    context.state.update(dataset=DATA)
    kind = DATA.preparation.kind
    for preset in presets.values():
        name = preset.name
        said = command(f"preset-{name}").missing(context)
        assert said == ("" if kind in preset.kinds else f"It does not suit {kind}")


def test_a_network_is_chosen_as_one_step_of_undo(context: Context) -> None:
    session: Any = context.session
    state = context.state
    before = state.now.noise
    command("preset-ae").act(context)
    state.update(noise=before + 0.1)  # in the place of what the session does
    assert session.asked == [("choose_preset", "ae")]
    assert state.undo() and state.now.noise == before


def test_they_are_listed_as_they_are_done() -> None:
    names = ["train", "stop", "pause", "find-codes"]
    found = [c for c in all_commands().values() if c.name in names and c.menu == "train"]
    assert [c.name for c in sorted(found, key=lambda c: c.order)] == names
