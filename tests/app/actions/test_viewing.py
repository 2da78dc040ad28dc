"""Commands about how things are seen: each switch is one step of undo, each choice is marked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorer.app import needs
from explorer.app.commands import Command, Context, all_commands
from explorer.app.planes import planes
from explorer.app.session import Session
from explorer.app.state import State
from tests.app.actions.making import Told
from tests.fakes import toy_dataset


@pytest.fixture
def context(state: State, session: Session, jobs: Any) -> Context:
    jobs.close()
    return Context(state, session, Told())  # type: ignore[arg-type]


def command(name: str) -> Command:
    return all_commands()[name]


@pytest.mark.parametrize("name", ["follow", "smooth"])
def test_a_switch_turns_over_and_undo_turns_it_back(context: Context, name: str) -> None:
    switch = command(name)
    assert switch.checked is not None
    before = switch.checked(context.now)
    assert before == getattr(context.now, name)
    switch.act(context)
    assert switch.checked(context.now) != before
    assert context.state.undo() and switch.checked(context.now) == before


def test_who_no_longer_follows_sees_what_is_held(context: Context) -> None:
    context.state.update(z=np.zeros(2, np.float32), preview=np.ones(2, np.float32), follow=True)
    command("follow").act(context)
    assert context.now.preview is None and not context.now.follow


def test_the_window_does_the_rest(context: Context) -> None:
    for name in ("fit", "reset-layout", "colours-dark", "colours-light", "colours-system"):
        command(name).act(context)
    window: Any = context.window
    assert window.told == [
        ("fit",), ("reset_layout",), ("set_theme", "dark"), ("set_theme", "light"),
        ("set_theme", "system"),
    ]  # fmt: skip


def test_another_view_is_offered_of_every_plane_in_their_order(context: Context) -> None:
    choices = command("another-view").choices
    assert choices is not None
    found = choices(context)
    names = sorted(planes, key=lambda name: planes[name].order)
    assert [one.title for one in found] == [planes[name].title for name in names]
    for one in found:
        one.act()
    assert context.now.views == tuple(f"{name}:2" for name in names)


def test_a_class_is_muted_and_drawn_again(context: Context) -> None:
    classes = command("classes")
    assert classes.choices is not None
    assert classes.missing(context) == needs.DATA and list(classes.choices(context)) == []
    data = toy_dataset(20)
    context.state.update(dataset=data)
    assert classes.missing(context) == ""
    first, second, *_ = classes.choices(context)
    assert [one.title for one in classes.choices(context)] == list(data.classes)
    second.act()
    assert context.now.muted == {1}
    assert [one.on for one in classes.choices(context)][:2] == [True, False]
    first.act()
    second.act()
    assert context.now.muted == {0}
    assert context.state.undo() and context.now.muted == {0, 1}
    context.state.update(dataset=replace(data, labels=None))
    assert classes.missing(context) == needs.LABELS and list(classes.choices(context)) == []


def test_each_is_listed_in_its_order() -> None:
    def listed(menu: str, names: set[str]) -> list[str]:
        found = [c for c in all_commands().values() if c.menu == menu and c.name in names]
        return [c.name for c in sorted(found, key=lambda c: c.order)]

    assert listed("plane", {"fit", "follow"}) == ["follow", "fit"]
    views = ["smooth", "reset-layout", "another-view", "classes"]
    assert listed("view", set(views)) == views
    colours = [f"colours-{name}" for name in ("system", "light", "dark")]
    assert listed("colours", set(colours)) == colours


def test_colours_are_called_by_their_names() -> None:
    entries = [command(f"colours-{name}").entry for name in ("system", "light", "dark")]
    assert entries == ["Colours of the system", "Light", "Dark"]
