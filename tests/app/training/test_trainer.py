"""The trainer's own rules; training in the window is in the journeys."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer import config
from explorer.app.background.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import Message, State
from explorer.compute.keeping.train import Train
from explorer.data.dataset import Dataset, Preparation
from explorer.errors import Cancelled, EnvironmentFault, TrainingError
from explorer.models import checkpoint
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.task import Task
from explorer.training.config import TrainingConfig
from explorer.training.history import Trained
from explorer.training.record.curve import empty
from explorer.training.record.curve_writer import CurveWriter
from explorer.training.record.moment import moment_of
from explorer.training.record.time_line import TimeLine
from explorer.training.validation.rule import Verdict
from tests.fakes import toy_dataset
from tests.guards import PATIENCE
from tests.training.record.test_moment_file import DATA, some


def _model(bytes_: int = 8) -> ModelSnapshot:
    weights = {"w": np.zeros(bytes_ // 4, np.float32)}
    return ModelSnapshot("m", ModelConfig(), Preparation(8, 8), weights, path="/kept")


def _line(i: int, model: ModelSnapshot) -> TimeLine:
    codes = Codes("m", *np.zeros((2, 1, 2), np.float32), np.zeros(1, np.int64))
    return TimeLine((moment_of(i, float(i), model, codes),))


def _trained(**fields: Any) -> Trained:
    writer = CurveWriter(empty(2, 3))
    writer.add(6, [1] * 6, np.zeros((6, 3)))
    return replace(Trained(_model(), writer.curve, None, 4.2, 10.0, "cpu"), **fields)


def test_a_training_says_what_it_trains_on_what(
    session: Session, state: State, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "run", lambda *_args, **_more: None)
    pictures = np.zeros((4, 8, 8, 1), np.uint8)
    state.update(dataset=Dataset("toy", pictures, Preparation(8, 8), np.zeros(4, np.bool_)))
    session.say("Press Train to learn a latent plane of this data")
    session.train()
    assert state.now.message == Message("Training vae on toy")
    state.update(training="idle")
    assert state.now.message is None


@pytest.mark.parametrize("other", [False, True], ids=["its data", "other data"])
def test_moments_and_the_end_are_shown_on_their_data_only(
    session: Session, state: State, monkeypatch: pytest.MonkeyPatch, qtbot: Any, other: bool
) -> None:
    began, go_on = threading.Event(), threading.Event()

    def train(_request: object, task: Task) -> Trained:
        began.set()
        go_on.wait(PATIENCE)
        task.partial(_line(1, replace(_model(), id="moment")))
        return _trained(snapshot=replace(_model(), id="end", path=None), unsaved=None)

    monkeypatch.setattr(Train, "answer", train)
    shown: list[str] = []
    said: list[str] = []  # what cannot be decoded of such a model is said later, or sooner
    state.changed.connect(lambda fields, _: shown.append(_shown(state)) if "model" in fields else 0)
    state.changed.connect(lambda fields, _: said.append(_said(state)) if "message" in fields else 0)
    state.update(dataset=toy_dataset(5))
    session.train()
    qtbot.waitUntil(began.is_set)
    if other:
        state.renew(dataset=toy_dataset(6))
    go_on.set()
    qtbot.waitUntil(lambda: state.now.training == "idle")
    assert [name for name in shown if name] == ([] if other else ["moment", "end"])
    assert any(text.startswith("vae on toy: trained " if other else "Trained ") for text in said)


@pytest.mark.parametrize("stops", [False, True])
def test_that_it_has_converged_is_said_once_and_again_once_it_gained(
    session: Session, state: State, monkeypatch: pytest.MonkeyPatch, qtbot: Any, stops: bool
) -> None:
    at = Verdict(23, 13, 10, 0.02, 0.05, 10, 140, "ELBO")
    gained, again = replace(at, epoch=25, since=25), replace(at, epoch=50, since=40)

    def train(_request: object, task: Task) -> Trained:
        for verdict in (None, replace(at, epoch=22), at, replace(at, epoch=24), gained, again):
            task.partial(replace(empty(2, 3), verdict=verdict))
        return _trained()

    monkeypatch.setattr(Train, "answer", train)
    said: list[str] = []
    state.changed.connect(lambda fields, _: said.append(_said(state)) if "message" in fields else 0)
    asked = TrainingConfig(validation=0.1, stop_when_converged=stops)
    state.update(dataset=toy_dataset(5), training_config=asked)
    session.train()
    qtbot.waitUntil(lambda: state.now.training == "idle")
    found = [text for text in said if text.startswith("Training has")]
    assert len(found) == (0 if stops else 2)
    if not stops:
        assert found[0] == f"Training has {at.text}. Stop ends it here"
        assert found[1].startswith("Training has converged at epoch 50")


def _said(state: State) -> str:
    return "" if state.now.message is None else state.now.message.text


def _shown(state: State) -> str:
    return "" if state.now.model is None else state.now.model.id


@pytest.mark.parametrize("resume", [False, True])
def test_a_training_that_cannot_begin_leaves_what_is_shown(
    session: Session,
    state: State,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    qtbot: Any,
    resume: bool,
) -> None:
    def train(request: Any, _task: Task) -> Trained:
        raise EnvironmentFault("nothing can be saved here", where=request.keep, remedy="go")

    monkeypatch.setattr(Train, "answer", train)
    model = replace(_model(), path=str(tmp_path))
    moments, curve = _line(1, model).moments, empty(2, 3)
    state.update(dataset=toy_dataset(5), model=model, moments=moments, curve=curve, epoch=1.0)
    if resume:
        session._trainer.go_on()
    else:
        session.train()
    assert (state.now.moments, state.now.curve) == ((moments, curve) if resume else ((), None))
    qtbot.waitUntil(lambda: state.now.training == "idle")
    assert state.now.moments is moments and state.now.curve is curve
    verbs = [] if state.now.message is None else [a.text for a in state.now.message.actions]
    assert ("Train without keeping" in verbs) == (not resume)


def test_a_resumed_training_that_fails_later_says_where_it_is_kept(
    session: Session, state: State, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: Any
) -> None:
    checkpoint.save(tmp_path, some().model)
    shown = replace(some().model, path=str(tmp_path))

    def train(_request: object, task: Task) -> Trained:
        task.partial(TimeLine((*_line(0, _model()).moments, some(1))))
        raise TrainingError("the machine is tired", remedy="wait")

    monkeypatch.setattr(Train, "answer", train)
    state.update(dataset=DATA, model=shown, moments=(some(0),), curve=empty(2, 3))
    session._trainer.go_on()
    qtbot.waitUntil(lambda: state.now.training == "idle")
    assert state.now.model is not shown and len(state.now.moments) == 2
    assert state.now.message is not None
    assert f"What was saved on the way is kept in {tmp_path}" in state.now.message.text


def test_the_end_of_a_training_is_the_last_moment(
    session: Session, state: State, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    end = some(4, 3.0)
    trained = _trained(snapshot=end.model, codes=end.codes, moments=(some(1, 1.0), end))
    monkeypatch.setattr(Train, "answer", lambda *_: trained)
    state.update(dataset=DATA)
    session.train()
    qtbot.waitUntil(lambda: state.now.training == "idle")
    assert [m.epoch for m in state.now.moments] == [1.0, 3.0] and state.now.epoch == 3.0
    assert state.now.curve is trained.curve and state.now.model is end.model


def test_the_curve_grows_on_its_own(
    session: Session, state: State, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    go_on = threading.Event()
    told = _trained().curve

    def train(_request: object, task: Task) -> Trained:
        task.partial(told)
        go_on.wait(PATIENCE)
        return _trained(snapshot=replace(_model(), path=None))

    monkeypatch.setattr(Train, "answer", train)
    state.update(dataset=toy_dataset(5))
    session.train()
    qtbot.waitUntil(lambda: state.now.curve is told)
    assert state.now.model is None and state.now.moments == ()
    go_on.set()
    qtbot.waitUntil(lambda: state.now.training == "idle")


def test_a_paused_training_waits_until_it_is_resumed(
    session: Session, state: State, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    held: list[Task] = []

    def train(_request: object, task: Task) -> Trained:
        held.append(task)
        ask.wait(PATIENCE)
        task.check()
        return _trained(snapshot=replace(_model(), path=None))

    ask = threading.Event()
    monkeypatch.setattr(Train, "answer", train)
    trainer = session._trainer
    trainer.pause()
    assert state.now.training == "idle", "nothing runs that could be held"
    state.update(dataset=toy_dataset(5))
    session.train()
    qtbot.waitUntil(lambda: bool(held))
    trainer.pause()
    assert state.now.training == "paused" and held[0].paused
    trainer.pause()
    assert state.now.training == "running" and not held[0].paused
    trainer.pause()
    ask.set()
    trainer.pause()
    qtbot.waitUntil(lambda: state.now.training == "idle")


@pytest.mark.parametrize("paused", [False, True])
def test_a_training_is_stopped_once_paused_or_not(
    session: Session, state: State, monkeypatch: pytest.MonkeyPatch, qtbot: Any, paused: bool
) -> None:
    held: list[Task] = []

    def train(_request: object, task: Task) -> Trained:
        held.append(task)
        while not task.cancelled:
            go_on.wait(0.001)
        go_on.wait(PATIENCE)
        return _trained(snapshot=replace(_model(), path=None))

    go_on = threading.Event()
    monkeypatch.setattr(Train, "answer", train)
    session._trainer.stop()
    assert state.now.training == "idle"
    state.update(dataset=toy_dataset(5))
    session.train()
    qtbot.waitUntil(lambda: bool(held))
    if paused:
        session._trainer.pause()
    session._trainer.stop()
    assert state.now.training == "stopping" and held[0].cancelled and not held[0].paused
    session._trainer.pause()
    assert state.now.training == "stopping", "what stops is neither held nor let go on"
    go_on.set()
    qtbot.waitUntil(lambda: state.now.training == "idle")


class _Answers:
    """Remembers what it is asked, and answers nothing by itself."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, Callable[[Any], None], dict[str, Any]]] = []
        self.cancelled: list[object] = []

    def ask(self, question: object, shown: Callable[[Any], None], **more: Any) -> None:
        self.asked.append((question, shown, more))

    def cancel(self, kind: object) -> None:
        self.cancelled.append(kind)


