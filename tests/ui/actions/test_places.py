"""Taking a place of latent space along: as numbers, as Python, as a command, as a picture."""

from __future__ import annotations

import ast
import shlex
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication

from explorer.app import needs
from explorer.app.background.answers import Answers
from explorer.app.background.jobs import Jobs
from explorer.app.commands import Command, Context
from explorer.app.state import State
from explorer.compute.decoding.place import DecodePlace
from explorer.ui.actions import places as module
from explorer.ui.actions.places import numbers, places
from tests.ui.conftest import Asked, Toy

MOVE, COPY_Z, COPY_PICTURE, COPY_PYTHON, COPY_COMMAND, EXPORT = places()
Z = np.array([0.5, -1.25], np.float32)


@pytest.fixture
def session(state: State, jobs: Jobs) -> Any:
    Toy().show(state)
    return Asked(Answers(state, jobs, jobs))


@pytest.fixture
def context(state: State, session: Any) -> Context:
    return Context(state, session, place=Z)


def copied() -> str:
    return QGuiApplication.clipboard().text()


@pytest.mark.parametrize("command", places(), ids=lambda command: command.name)
def test_without_a_model_each_says_what_is_missing(
    command: Command, state: State, session: Any
) -> None:
    assert command.missing(Context(state, session)) == needs.MODEL
    state.renew()
    assert command.missing(Context(state, session, place=Z)) == needs.MODEL


def test_where_z_is_held_there_is_nowhere_to_move_it(context: Context, state: State) -> None:
    assert MOVE.missing(context) == ""
    assert MOVE.missing(replace(context, place=state.now.z)) == "z is there"
    assert COPY_Z.missing(replace(context, place=state.now.z)) == ""


def test_z_moves_there_as_one_step_of_undo(context: Context, state: State, session: Any) -> None:
    marked: list[Any] = []
    state.mark = lambda *given: marked.append(given)  # type: ignore[method-assign]
    MOVE.act(context)
    assert session.last("move") is Z and len(marked) == 1


def test_numbers_read_back_are_the_place(context: Context, session: Any) -> None:
    COPY_Z.act(context)
    assert copied() == "0.5,-1.25" and session.last("say") == "Copied z = 0.5,-1.25"
    z = np.random.default_rng(0).normal(size=7).astype(np.float32)
    np.testing.assert_allclose([float(v) for v in numbers(z).split(",")], z, rtol=1e-5)


def test_the_python_is_python_about_the_model_s_folder(
    context: Context, state: State, session: Any
) -> None:
    model = state.now.model
    assert model is not None
    state.update(model=replace(model, path="/models/it's mine"), z=Z)
    COPY_PYTHON.act(context)
    tree = ast.parse(copied())
    texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
    assert "/models/it's mine" in texts and 0.5 in texts and 1.25 in texts
    assert session.last("say") == "Copied"


def test_the_command_survives_a_shell(context: Context, state: State) -> None:
    model = state.now.model
    assert model is not None
    state.update(model=replace(model, path="/models/it's mine"), z=Z)
    COPY_COMMAND.act(context)
    assert shlex.split(copied()) == [
        "latent-explorer", "decode", "/models/it's mine", "--z", "0.5,-1.25", "--out",
        "picture.png",
    ]  # fmt: skip


@pytest.mark.parametrize("command", [COPY_PYTHON, COPY_COMMAND], ids=["python", "command"])
def test_of_a_model_that_is_not_saved_it_says_where_to_save_it(
    command: Command, context: Context, session: Any
) -> None:
    command.act(context)
    assert module.UNSAVED in copied() and f"save the model as {module.UNSAVED}" in session.last(
        "say"
    )


def test_the_picture_of_the_place_is_asked_for_and_copied(
    context: Context, session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(session.answers, "ask", lambda *given, **_: asked.append(given))
    COPY_PICTURE.act(context)
    ((question, done),) = asked
    assert isinstance(question, DecodePlace) and question.model is context.now.model
    np.testing.assert_array_equal(question.z, Z)
    done(np.full((8, 8, 1), 77, np.uint8))
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (8, 8) and image.pixelColor(3, 3).red() == 77
    assert session.last("say") == "Copied the picture"


def test_what_is_exported_is_the_picture_of_the_place(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(module, "ask_and_export", lambda *given: asked.append(given[2]))
    EXPORT.act(context)
    assert [thing.name for thing in asked] == ["picture"] and asked[0].picture is not None
