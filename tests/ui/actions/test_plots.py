"""Taking a plot along: its numbers as CSV, what is seen of it, and why it cannot be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from explorer.app.background.answers import Answers
from explorer.app.background.jobs import Jobs
from explorer.app.commands import Context, Shown
from explorer.app.state import State
from explorer.export.things import Thing
from explorer.task import NO_TASK
from explorer.ui.actions import plots as module
from explorer.ui.actions.plots import plots
from tests.ui.conftest import Asked

TABLE, VIEW, EXPORT = plots()
ROWS = [["epoch", "loss"], [1, 0.5], [2, 0.25]]


@pytest.fixture
def session(state: State, jobs: Jobs) -> Any:
    return Asked(Answers(state, jobs, jobs))


@pytest.fixture
def label(qtbot: Any) -> QLabel:
    made = QLabel("a plot")
    qtbot.addWidget(made)
    made.resize(60, 20)
    return made


def context(state: State, session: Any, label: Any, rows: Any = ROWS, **more: Any) -> Context:
    return Context(state, session, shown=Shown("losses", rows, "the losses", "the curve", label,
                                               **more))  # fmt: skip


def test_without_a_menu_each_says_how_to_get_one(state: State, session: Any) -> None:
    assert {c.missing(Context(state, session)) for c in plots()} == {"Right click a plot or a list"}
    assert TABLE.named is not None and "the numbers" in TABLE.named(Context(state, session))


def test_a_head_without_rows_is_nothing_yet(state: State, session: Any, label: QLabel) -> None:
    empty = context(state, session, label, ROWS[:1])
    assert {c.missing(empty) for c in plots()} == {"There is nothing to show yet"}
    assert {c.missing(context(state, session, label)) for c in plots()} == {""}


def test_a_picture_has_no_numbers(state: State, session: Any, label: QLabel) -> None:
    picture = context(state, session, label, ROWS[:1], thing=Thing("a", "a"))
    assert TABLE.missing(picture) == "It is a picture, without numbers"
    assert VIEW.missing(picture) == EXPORT.missing(picture) == ""


def test_numbers_are_copied_as_csv(state: State, session: Any, label: QLabel) -> None:
    here = context(state, session, label)
    assert TABLE.named is not None and TABLE.named(here) == "Copy the losses as CSV"
    TABLE.act(here)
    lines = QGuiApplication.clipboard().text().split()
    assert lines == ["epoch,loss", "1,0.5", "2,0.25"] and session.last("say") == "Copied the losses"


def test_many_numbers_are_found_when_they_are_asked_for(
    state: State, session: Any, label: QLabel
) -> None:
    found: list[bool] = []

    def table() -> Any:
        found.append(True)
        return {"z1": np.array([1.5, 2.5])}

    here = context(state, session, label, (), table=table)
    assert TABLE.missing(here) == "" and found == []
    TABLE.act(here)
    assert QGuiApplication.clipboard().text().split() == ["z1", "1.5", "2.5"] and found == [True]


def test_what_is_seen_is_copied(state: State, session: Any, label: QLabel) -> None:
    here = context(state, session, label)
    assert VIEW.named is not None and VIEW.named(here) == "Copy the curve"
    VIEW.act(here)
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (60, 20)


def test_what_leaves_is_the_thing_or_what_is_seen_with_its_numbers(
    state: State, session: Any, label: QLabel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Thing] = []
    monkeypatch.setattr(module, "ask_and_export", lambda *given: asked.append(given[2]))
    own = Thing("film", "the film")
    EXPORT.act(context(state, session, label, thing=own))
    EXPORT.act(context(state, session, label))
    assert asked[0] is own and asked[1].name == "losses"
    assert asked[1].picture(NO_TASK).shape == (20, 60, 3)  # type: ignore[misc]
    assert list(asked[1].table(NO_TASK)) == ["epoch", "loss"]  # type: ignore[misc]
