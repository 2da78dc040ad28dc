"""explorer.app.words.messages: a hint ends with what it speaks of; what was done stays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from explorer.app.state import Action, LayerAppearance, State
from explorer.app.words.messages import Messages
from explorer.errors import DataError
from tests.fakes import toy_dataset


@pytest.fixture
def messages(state: State) -> Messages:
    return Messages(state, state)


CHANGES: dict[str, Any] = {
    "selection": np.array([1]), "training": "running",
    "layers": {"points": LayerAppearance(visible=False)},
    "dataset": toy_dataset(),
}  # fmt: skip


@pytest.mark.parametrize("field", CHANGES)
@pytest.mark.parametrize(("tone", "stays"), [("hint", False), ("done", True), ("bad", True)])
def test_a_hint_ends_with_the_present(
    messages: Messages, state: State, field: str, tone: str, stays: bool
) -> None:
    messages.say("Something", tone)
    state.update(hover=3)
    assert state.now.message is not None and state.now.message.text == "Something"
    state.update(**{field: CHANGES[field]})
    assert (state.now.message is not None) == stays


def test_a_hint_that_comes_with_a_change_is_of_what_is_then(
    messages: Messages, state: State
) -> None:
    messages.say("Before")
    state.update(selection=np.array([1]))
    messages.say("After")
    state.update(hover=3)
    assert state.now.message is not None and state.now.message.text == "After"


def test_a_hint_that_asks_stays(messages: Messages, state: State) -> None:
    messages.say("Shall it?", actions=[Action("Yes", lambda: None)])
    state.update(selection=np.array([1]))
    assert state.now.message is not None and len(state.now.message.actions) == 1


def test_an_error_has_its_details(messages: Messages, state: State) -> None:
    messages.say_error(DataError("no rows", remedy="give some"))
    said = state.now.message
    assert said is not None and said.tone == "bad" and said.text == "No rows: give some"