@pytest.fixture
def answers(session: Session, state: State, monkeypatch: pytest.MonkeyPatch) -> _Answers:
    """In the place of those that the trainer asks; toy data is shown."""
    found = _Answers()
    monkeypatch.setattr(session._trainer, "_answers", found)
    monkeypatch.setattr(session, "encode", lambda: None)
    state.update(dataset=toy_dataset(20))
    return found


def test_a_training_needs_data_and_a_folder_of_its_own(
    session: Session, state: State, answers: _Answers, tmp_path: Path
) -> None:
    trainer, data = session._trainer, state.now.dataset
    state.update(dataset=None)
    trainer.train()
    assert state.now.message.tone == "warn" and "no data to train on" in state.now.message.text
    state.update(dataset=data)
    (tmp_path / "letter").touch()
    trainer.train(folder=tmp_path)
    said = state.now.message
    assert f"something lies there already ({tmp_path})" in said.text.lower() and said.tone == "warn"
    assert [a.text for a in said.actions] == ["Keep elsewhere...", "Train without keeping"]
    assert answers.asked == [] and said.holds()
    said.actions[1].act()
    ((question, _, _),) = answers.asked
    assert question.keep is None and question.marked and not question.resume
    assert not said.holds(), "the next training has begun"
    assert state.now.training == "running"
    trainer.train(folder=tmp_path / "new")
    assert len(answers.asked) == 1, "one at a time"
    state.update(training="idle")
    trainer.train(folder=tmp_path / "new")
    assert answers.asked[1][0].keep == tmp_path / "new"
    state.update(training="idle")
    trainer.train()
    assert answers.asked[2][0].keep.parent == session._keeper.folder


