"""The trainer's own rules; training in the window is in the journeys."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.app.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import Message, State
from explorer.compute.keeping.train import Train
from explorer.data.dataset import Dataset, Preparation
from explorer.errors import EnvironmentFault, TrainingError
from explorer.models import checkpoint
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.task import Task
from explorer.training.history import Trained
from explorer.training.record.curve import empty
from explorer.training.record.curve_writer import CurveWriter
from explorer.training.record.moment import moment_of
from explorer.training.record.time_line import TimeLine
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
    assert any(text.startswith("vae on toy" if other else "Trained") for text in said)


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
