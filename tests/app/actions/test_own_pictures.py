"""Commands about own pictures: which need one, which need several, which way they go."""

from __future__ import annotations

from typing import Any

import pytest

from explorer.app.actions.own_pictures import NONE
from explorer.app.commands import Context, all_commands
from explorer.app.session import Session
from explorer.app.state import State
from explorer.data.pictures.own import Own, OwnPicture
from tests.fakes import toy_dataset

DATA = toy_dataset(20)
NAMES = ("own-next", "own-previous", "own-invert", "own-drop")


@pytest.fixture
def context(state: State, session: Session, jobs: Any) -> Context:
    jobs.close()
    state.update(dataset=DATA)
    return Context(state, session)


def _bring(context: Context, count: int) -> None:
    pictures = (OwnPicture(str(i), DATA.x[i], DATA.preparation) for i in range(count))
    context.state.update(own=Own(tuple(pictures)))


@pytest.mark.parametrize(
    ("count", "missing"),
    [(0, [NONE] * 4), (1, ["There is only one picture"] * 2 + ["", ""]), (2, [""] * 4)],
)
def test_what_is_missing_is_said(context: Context, count: int, missing: list[str]) -> None:
    if count:
        _bring(context, count)
    assert [all_commands()[name].missing(context) for name in NAMES] == missing


def test_next_and_previous_go_round_and_the_others_change_or_drop(context: Context) -> None:
    _bring(context, 3)
    seen = []
    for name in ("own-next", "own-next", "own-next", "own-previous"):
        all_commands()[name].act(context)
        seen.append(context.now.own.picture.name)
    assert seen == ["1", "2", "0", "2"]
    all_commands()["own-invert"].act(context)
    assert (context.now.own.picture.whole == 255 - DATA.x[2]).all()
    all_commands()["own-drop"].act(context)
    assert context.now.own is None


def test_they_are_listed_as_they_are_done() -> None:
    found = sorted((c for c in all_commands().values() if c.menu == "own"), key=lambda c: c.order)
    assert [c.name for c in found] == list(NAMES)
