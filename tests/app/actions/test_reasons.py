"""Why each command cannot be done, from the first moment to a training that runs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorer.app import needs
from explorer.app.commands import Context, all_commands
from explorer.app.session import Session
from explorer.app.state import State
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.ui import actions
from tests.fakes import toy_dataset

COMMANDS = all_commands(actions.__name__)
DATA = toy_dataset()
ABOUT_Z = [
    *("bookmark", "set-a", "set-b", "place-move", "place-copy-z", "place-copy-picture"),
    *("place-copy-python", "place-copy-command", "place-export"),
]
MARKED = ["join", "bookmark-go", "bookmark-remove"]
OWN = ["own-next", "own-previous", "own-invert", "own-drop"]
RUNS = ["stop", "pause"]
SAMPLE = ["sample-select", "sample-go", "sample-copy"]
VIEWED = ["picture-copy-shown", "picture-copy", "picture-export"]
PLOTTED = ["plot-copy-table", "plot-copy-view", "plot-export"]
AXES = ["axis-horizontal", "axis-vertical"]
ALWAYS = {
    **dict.fromkeys(OWN, "Paste or drop a picture first"),
    **dict.fromkeys(VIEWED, "Right click a picture"),
    **dict.fromkeys(PLOTTED, "Right click a plot or a list"),
}
FIRST = {
    **dict.fromkeys([*ABOUT_Z, *MARKED, *AXES, "save-model"], needs.MODEL),
    **dict.fromkeys(RUNS, needs.TRAINING),
    "clear": "Nothing is selected",
}
EMPTY = ALWAYS | FIRST | dict.fromkeys([*SAMPLE, "train", "find-codes"], needs.DATA)
OPENED = (
    ALWAYS | FIRST | dict.fromkeys(SAMPLE, needs.SELECTION) | {"find-codes": needs.MODEL}
)  # fmt: skip
SHOWN = {
    **ALWAYS, **dict.fromkeys(RUNS, needs.TRAINING), **dict.fromkeys(SAMPLE, needs.SELECTION),
    **dict.fromkeys(AXES, "All dimensions are shown"), "clear": "Nothing is selected",
    **dict.fromkeys(MARKED, "Bookmark a place first"), "join": "Set both ends first",
    "find-codes": "The codes are known already", "place-move": "z is there",
}  # fmt: skip
TRAINED = {
    **ALWAYS, **dict.fromkeys(["train", "find-codes"], needs.IDLE),
    **dict.fromkeys(AXES, "All dimensions are shown"), "join": "Set both ends first",
    **dict.fromkeys(MARKED[1:], "Bookmark a place first"), "place-move": "z is there",
    "sample-select": "It is the one selected",
}  # fmt: skip


def _show_data(state: State) -> None:
    state.update(dataset=DATA)


def _show_model(state: State) -> None:
    model = ModelSnapshot("m", ModelConfig(), DATA.preparation, {})
    mean = np.zeros((len(DATA), 2), np.float32)
    codes = Codes(model.id, mean, mean + 1, np.arange(len(DATA)))
    state.update(dataset=DATA, model=model, codes=codes, z=np.zeros(2, np.float32))


def _train(state: State) -> None:
    _show_model(state)
    state.update(training="running", selection=np.array([2]))


@pytest.mark.parametrize(
    ("show", "expected"),
    [(lambda _: None, EMPTY), (_show_data, OPENED), (_show_model, SHOWN), (_train, TRAINED)],
    ids=["empty", "data", "model", "training"],
)
def test_what_cannot_be_done_says_why_and_all_else_can(
    state: State, session: Session, jobs: Any, show: Any, expected: dict[str, str]
) -> None:
    jobs.close()  # nothing is to follow from it here
    show(state)
    context = Context(state, session)
    context = replace(context, place=state.now.z, sample=state.now.sample)
    found = {name: command.missing(context) for name, command in COMMANDS.items()}
    assert {name: reason for name, reason in found.items() if name in expected} == expected
    free = {name for name, reason in found.items() if not reason}
    assert free >= {"open-fashion", "open-files", "paste", "undo", "redo", "fit", "colours-dark"}
    known = set(EMPTY) | {"preset-vae"}
    assert {n for n, reason in found.items() if reason and n in known} <= set(expected)


def test_a_training_that_stops_already_says_so(state: State, session: Session) -> None:
    state.update(training="stopping")
    context = Context(state, session)
    assert {COMMANDS[name].missing(context) for name in RUNS} == {needs.STOPPING}


def test_a_sample_is_gone_to_with_a_model_only(state: State, session: Session) -> None:
    state.update(dataset=DATA, selection=np.array([2]))
    context = Context(state, session, sample=2)
    assert COMMANDS["sample-go"].missing(context) == needs.MODEL
    assert COMMANDS["sample-copy"].missing(context) == ""
    gone = Context(state, session, sample=len(DATA))
    assert COMMANDS["sample-go"].missing(gone) == needs.SELECTION