def test_a_folder_that_is_wished_for_is_asked_for(
    session: Session, state: State, answers: _Answers, tmp_path: Path
) -> None:
    wanted: list[tuple[str, Callable[[str], None]]] = []
    session.folder_wanted.connect(lambda title, put: wanted.append((title, put)))
    (tmp_path / "letter").touch()
    session._trainer.train(folder=tmp_path)
    state.now.message.actions[0].act()
    ((title, put),) = wanted
    assert title == "Keep the training in a folder"
    put(str(tmp_path / "better"))
    assert answers.asked[0][0].keep == tmp_path / "better"


def test_a_training_goes_on_with_its_own_settings(
    session: Session, state: State, answers: _Answers
) -> None:
    trainer, kept = session._trainer, {**config.to_json(TrainingConfig(epochs=7)), "epoch": 3.0}
    data = state.now.dataset
    for lacking in ({"model": None}, {"model": replace(_model(), path=None)}):
        state.update(**lacking)
        trainer.go_on()
    own = ModelConfig(hidden=9)
    model = replace(_model(), config=own, training=kept)
    state.update(model=model, dataset=None)
    trainer.go_on()
    state.update(dataset=data, model=model, training="running")
    trainer.go_on()
    assert answers.asked == []
    line = _line(0, model).moments
    state.update(training="idle", moments=line, curve=_trained().curve)
    trainer.go_on()
    ((question, _, _),) = answers.asked
    assert (question.resume, question.marked, question.keep) == (True, True, Path("/kept"))
    assert question.training.epochs == 7 and question.model == own
    assert state.now.training_config.epochs == 7 and state.now.model_config == own
    assert state.now.moments is line and state.now.curve is not None, "what there was stays"
    state.update(training="idle", model=replace(model, training={"epochs": "many"}))
    trainer.go_on()
    assert state.now.message.tone == "bad" and len(answers.asked) == 1


