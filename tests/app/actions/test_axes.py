"""Which dimensions are shown, chosen by commands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from explorer.app.commands import Context, all_commands
from explorer.app.session import Session
from explorer.app.state import State
from explorer.models.config import ModelConfig, ModelSnapshot
from tests.fakes import toy_dataset


@pytest.fixture
def context(state: State, session: Session) -> Context:
    data = toy_dataset()
    config = ModelConfig(latent_dim=4)
    state.update(model=ModelSnapshot("m", config, data.preparation, {}))
    return Context(state, session)


def _choose(context: Context, name: str, title: str) -> tuple[int, int]:
    choices = all_commands()[name].choices(context)
    assert [one.title for one in choices] == ["z1", "z2", "z3", "z4"]
    next(one for one in choices if one.title == title).act()
    return context.now.plane("latent").axes


def test_a_dimension_is_chosen_for_each_axis_and_undone(context: Context) -> None:
    assert _choose(context, "axis-horizontal", "z3") == (2, 1)
    assert _choose(context, "axis-vertical", "z4") == (2, 3)
    assert context.state.undo() and context.now.plane("latent").axes == (2, 1)


def test_the_dimension_of_the_other_axis_changes_places(context: Context) -> None:
    assert _choose(context, "axis-horizontal", "z2") == (1, 0)
    shown = [one.title for one in all_commands()["axis-vertical"].choices(context) if one.on]
    assert shown == ["z1"]


def test_what_is_shown_already_is_no_step(context: Context) -> None:
    _choose(context, "axis-vertical", "z2")
    assert not context.state.undo()


def test_two_dimensions_leave_no_choice(context: Context) -> None:
    model: Any = context.now.model
    context.state.update(model=replace(model, id="o", config=ModelConfig(latent_dim=2)))
    assert all_commands()["axis-vertical"].missing(context) == "All dimensions are shown"
