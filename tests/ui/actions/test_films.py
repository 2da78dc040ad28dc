from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication

from explorer.app.background.answers import Answers
from explorer.app.background.jobs import Jobs
from explorer.app.commands import Context, FilmFrame
from explorer.app.state import State
from explorer.compute.path.pictures import PathPictures
from explorer.ui.actions import films as module
from explorer.ui.actions.films import NO_FILM, films
from tests.ui.conftest import Asked, Toy

GO, COPY, EXPORT = films()
Z = np.array([[0, 0], [1, 0]], np.float32)


@pytest.fixture
def session(state: State, jobs: Jobs) -> Any:
    toy = Toy()
    toy.show(state)
    jobs.close()
    state.update(
        path_pictures=PathPictures(Z, Z, np.stack([toy.picture(v) for v in (20, 200)]), 1.0)
    )
    return Asked(Answers(state, jobs, jobs))


def test_without_a_film_all_say_so(state: State, session: Any) -> None:
    state.update(path_pictures=None)
    assert {command.missing(Context(state, session)) for command in films()} == {NO_FILM}


def test_without_a_menu_there_is_no_picture_to_go_to(state: State, session: Any) -> None:
    context = Context(state, session)
    assert GO.missing(context) == COPY.missing(context) == "Right click the film"
    assert EXPORT.missing(context) == ""


def test_one_picture_is_gone_to_and_copied(state: State, session: Any) -> None:
    visited = []
    context = Context(state, session, frame=FilmFrame(1, lambda: visited.append(1)))
    assert GO.missing(context) == COPY.missing(context) == ""
    GO.act(context)
    COPY.act(context)
    assert visited == [1]
    assert QGuiApplication.clipboard().image().pixelColor(0, 0).red() == 200


def test_the_path_is_exported_whole(
    state: State, session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(module, "ask_and_export", lambda *given: asked.append(given[2]))
    EXPORT.act(Context(state, session))
    assert [thing.name for thing in asked] == ["path"]
