"""Undo, redo, clear: what goes first, and when there is nothing to clear."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from explorer.analysis.latent.paths import LatentPath
from explorer.app.commands import Context, all_commands
from explorer.app.session import Session
from explorer.app.state import State
from explorer.data.pictures.own import Own, OwnPicture
from tests.fakes import toy_dataset

DATA = toy_dataset(20)
PATH = LatentPath(np.eye(2, dtype=np.float32))
NONE = "Nothing is selected"


@pytest.fixture
def context(state: State, session: Session, jobs: Any) -> Context:
    jobs.close()
    return Context(state, session)


def _left(context: Context) -> list[str]:
    now = context.now
    there = {"path": now.path is not None, "selection": len(now.selection) > 0,
             "own": now.own is not None}  # fmt: skip
    return [name for name, is_there in there.items() if is_there]


def test_a_path_being_drawn_goes_first_then_the_selection(context: Context) -> None:
    clear = all_commands()["clear"]
    context.state.update(dataset=DATA, tool="path", path=PATH, selection=np.array([1, 2]))
    seen = []
    while not clear.missing(context):
        seen.append(_left(context))
        clear.act(context)
    assert seen == [["path", "selection"], ["selection"]] and clear.missing(context) == NONE
    assert context.state.undo() and _left(context) == ["selection"]
    assert context.state.undo() and _left(context) == ["path", "selection"]


def test_with_another_tool_the_path_stays(context: Context) -> None:
    clear = all_commands()["clear"]
    context.state.update(dataset=DATA, tool="probe", path=PATH)
    assert clear.missing(context) == NONE
    context.state.update(selection=np.array([1]))
    clear.act(context)
    assert _left(context) == ["path"]


def test_own_pictures_are_put_away(context: Context) -> None:
    clear = all_commands()["clear"]
    own = Own((OwnPicture("a", DATA.x[0], DATA.preparation),))
    context.state.update(dataset=DATA, own=own, tool="path")
    assert clear.missing(context) == ""
    clear.act(context)
    assert _left(context) == [] and clear.missing(context) == NONE


def test_undo_and_redo_go_back_and_forth(context: Context) -> None:
    context.state.mark()
    context.state.update(noise=0.25)
    all_commands()["undo"].act(context)
    assert context.now.noise == 0.5
    all_commands()["redo"].act(context)
    assert context.now.noise == 0.25
