"""The keeper's own rules; keeping in the window is in the journeys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.app.background.jobs import Jobs
from explorer.app.keeping import keeper as rules
from explorer.app.keeping.keeper import Keeper
from explorer.app.session import Session
from explorer.app.state import Action, State
from explorer.compute import unheard
from explorer.compute.runs import RunRecord
from explorer.data.dataset import Preparation
from explorer.errors import Cancelled, EnvironmentFault
from explorer.models import autoencoder, checkpoint
from explorer.models.checkpoint import Saved
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.training.history import Trained
from explorer.training.record.curve import empty
from explorer.training.record.curve_writer import CurveWriter
from tests.fakes import toy_dataset

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


class _Answers:
    """Remembers what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, Callable[[Any], None], dict[str, Any]]] = []

    def ask(self, question: object, shown: Callable[[Any], None], **more: Any) -> None:
        self.asked.append((question, shown, more))


@pytest.fixture
def answers(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> _Answers:
    found = _Answers()
    monkeypatch.setattr(keeper, "_answers", found)
    return found


def test_a_model_is_saved_with_what_is_known_of_it_by_then(
    keeper: Keeper, state: State, answers: _Answers, tmp_path: Path
) -> None:
    model, data = _snapshot("m"), toy_dataset(6)
    codes = Codes("m", *np.zeros((2, 6, 2), np.float32), np.arange(6))
    state.update(dataset=data, model=model)
    keeper.save(tmp_path / "a")
    state.update(codes=codes)
    keeper.save(tmp_path / "a")
    first, second = (question for question, _, _ in answers.asked)
    assert (first.model, first.codes, first.resume, first.curve) == (model, None, None, None)
    assert second.codes is codes and second.dataset is data
    lost = _unsaved("other")
    keeper.save(tmp_path / "b", lost)
    third = answers.asked[-1][0]
    assert third.model is lost.snapshot and third.codes is None and third.curve is lost.curve
    state.update(model=None)
    keeper.save(tmp_path / "c")
    assert len(answers.asked) == 3 and "no model to save" in state.now.message.text


def test_a_curve_is_saved_up_to_the_moment_shown(
    keeper: Keeper, state: State, answers: _Answers, tmp_path: Path
) -> None:
    writer = CurveWriter(empty(2, 3))
    writer.add(6, [1] * 6, np.zeros((6, 3)))
    state.update(model=_snapshot("m"), curve=writer.curve)
    keeper.save(tmp_path / "a")
    state.update(epoch=1.0)
    keeper.save(tmp_path / "a")
    whole, part = (question.curve for question, _, _ in answers.asked)
    assert (len(whole), len(part)) == (6, 2)


def test_what_lies_in_the_folder_is_asked_about_or_left(
    keeper: Keeper, state: State, answers: _Answers, tmp_path: Path
) -> None:
    data = {"name": "toy"}
    state.update(model=replace(_snapshot("m"), data=data))
    checkpoint.save(tmp_path / "model", _snapshot("old"))
    keeper.save(tmp_path / "model")
    said = state.now.message
    text = f"The model vae of toy is not saved yet: a model lies in {tmp_path / 'model'}"
    assert (said.text, said.tone) == (text, "warn") and said.holds()
    assert [a.text for a in said.actions] == ["Save over it", "Save elsewhere..."]
    said.actions[0].act()
    ((question, shown, _),) = answers.asked
    assert question.folder == tmp_path / "model"
    shown(Saved(replace(question.model, path="/there"), "one weight was not finite"))
    assert not said.holds(), "it is saved by now"
    kept = state.now.message
    assert kept.text == "Model kept in /there (one weight was not finite)" and kept.tone == "done"
    (tmp_path / "things").mkdir()
    (tmp_path / "things" / "letter").touch()
    keeper.save(tmp_path / "things")
    said = state.now.message
    assert "other things lie there" in said.text and said.tone == "bad" and len(answers.asked) == 1
    wanted: list[Callable[[str], None]] = []
    keeper._session.folder_wanted.connect(lambda _, put: wanted.append(put))
    said.actions[0].act()
    keeper.save_elsewhere()
    for i, put in enumerate(wanted):
        put(str(tmp_path / f"new {i}"))
    assert [q.folder.name for q, _, _ in answers.asked[1:]] == ["new 0", "new 1"]


def test_a_save_that_failed_may_be_tried_elsewhere_and_a_cancelled_one_is_silent(
    keeper: Keeper, state: State, answers: _Answers, tmp_path: Path
) -> None:
    state.update(model=_snapshot("m"))
    keeper.save(tmp_path / "a")
    failed = answers.asked[0][2]["failed"]
    failed(Cancelled())
    assert state.now.message is None
    failed(EnvironmentFault("no room", where="/a"))
    assert state.now.message.tone == "bad" and "no room" in state.now.message.text.lower()
    assert [a.text for a in state.now.message.actions] == ["Save elsewhere..."]


def test_an_end_that_was_seen_is_not_offered_again_and_the_folder_is_tidied(
    keeper: Keeper, state: State, answers: _Answers, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    forgotten: list[Path] = []
    monkeypatch.setattr(unheard, "forget", forgotten.append)
    lost = _unsaved("a")
    keeper.heard(tmp_path, lost)
    assert keeper.unsaved == {"a": lost} and forgotten == [] and answers.asked == []
    kept = replace(lost, snapshot=replace(lost.snapshot, path=str(tmp_path)))
    for trained, folder in ((kept, tmp_path), (replace(lost, unsaved=None), None)):
        keeper.heard(folder, trained)
    assert forgotten == [tmp_path]
    ((question, _, _),) = answers.asked
    assert question.folder == keeper.folder and question.spare == (tmp_path,)
    state.update(model=replace(_snapshot("m"), path="/shown"))
    keeper.prune(tmp_path)
    assert answers.asked[1][0].spare == (tmp_path, Path("/shown"))
    said = state.now.message
    keeper._say_gone("")
    assert state.now.message is said


def test_a_model_has_a_name_in_sentences() -> None:
    assert rules.named(_snapshot("m")) == "the model vae"
    assert rules.named(replace(_snapshot("m"), data={"name": "toy"})) == "the model vae of toy"
