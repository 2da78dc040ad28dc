"""The session's own rules; its verbs on real data are in the journeys."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from explorer.app import opener
from explorer.app.jobs import Jobs
from explorer.app.session import Session
from explorer.app.state import NOTHING, Action, Message, State
from explorer.compute.opening.source import Opened
from explorer.data.dataset import Preparation
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.task import Task
from tests.fakes import toy_dataset


def test_what_cannot_be_done_yet_is_said(session: Session, state: State) -> None:
    session.save("/nowhere")
    assert "no model to save" in state.now.message.text
    session.train()
    assert "no data to train" in state.now.message.text


def test_a_broken_checkpoint_is_one_sentence_and_the_state_stays(
    session: Session, state: State, qtbot: Any, tmp_path: Path
) -> None:
    (tmp_path / "model.json").write_text("{")
    before = state.now
    session.open(tmp_path)
    qtbot.waitUntil(lambda: state.now.message is not None)
    assert state.now.message.tone == "bad" and "\n" not in state.now.message.text
    assert state.now.dataset is before.dataset and state.now.model is before.model


def test_a_model_without_its_data_can_still_be_explored(
    session: Session, state: State, qtbot: Any, tmp_path: Path
) -> None:
    from explorer.models import autoencoder, checkpoint

    config, form = ModelConfig(hidden=8), Preparation(8, 8)
    weights = autoencoder.weights_of(autoencoder.build(config, form, seed=0))
    data = {"name": "gone", "source": str(tmp_path / "gone"), "hash": ""}
    checkpoint.save(tmp_path / "model", ModelSnapshot("m", config, form, weights, data=data))
    session.open(tmp_path / "model")
    qtbot.waitUntil(lambda: state.now.decoded is not None)
    assert state.now.dataset is None and state.now.decoded.image.shape == (8, 8, 1)
    assert "data is not here" in state.now.message.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pictures of 20 sizes", "Pictures of 20 sizes"),
        ("the model's data is not here", "The model's data is not here"),
        ("model.safetensors is not what it was", "model.safetensors is not what it was"),
        ("runs/a: not a folder", "runs/a: not a folder"),
        ("stopped. Kept in /a", "Stopped. Kept in /a"),
        ("", ""),
    ],
)
def test_a_sentence_has_a_capital_and_a_file_name_its_own(text: str, said: str) -> None:
    assert opener.sentence(text) == said


def test_warnings_and_errors_are_sentences_and_hints_are_as_they_were_written(
    session: Session, state: State
) -> None:
    session.say("nothing there", "warn")
    assert state.now.message.text == "Nothing there"
    session.say("vae sets lr 0.1")
    assert state.now.message.text == "vae sets lr 0.1"
    greeting = opener._greeting(Opened("x", None, None, None, ("grey ones", "two.png is broken")))
    assert greeting == Message("Grey ones", "warn", "Grey ones\ntwo.png is broken")


@pytest.mark.parametrize("change", [{"selection": NOTHING}, {"training": "running"}])
def test_a_hint_does_not_outlive_what_it_speaks_of(
    session: Session, state: State, change: dict[str, object]
) -> None:
    state.update(selection=np.array([1, 2]))
    session.say("2 selected")
    state.update(hover=1)
    assert state.now.message.text == "2 selected"
    state.update(**change)
    assert state.now.message is None


def test_a_hint_that_comes_with_another_selection_stays(session: Session, state: State) -> None:
    session.say("Drag on the plane")
    state.update(selection=np.array([3]), message=Message("1 selected"))
    assert state.now.message.text == "1 selected"
    state.update(selection=NOTHING)
    assert state.now.message is None


def test_what_was_done_or_went_wrong_stays(session: Session, state: State) -> None:
    for tone in ("done", "warn", "bad"):
        session.say("So it was", tone)
        state.update(selection=np.array([3]))
        assert state.now.message.text == "So it was"


def test_what_is_done_so_that_a_picture_fits_is_said(
    session: Session, state: State, qtbot: Any, tmp_path: Path
) -> None:
    from explorer.models import autoencoder
    from tests.data import makers

    config, form = ModelConfig(hidden=8), Preparation(8, 8)
    weights = autoencoder.weights_of(autoencoder.build(config, form, seed=0))
    state.update(model=ModelSnapshot("m", config, form, weights, data={}))
    path = tmp_path / "a.png"
    path.write_bytes(makers.png(makers.pixels(20, 30, 3)))
    session.look_at(path)
    qtbot.waitUntil(lambda: state.now.message is not None)
    text, details = state.now.message.text, state.now.message.details
    assert "a.png encoded at z = (" in text and "scaled into 8 x 8" in text
    assert "colours are turned to grey" in details


def test_data_that_end_a_training_are_undone(session: Session, state: State, jobs: Jobs) -> None:
    """What was shown as they came is gone back to, model and all, though the run had not ended."""
    before, after = toy_dataset(10), toy_dataset(6, seed=1)
    model = ModelSnapshot("m", ModelConfig(hidden=8), before.preparation, {})
    state.update(dataset=before, model=model, training="running")
    session._opener.show(Opened("after", after, None, None))
    assert state.now.dataset is after and state.now.model is None
    state.update(training="idle")
    assert state.undo()
    assert state.now.dataset is before and state.now.model is model
    jobs.cancel()


def test_other_data_stops_what_is_asked_about_the_old(
    session: Session, state: State, jobs: Jobs, qtbot: Any
) -> None:
    began = threading.Event()

    def work(task: Task) -> None:
        began.set()
        while True:
            task.check()

    state.update(dataset=toy_dataset(5))
    jobs.run("measure", work, owner=session, about=state.subject("dataset"))
    qtbot.waitUntil(began.is_set)
    state.renew(dataset=toy_dataset(6))
    qtbot.waitUntil(lambda: not jobs.busy)
    assert state.now.message is None


@pytest.mark.parametrize("verb", ["open", "take", "look_at"])
def test_what_is_chosen_is_opened_while_an_analysis_is_under_way(
    session: Session, state: State, jobs: Jobs, qtbot: Any, tmp_path: Path, verb: str
) -> None:
    began, before = threading.Event(), toy_dataset(5)
    state.update(dataset=before)

    def work(task: Task) -> None:
        began.set()
        while True:
            task.check()

    jobs.run("measure", work, owner=session)
    qtbot.waitUntil(began.is_set)
    data, picture = tmp_path / "rows.npy", tmp_path / "own.png"
    np.save(data, np.zeros((6, 8, 8), np.uint8))
    Image.new("L", (8, 8)).save(picture)
    if verb == "look_at":
        session.look_at(picture)
        qtbot.waitUntil(lambda: state.now.own is not None)
    else:
        session.open(str(data)) if verb == "open" else session.take([str(data)])
        qtbot.waitUntil(lambda: state.now.dataset is not before)
    jobs.cancel()


@pytest.mark.parametrize("tone", ["hint", "done", "warn"])
@pytest.mark.parametrize("what", ["a place", "a model", "data"])
def test_an_undo_takes_what_was_said_of_what_is_undone(
    session: Session, state: State, monkeypatch: pytest.MonkeyPatch, tone: str, what: str
) -> None:
    encoded: list[int] = []
    monkeypatch.setattr(session, "encode", lambda: encoded.append(1))
    data = toy_dataset(20)
    first, second = (ModelSnapshot(i, ModelConfig(), data.preparation, {}) for i in "ab")
    z = np.zeros(2, np.float32)
    state.update(dataset=data, model=first, z=z)
    state.mark()
    change: dict[str, Any] = {
        "a place": {"z": z + 1}, "a model": {"model": second},
        "data": {"dataset": toy_dataset(20, seed=1)},
    }[what]  # fmt: skip
    state.update(**change)
    state.update(message=Message("Said of it", tone))
    session.undo()
    other = what != "a place"
    assert state.now.model is first and state.now.dataset is data
    assert (state.now.message is None) == (tone == "hint" or (tone == "done" and other))
    assert encoded == ([1] if other else []), "codes are found for what is shown again"


def test_where_there_is_nothing_to_undo_it_is_said(session: Session, state: State) -> None:
    session.undo()
    assert state.now.message.text == "Nothing to undo"
    session.redo()
    assert state.now.message.text == "Nothing to redo"
    state.update(training="running")
    session.undo()
    assert state.now.message.text == "Nothing to undo while a training runs"


class _Keeping:
    """Jobs of which one is being kept until ``finish`` gives up; then it is ``left``."""

    def __init__(self, *, left: bool) -> None:
        self.keeping, self._left = True, left

    def finish(self, _limit: float) -> bool:
        self.keeping = self._left
        return False


def test_a_window_that_waits_in_vain_says_so_and_may_close_all_the_same(
    session: Session, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = _Keeping(left=True)
    monkeypatch.setattr(session, "_jobs", jobs)
    assert not session.leave(3.0)
    said = state.now.message
    assert "still being kept, after 3 s" in said.text and said.tone == "warn"
    assert [action.text for action in said.actions] == ["Close all the same"]
    assert said.holds()
    jobs.keeping = False
    assert not said.holds(), "once it is kept there is nothing to say"


def test_what_could_not_be_kept_may_be_left_but_is_asked_of_once(
    session: Session, state: State, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    tried: list[int] = []
    why = Message("It could not be saved", "bad", "disk", (Action("Try again", tried.clear),))
    state.update(message=why)
    for _ in range(2):
        monkeypatch.setattr(session, "_jobs", _Keeping(left=False))
        assert not session.leave(3.0)
        said = state.now.message
        assert (said.text, said.tone, said.details) == (why.text, "bad", "disk")
        assert [action.text for action in said.actions] == ["Try again", "Close all the same"]
    with qtbot.waitSignal(session.closing_wanted):
        said.actions[-1].act()