def test_a_training_begins_with_an_empty_time_line_and_is_a_step_of_undo(
    session: Session, state: State, answers: _Answers
) -> None:
    model, line = _model(), _line(0, _model()).moments
    state.update(model=model, moments=line, selection=np.array([1]))
    session._trainer.train()
    assert state.now.moments == () and state.now.curve is None and not len(state.now.selection)
    state.update(training="idle")
    assert state.undo() and state.now.moments is line


def test_z_of_before_is_of_another_space(
    session: Session, state: State, answers: _Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one that was moved meanwhile, or fits, stays."""
    started: list[int] = []
    monkeypatch.setattr(session, "start_of", lambda *_: started.append(1) or {})
    before = np.ones(2, np.float32)
    state.update(model=_model(), z=before)
    session._trainer.train()
    session._trainer.show_model(_model(), None)
    assert started == [1]
    state.update(moments=_line(1, _model()).moments)
    session._trainer.show_model(_model(), None)
    assert started == [1], "it began before"
    state.update(moments=(), z=before * 2)
    session._trainer.show_model(_model(), None)
    assert started == [1], "the user has moved"
    session._trainer.show_model(replace(_model(), config=ModelConfig(latent_dim=3)), None)
    assert started == [1, 1], "of other dimensions"


def test_leaving_stops_what_is_under_way_and_says_so(
    session: Session, state: State, answers: _Answers
) -> None:
    session._trainer.leave()
    assert state.now.message is None and answers.cancelled == []
    session._trainer.train()
    session._trainer.leave()
    assert state.now.training == "stopping" and answers.cancelled == [Train]
    assert state.now.message.text == "Stopping the training, and keeping what was learned"
    session._trainer.stop()
    assert answers.cancelled == [Train], "once"


@pytest.mark.parametrize("leaving", [[], ["leave"], ["leave", "stay"], ["leave", "stay", "leave"]])
@pytest.mark.parametrize("fault", [None, EnvironmentFault("no room", where="/kept")])
def test_the_keeper_hears_of_an_end_that_the_user_sees(
    session: Session, state: State, answers: _Answers, monkeypatch: pytest.MonkeyPatch,
    fault: EnvironmentFault | None, leaving: list[str],
) -> None:  # fmt: skip
    heard: list[object] = []
    monkeypatch.setattr(session._keeper, "heard", lambda folder, _: heard.append(folder))
    session._trainer.train()
    question, shown, _ = answers.asked[0]
    for step in leaving:
        getattr(session._trainer, step)()
    shown(_trained(unsaved=fault))
    gone = leaving[-1:] == ["leave"]
    assert heard == ([] if gone and fault is None else [question.keep])
    assert state.now.training == "idle" and state.now.message.details == str(fault or "")


@pytest.mark.parametrize(
    ("fields", "shown", "actions"),
    [
        ({}, True, []),
        ({}, False, ["Open it"]),
        ({"stopped": True}, False, ["Open it"]),
        ({"stopped": True, "resume_state": "there"}, False, ["Open it", "Resume it"]),
        ({"resume_state": "there"}, False, ["Open it"]),
        ({"snapshot": replace(_model(), path=None)}, True, ["Save..."]),
        (
            {"snapshot": replace(_model(), path=None), "unsaved": EnvironmentFault("no room")},
            True,
            ["Save elsewhere..."],
        ),
    ],
)
def test_what_can_be_done_about_a_training_that_ended(
    session: Session, state: State, answers: _Answers, fields: dict[str, Any], shown: bool,
    actions: list[str],
) -> None:  # fmt: skip
    session._trainer.train()
    _, show, _ = answers.asked[0]
    if not shown:
        state.update(dataset=toy_dataset(20, seed=1))
    show(_trained(**fields))
    said = state.now.message
    assert [action.text for action in said.actions] == actions
    assert said.text.startswith("vae on toy: ") != shown
    assert (state.now.model is not None) == shown


def test_a_training_that_was_cancelled_before_it_began_leaves_the_time_line(
    session: Session, state: State, answers: _Answers
) -> None:
    line, curve = _line(0, _model()).moments, _trained().curve
    state.update(model=_model(), moments=line, curve=curve)
    session._trainer.train()
    answers.asked[0][2]["failed"](Cancelled())
    assert state.now.training == "idle" and state.now.moments is line
    assert state.now.curve is curve and state.now.message is None
    session._trainer.train()
    newer = _line(1, _model()).moments
    state.update(moments=newer)
    answers.asked[1][2]["failed"](TrainingError("it broke"))
    assert state.now.moments is newer, "what it showed stays"
