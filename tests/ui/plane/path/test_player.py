"""What follows from a path: which questions are asked, and how z travels along it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from explorer.analysis.latent.paths import LatentPath
from explorer.app.background.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.path.pictures import DecodePath
from explorer.compute.path.route import FindRoute
from explorer.compute.path.survey import MeasurePath
from explorer.ui.plane.path import player as path_player
from explorer.ui.plane.path.player import PathPlayer
from explorer.ui.plane.path.strip import PathStrip
from explorer.ui.plane.plane_area import PlaneArea
from tests.ui.plane.conftest import CORNERS


class Clock:
    """In the place of the player's: so many ms have passed at each look."""

    def __init__(self, *passed: int) -> None:
        self._passed = list(passed)

    def start(self) -> None:
        pass

    def restart(self) -> int:
        return self._passed.pop(0)


@pytest.fixture
def player(plane_area: PlaneArea) -> PathPlayer:
    return plane_area.findChild(PathStrip).player


@pytest.fixture
def filmed(player: PathPlayer, state: State, qtbot: Any, jobs: Jobs) -> PathPlayer:
    state.update(path=LatentPath(CORNERS.copy()))
    qtbot.waitUntil(lambda: state.now.survey is not None and not jobs.busy)
    player._timer.setInterval(10**6)  # the test says when time passes
    return player


@pytest.fixture
def asked(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The questions, which nobody answers; those of what lies below the points left out."""
    heard: list[Any] = []

    def ask(question: Any, *_: Any, **__: Any) -> None:
        if question.lane != "tiles":
            heard.append(question)

    monkeypatch.setattr(session.answers, "ask", ask)
    return heard


def pass_time(player: PathPlayer, *passed: int) -> None:
    player._clock = Clock(*passed)  # type: ignore[assignment]
    for _ in passed:
        player._timer.timeout.emit()


def test_a_path_of_two_points_is_asked_for_and_one_point_is_not(
    player: PathPlayer, state: State, asked: list[Any]
) -> None:
    state.update(path=LatentPath(CORNERS[:1].copy()))
    assert asked == []
    path = LatentPath(CORNERS[:2].copy())
    state.update(path=path)
    film = asked[0]
    assert isinstance(film, DecodePath) and film.path is path and film.model is state.now.model
    asked.clear()
    state.update(path=None)
    assert asked == []


@pytest.mark.parametrize("codes", [True, False])
def test_among_neighbours_the_way_is_found_first_where_there_are_codes(
    player: PathPlayer, state: State, asked: list[Any], codes: bool
) -> None:
    if not codes:
        state.update(codes=None)
    state.update(path=LatentPath(CORNERS.copy(), "neighbours"))
    assert {type(question) for question in asked} == {FindRoute if codes else DecodePath}
    if codes:
        assert asked[0].codes is state.now.codes


def test_as_many_pictures_are_asked_for_as_there_is_room_for(
    player: PathPlayer, state: State, asked: list[Any]
) -> None:
    state.update(path=LatentPath(CORNERS.copy()))
    QApplication.processEvents()  # the strip takes its room, and says how many that is
    asked.clear()
    player.set_count(5)
    player.set_count(5)
    assert [question.count for question in asked] == [5]


def test_other_codes_are_measured_anew_and_those_of_another_model_wait_for_its_film(
    filmed: PathPlayer, state: State, asked: list[Any]
) -> None:
    codes, model = state.now.codes, state.now.model
    assert codes is not None and model is not None
    state.update(codes=replace(codes, mean=codes.mean * 2))
    assert any(isinstance(q, MeasurePath) and q.codes is state.now.codes for q in asked)
    asked.clear()
    state.update(model=replace(model, id="other"))
    assert not any(isinstance(question, MeasurePath) for question in asked)


def test_it_travels_at_one_speed_whatever_the_timer_does(filmed: PathPlayer, state: State) -> None:
    filmed.play()
    assert filmed.playing and state.now.path_at == 0.0
    whole = path_player.SECONDS * 1000
    pass_time(filmed, round(whole / 8), round(whole / 4))
    assert state.now.path_at == pytest.approx(3 / 8)
    np.testing.assert_allclose(state.now.z, (0.5, -1, 0), atol=1e-5)
    pass_time(filmed, round(whole))
    assert state.now.path_at == 1.0 and not filmed.playing
    np.testing.assert_allclose(state.now.z, CORNERS[-1], atol=1e-6)


def test_in_a_loop_it_goes_on_from_the_start(filmed: PathPlayer, state: State) -> None:
    filmed.loop = True
    filmed.play()
    pass_time(filmed, 3000, 2000)
    assert state.now.path_at == pytest.approx(0.25) and filmed.playing
    filmed.pause()


def test_it_sets_out_from_where_it_is_and_from_the_start_once_it_has_arrived(
    filmed: PathPlayer, state: State
) -> None:
    filmed.go(0.5)
    filmed.play()
    assert state.now.path_at == 0.5
    filmed.pause()
    filmed.go(1.0)
    filmed.play()
    assert state.now.path_at == 0.0
    filmed.pause()


def test_a_journey_is_one_step_of_undo(filmed: PathPlayer, state: State) -> None:
    before = state.now.z
    filmed.play()
    pass_time(filmed, 500, 500, 500)
    filmed.pause()
    assert state.undo() and state.now.z is before and state.now.path_at == 0.0


def test_it_tells_when_it_sets_out_and_when_it_stays(filmed: PathPlayer) -> None:
    told: list[bool] = []
    filmed.playing_changed.connect(lambda: told.append(filmed.playing))
    filmed.play()
    filmed.play()
    filmed.pause()
    filmed.pause()
    assert told == [True, False]


def test_stop_goes_back_to_the_start_as_a_step_of_undo(filmed: PathPlayer, state: State) -> None:
    filmed.go(0.5)
    filmed.stop()
    assert state.now.path_at == 0.0 and state.undo() and state.now.path_at == 0.5


def test_another_path_and_undo_hold_it(filmed: PathPlayer, state: State) -> None:
    filmed.play()
    state.update(path=LatentPath(CORNERS[::-1].copy()))
    assert not filmed.playing


def test_without_a_film_nothing_travels(player: PathPlayer, state: State) -> None:
    z = state.now.z
    player.play()
    player.go(0.5)
    assert not player.playing and state.now.z is z and player.kept() is None


def test_a_film_that_goes_meanwhile_ends_it(filmed: PathPlayer, state: State) -> None:
    filmed.play()
    state.update(path_pictures=None)
    pass_time(filmed, 100)
    assert not filmed.playing


def test_the_path_can_leave_once_its_pictures_are_there(filmed: PathPlayer) -> None:
    assert filmed.kept() is not None


def test_it_moves_as_a_film_does() -> None:
    """Between 20 and 60 pictures a second."""
    assert 1000 / 60 <= path_player.TICK_MS <= 1000 / 20


def test_before_the_strip_has_told_its_room_a_film_has_a_dozen_pictures_or_so() -> None:
    assert 8 <= path_player.COUNT <= 20
