"""What is opened and kept: who is told, and in what order it is offered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from explorer.app import needs
from explorer.app.commands import Context, all_commands
from explorer.app.session import Session
from explorer.app.state import State
from explorer.data.bundled import BUNDLED
from tests.app.actions.making import Told
from tests.app.history.test_past import model


@pytest.fixture
def context(state: State, session: Session, jobs: Any) -> Context:
    jobs.close()
    return Context(state, session, Told())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        *((f"open-{name}", ("open", name)) for name in BUNDLED),
        ("open-files", ("ask_for_file",)),
        ("open-folder", ("ask_for_folder",)),
        ("paste", ("paste",)),
    ],
)
def test_the_window_opens_what_is_asked_for(context: Context, name: str, told: Any) -> None:
    command = all_commands()[name]
    assert not command.missing(context)
    command.act(context)
    window: Any = context.window
    assert window.told == [told]


def test_a_model_is_saved_once_there_is_one(context: Context) -> None:
    save = all_commands()["save-model"]
    assert save.missing(context) == needs.MODEL
    context.state.update(model=model("a"))
    assert not save.missing(context)
    session: Any = Told()
    save.act(replace(context, session=session))
    assert session.told == [("save_elsewhere",)]


def test_bundled_data_come_first_then_ones_own_then_what_is_kept() -> None:
    found = [c for c in all_commands().values() if c.menu == "open"]
    names = [c.name for c in sorted(found, key=lambda c: c.order)]
    own = ["open-files", "open-folder", "paste", "save-model"]
    assert names == [*(f"open-{name}" for name in BUNDLED), *own]
    assert len({c.order for c in found}) == len(found)
