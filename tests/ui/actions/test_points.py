from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication

from explorer.app.background.answers import Answers
from explorer.app.background.jobs import Jobs
from explorer.app.commands import Command, Context, PlanePoint
from explorer.app.state import State
from explorer.ui.actions.points import points
from tests.ui.conftest import Asked, Toy

MOVE, COPY = points()


@pytest.fixture
def session(state: State, jobs: Jobs) -> Any:
    Toy().show(state)
    return Asked(Answers(state, jobs, jobs))


@pytest.mark.parametrize("command", points(), ids=lambda command: command.name)
def test_without_a_menu_it_says_how_to_get_one(
    command: Command, state: State, session: Any
) -> None:
    assert command.missing(Context(state, session)) == "Right click a plane"


def test_the_cursor_is_moved_in_the_plane_as_one_step_of_undo(state: State, session: Any) -> None:
    point = PlanePoint("pca", (0.5, -1.25))
    context = Context(state, session, point=point)
    assert MOVE.missing(context) == COPY.missing(context) == ""
    marked, state.mark = [], lambda *given: marked.append(given)
    MOVE.act(context)
    assert session.given("move_in") == ("pca", (0.5, -1.25)) and len(marked) == 1


def test_its_coordinates_are_copied(state: State, session: Any) -> None:
    COPY.act(Context(state, session, point=PlanePoint("pca", (0.5, -1.25))))
    copied = QGuiApplication.clipboard().text()
    np.testing.assert_array_equal([float(v) for v in copied.split(",")], [0.5, -1.25])


def test_a_plane_that_shows_nothing_says_why(state: State, session: Any) -> None:
    state.renew()
    context = Context(state, session, point=PlanePoint("pca", (0, 0)))
    assert MOVE.missing(context) and COPY.missing(context)
