"""Which dimensions are shown, chosen by commands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from explorer.app import needs
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


@pytest.mark.parametrize("i", [0, 1])
@pytest.mark.parametrize("dimension", range(4))
@pytest.mark.parametrize("before", [(0, 1), (1, 0), (3, 2)])
def test_whatever_is_chosen_is_shown_and_never_twice(
    context: Context, before: tuple[int, int], i: int, dimension: int
) -> None:
    context.state.update_plane("latent", axes=before)
    name = ("axis-horizontal", "axis-vertical")[i]
    axes = _choose(context, name, f"z{dimension + 1}")
    assert axes[i] == dimension and axes[0] != axes[1]
    assert axes[1 - i] == (before[i] if dimension == before[1 - i] else before[1 - i])
    titles = [one.title for one in all_commands()[name].choices(context) if one.on]
    assert titles == [f"z{dimension + 1}"]


@pytest.mark.parametrize(
    ("d", "missing"),
    [(1, "All dimensions are shown"), (2, "All dimensions are shown"), (3, ""), (4, ""), (16, "")],
)
def test_two_dimensions_leave_no_choice(context: Context, d: int, missing: str) -> None:
    model: Any = context.now.model
    context.state.update(model=replace(model, id="o", config=ModelConfig(latent_dim=d)))
    assert all_commands()["axis-vertical"].missing(context) == missing


def test_without_a_model_there_is_nothing_to_choose(context: Context) -> None:
    context.state.update(model=None)
    for name in ("axis-horizontal", "axis-vertical"):
        command = all_commands()[name]
        assert command.missing(context) == needs.MODEL and list(command.choices(context)) == []


def test_the_horizontal_axis_is_chosen_first() -> None:
    found = sorted((c.order, c.title) for c in all_commands().values() if c.menu == "axes")
    assert [title for _, title in found] == ["Horizontal axis", "Vertical axis"]
