"""The trainer's own rules; training in the window is in the journeys."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.app import trainer as rules
from explorer.app.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import Message, State
from explorer.data.dataset import Dataset, Preparation
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.task import Task
from explorer.training.history import Trained
from explorer.training.record import moment_file
from explorer.training.record.curve import CurveWriter, empty
from explorer.training.record.moment import Moment, moment_of
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


def test_the_end_of_training_is_told_as_it_was() -> None:
    bound = replace(
        _model(), metrics={"bound": "ELBO", "test_reconstruction": -2.0, "test_kl": 0.5}
    )
    assert rules._farewell(_trained(snapshot=bound)) == (
        "Trained 3 epochs in 4 s, test ELBO 1.50 nats per sample. Kept in /kept", "done"
    )  # fmt: skip
    no_bound = replace(_model(), metrics={"bound": "log p(x|z)", "test_reconstruction": -1.5})
    assert "test log p(x|z) 1.50" in rules._farewell(_trained(snapshot=no_bound))[0]
    assert rules._farewell(_trained(stopped=True))[0].startswith("Stopped after 3 epochs")
    text, tone = rules._farewell(_trained(stopped=True, message="the loss was no number"))
    assert text.startswith("the loss was no number. Kept in") and tone == "warn"


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

    monkeypatch.setattr(rules.unheard, "train", train)
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


def _kept(tmp_path: Path, state: State, count: int = 4) -> tuple[Moment, ...]:
    """So many moments in files, shown with a last one that is in memory."""
    files = [moment_file.write(tmp_path, "run", some(i, float(i))) for i in range(count)]
    last = some(count, float(count))
    moments = (*(moment.released() for moment in files), last)
    state.update(dataset=DATA, curve=empty(2, count), moments=moments)
    state.update(model=last.model, codes=last.codes, epoch=last.epoch)
    return moments


def test_what_is_shown_stays_until_the_moment_is_there(
    session: Session, state: State, jobs: Jobs, tmp_path: Path, qtbot: Any
) -> None:
    moments = _kept(tmp_path, state)
    qtbot.waitUntil(lambda: not jobs.busy)
    session.show_moment(1)
    now = state.now
    assert (now.asked_epoch, now.epoch) == (1.0, 4.0) and now.model is moments[4].model
    qtbot.waitUntil(lambda: state.now.epoch == 1.0)
    now = state.now
    assert now.asked_epoch is None and now.model is not None and now.model.id == "m1"
    assert now.codes is not None and now.codes.model_id == "m1" and len(now.codes.index) == 5
    assert now.moments == moments and not any(m.held for m in now.moments[:4])


def test_only_the_moment_asked_for_last_is_shown(
    session: Session, state: State, jobs: Jobs, tmp_path: Path, qtbot: Any
) -> None:
    _kept(tmp_path, state)
    shown: list[str] = []
    state.changed.connect(lambda fields, _: shown.append(_shown(state)) if "model" in fields else 0)
    for i in (0, 1, 2, 3):
        session.show_moment(i)
    qtbot.waitUntil(lambda: state.now.asked_epoch is None)
    assert shown == ["m3"]
    session.show_moment(2)
    session.show_moment(4)  # which is in memory
    assert state.now.epoch == 4 and state.now.asked_epoch is None
    qtbot.waitUntil(lambda: not jobs.busy)
    assert shown == ["m3", "m4"]


@pytest.mark.parametrize("gone", ["other data", "a training", "undo"])
def test_a_moment_that_comes_too_late_is_not_shown(
    session: Session, state: State, jobs: Jobs, tmp_path: Path, qtbot: Any, gone: str
) -> None:
    moments = _kept(tmp_path, state)
    state.mark()
    session.show_moment(3)
    qtbot.waitUntil(lambda: state.now.epoch == 3.0)
    session.show_moment(0)
    if gone == "other data":
        state.renew(dataset=toy_dataset(6))
    elif gone == "a training":
        state.update(training="running", moments=(), curve=None)
    else:
        assert state.undo()
        assert state.now.model is moments[4].model
    assert state.now.asked_epoch is None
    before = state.now.model
    qtbot.waitUntil(lambda: not jobs.busy)
    assert state.now.model is before


def test_a_moment_that_cannot_be_read_is_said_and_taken_from_the_time_line(
    session: Session, state: State, tmp_path: Path, qtbot: Any
) -> None:
    moments = _kept(tmp_path, state)
    assert moments[1].path is not None
    moments[1].path.unlink()
    session.show_moment(1)
    qtbot.waitUntil(lambda: state.now.asked_epoch is None)
    assert state.now.moments == (moments[0], *moments[2:])
    assert state.now.epoch == 4.0 and state.now.model is moments[4].model
    assert state.now.message is not None and state.now.message.tone == "bad"
    assert "is missing" in state.now.message.text
