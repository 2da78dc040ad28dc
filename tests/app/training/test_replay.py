"""Going along the time line: what is in memory at once, what lies in files once it is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from explorer.app.background.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import State
from explorer.training.record import moment_file
from explorer.training.record.curve import empty
from explorer.training.record.moment import Moment
from tests.fakes import toy_dataset
from tests.training.record.test_moment_file import DATA, some


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
