"""What can be done with a path: what each needs, what it does, and where it is listed."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QToolButton

from explorer.app.commands import Context
from explorer.app.state import State
from explorer.ui.actions.films import NO_FILM
from explorer.ui.plane.path.commands import NO_PATH, PathCommands
from explorer.ui.plane.plane_area import PlaneArea

FILM = ("path-play", "path-stop", "path-loop")
PATH = ("path-fold", "path-clear")


class Player:
    """In the player's place: writes down what it is told."""

    def __init__(self) -> None:
        self.playing, self.told = False, list[str]()

    def __getattr__(self, name: str) -> Any:
        return lambda: self.told.append(name)


@pytest.fixture
def player() -> Player:
    return Player()


@pytest.fixture
def switches(qtbot: Any) -> list[QToolButton]:
    made = [QToolButton(), QToolButton()]
    for one in made:
        qtbot.addWidget(one)
        one.setCheckable(True)
    return made


@pytest.fixture
def commands(player: Player, switches: list[QToolButton]) -> PathCommands:
    return PathCommands(player, *switches)  # type: ignore[arg-type]


@pytest.fixture
def context(plane_area: PlaneArea, state: State) -> Context:
    return Context(state, plane_area.plane.session)


def missing(commands: PathCommands, context: Context) -> dict[str, str]:
    found = {name: one.missing(context) for name, one in commands.named.items()}
    return {name: reason for name, reason in found.items() if reason}


def test_each_says_what_it_needs(commands: PathCommands, context: Context, player: Player) -> None:
    still = {"path-pause": "z does not travel"}
    wanted = {**dict.fromkeys(FILM, NO_FILM), **dict.fromkeys(PATH, NO_PATH), **still}
    assert missing(commands, context) == wanted
    player.playing = True
    assert set(missing(commands, context)) == {*FILM, *PATH}


def test_with_a_path_and_its_film_all_can_be_done(
    commands: PathCommands, filmed: PlaneArea, context: Context
) -> None:
    assert set(missing(commands, context)) == {"path-pause"}
    context.state.update(path_pictures=None)
    assert set(missing(commands, context)) == {"path-pause", *FILM}


def test_each_does_what_it_is_called(
    commands: PathCommands, context: Context, player: Player, switches: list[QToolButton]
) -> None:
    for name in ("path-play", "path-pause", "path-stop"):
        commands.named[name].act(context)
    assert player.told == ["play", "pause", "stop"]
    loop, fold = switches
    commands.named["path-loop"].act(context)
    assert (loop.isChecked(), fold.isChecked()) == (True, False)
    commands.named["path-fold"].act(context)
    assert (loop.isChecked(), fold.isChecked()) == (True, True)


def test_to_clear_is_one_step_of_undo(
    commands: PathCommands, filmed: PlaneArea, context: Context
) -> None:
    path, state = context.now.path, context.state
    state.forget()
    commands.named["path-clear"].act(context)
    assert state.now.path is None
    assert state.undo() and state.now.path is path and not state.undo()


def test_they_are_listed_as_they_are_done(commands: PathCommands) -> None:
    """Travel, stay, back, loop; then, below a line, what is done with the path itself."""
    found = sorted(commands.named.values(), key=lambda one: one.order)
    assert [one.name for one in found] == [
        "path-play", "path-pause", "path-stop", "path-loop", "path-fold", "path-clear",
    ]  # fmt: skip
    assert [one.name for one in found if one.order >= 20] == list(PATH)
    assert {one.menu for one in found} == {"film"}
