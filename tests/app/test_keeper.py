"""The keeper's own rules; keeping in the window is in the journeys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from explorer.app import keeper as rules
from explorer.app.jobs import Jobs
from explorer.app.keeper import Keeper
from explorer.app.session import Session
from explorer.app.state import Action, State
from explorer.compute import unheard
from explorer.compute.runs import RunRecord
from explorer.data.dataset import Preparation
from explorer.errors import EnvironmentFault
from explorer.models import autoencoder, checkpoint
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.training.history import Trained
from explorer.training.record.curve import empty

RUN = RunRecord(Path("/runs/one"), "fashion", "vae", 2, 6.4, 60, None, 0.0, 9, "running")
CONFIG = ModelConfig(hidden=8)
WEIGHTS = autoencoder.weights_of(autoencoder.build(CONFIG, Preparation(8, 8), seed=0))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("running", "was interrupted at epoch 6.4 of 60 and is kept"),
        ("stopped", "was interrupted at epoch 6.4 of 60 and is kept"),
        ("finished", "ended as the window was closed, and is kept"),
        ("ran away", "ran away after 6.4 epochs; its last good weights are kept"),
    ],
)
def test_what_became_of_a_training_is_one_sentence(state: str, said: str) -> None:
    text = rules.described(replace(RUN, state=state))
    assert text == f"The training of vae on fashion {said}"


def _snapshot(name: str) -> ModelSnapshot:
    return ModelSnapshot(name, CONFIG, Preparation(8, 8), WEIGHTS)


def _unsaved(name: str) -> Trained:
    fault = EnvironmentFault("the model could not be saved: no room", where="/runs/one")
    return Trained(_snapshot(name), empty(1, 1), None, 1.0, 1.0, "cpu", unsaved=fault)


@pytest.fixture
def keeper(session: Session) -> Keeper:
    return session._keeper


def test_every_model_that_could_not_be_kept_is_asked_for(
    keeper: Keeper, session: Session, state: State, jobs: Jobs, qtbot: Any, tmp_path: Path
) -> None:
    assert keeper.leave()
    for name in ("a", "b"):
        keeper.heard(tmp_path / name, _unsaved(name))
    assert not keeper.leave()
    wanted: list[Any] = []
    session.folder_wanted.connect(lambda _title, then: wanted.append(then))
    closed: list[bool] = []
    session.closing_wanted.connect(lambda: closed.append(True))
    session.answer(state.now.message.actions[0])
    wanted[0](tmp_path / "saved")
    qtbot.waitUntil(lambda: not jobs.busy)
    assert checkpoint.load(tmp_path / "saved").id == "b"
    assert not keeper.leave() and closed == []
    session.answer(state.now.message.actions[1])
    assert closed == [True] and keeper.leave()


def test_what_nobody_can_be_asked_about_is_put_where_there_is_room(
    keeper: Keeper, tmp_path: Path
) -> None:
    keeper.heard(tmp_path, _unsaved("a"))
    said = keeper.rescue()
    where = Path(said.removeprefix("the training is kept in ").partition(", as")[0])
    assert checkpoint.load(where).id == "a" and "no room" in said


def test_several_trainings_are_offered_one_after_the_other(
    state: State, jobs: Jobs, qtbot: Any, tmp_path: Path
) -> None:
    session = Session(state, jobs, runs=tmp_path)
    for name in ("a", "b", "c"):
        data = {"name": name}
        checkpoint.save(tmp_path / name, replace(_snapshot(name), data=data))
        (tmp_path / name / unheard.MARK).touch()
    (tmp_path / "c" / unheard.MARK).unlink()
    seen: set[str] = set()
    session.offer("never said")
    for more in (" (and 1 more)", ""):
        qtbot.waitUntil(lambda: state.now.message is not None)
        assert state.now.message.text.endswith(f"and is kept{more}")
        seen.add(Path(state.now.message.details).name)
        session.put_away()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert seen == {"a", "b"} and state.now.message is None
    session.offer("the settings are read-only")
    qtbot.waitUntil(lambda: state.now.message is not None)
    assert state.now.message.text == "The settings are read-only"
    jobs.close()
    session.deleteLater()


def test_what_went_is_said_after_what_was_done_and_a_question_is_left_alone(
    keeper: Keeper, session: Session, state: State
) -> None:
    session.say("Kept in /runs/a", "done")
    keeper._say_gone("the oldest run went")
    assert state.now.message.text == "Kept in /runs/a. The oldest run went"
    assert str(keeper.folder) in state.now.message.details
    session.say("Open it?", "done", actions=[Action("Open it", lambda: None)])
    keeper._say_gone("the oldest run went")
    assert state.now.message.text == "The oldest run went"
    session.put_away()
    assert state.now.message.text == "Open it?"
    session.put_away()
    assert state.now.message is None
