"""The session's own rules; its verbs on real data are in the journeys."""

from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from explorer import paths
from explorer.app.background.jobs import Jobs
from explorer.app.opening import opener
from explorer.app.session import Session
from explorer.app.state import NOTHING, Action, Message, State
from explorer.compute.opening.source import Opened
from explorer.data.choices import NO_CHOICES
from explorer.data.dataset import Preparation
from explorer.export.things import Thing
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.models.presets import presets
from explorer.task import Task
from explorer.training.config import TrainingConfig
from explorer.training.record.moment import Moment
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


class _Part:
    """Remembers what is asked of it."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *given: self.asked.append((name, *given))


@pytest.mark.parametrize(
    ("verb", "given", "part", "wanted"),
    [
        ("open", ("digits",), "_opener", ("open", "digits", NO_CHOICES, None)),
        ("binarise", ("fixed",), "_opener", ("binarise", "fixed")),
        ("take", (["a"],), "_taking", ("take", ["a"])),
        ("look_at", ("a", "b"), "_own", ("look_at", ("a", "b"))),
        ("step_own", (-1,), "_own", ("step", -1)),
        ("invert_own", (), "_own", ("invert",)),
        ("drop_own", (), "_own", ("drop",)),
        ("go_to", (3,), "_going", ("go_to", 3, None)),
        ("train", (), "_trainer", ("train",)),
        ("stop", (), "_trainer", ("stop",)),
        ("pause", (), "_trainer", ("pause",)),
        ("show_moment", (2,), "_replay", ("show_moment", 2)),
        ("save", ("a",), "_keeper", ("save", "a")),
        ("save_elsewhere", (), "_keeper", ("save_elsewhere",)),
        ("offer", ("w",), "_keeper", ("offer", "w")),
        ("rescue", (), "_keeper", ("rescue",)),
        ("answer", ("yes",), "_asks", ("answer", "yes")),
    ],
)
def test_each_verb_is_done_by_its_part(
    session: Session, monkeypatch: pytest.MonkeyPatch, verb: str, given: tuple[Any, ...],
    part: str, wanted: tuple[object, ...],
) -> None:  # fmt: skip
    doing = _Part()
    monkeypatch.setattr(session, part, doing)
    getattr(session, verb)(*given)
    assert doing.asked == [wanted]


def test_going_on_shows_the_model_and_then_trains_it(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening, training = _Part(), _Part()
    monkeypatch.setattr(session, "_opener", opening)
    monkeypatch.setattr(session, "_trainer", training)
    session.go_on("runs/a")
    ((name, folder, then),) = opening.asked
    assert (name, folder) == ("open_with", "runs/a")
    then("what was opened")
    assert opening.asked[1:] == [("show", "what was opened")]
    assert training.asked == [("go_on", "what was opened")]


def a_model(latent_dim: int = 2) -> ModelSnapshot:
    from explorer.models import autoencoder

    config, form = ModelConfig(latent_dim=latent_dim, hidden=8), toy_dataset(6).preparation
    weights = autoencoder.weights_of(autoencoder.build(config, form, seed=0))
    return ModelSnapshot("m", config, form, weights)


def test_codes_that_are_found_are_those_of_their_moment_too(
    session: Session, state: State, qtbot: Any
) -> None:
    session.encode()  # nothing to encode
    model, data = a_model(), toy_dataset(6)
    moments = tuple(Moment(i, float(i), m, None, 0) for i, m in enumerate((a_model(), model)))
    state.update(dataset=data, model=model, moments=moments)
    session.encode()
    qtbot.waitUntil(lambda: state.now.whole_codes is not None)
    assert state.now.codes is not None and len(state.now.codes.mean) == 6
    assert [m.codes for m in state.now.moments] == [None, state.now.codes]
    assert state.now.moments[0] is moments[0]


def test_data_get_their_principal_components(session: Session, state: State, qtbot: Any) -> None:
    state.update(dataset=toy_dataset(6))
    qtbot.waitUntil(lambda: state.now.pca is not None)
    assert state.now.pca_scores is not None and len(state.now.pca_scores) == 6


def test_z_is_held_where_it_can_be_plotted_and_moving_it_leads(
    session: Session, state: State
) -> None:
    state.update(dataset=toy_dataset(6), model=a_model(), z=np.zeros(2, np.float32))
    session.move_in("pca", (0.5, -1.0))
    assert state.now.moved == "pca" and state.now.plane("pca").cursor == (0.5, -1.0)
    session.preview(np.ones(2))
    assert state.now.moved == "latent" and state.now.preview.tolist() == [1, 1]
    session.move(np.array([1e20, -1e20]))
    assert state.now.z.tolist() == [1e9, -1e9] and state.now.preview is None
    assert state.now.z.dtype == np.float32
    session.preview(np.ones(2))
    session.preview(None)
    assert state.now.preview is None
    session.preview(np.ones(2))
    session.move_in("pca", (0.0, 0.0))
    assert state.now.preview is None and state.now.moved == "pca"


def test_what_was_undone_can_be_done_again_with_its_codes(
    session: Session, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Codes are found for the last moment only: an earlier one is looked at in passing."""
    encoded: list[int] = []
    monkeypatch.setattr(session, "encode", lambda: encoded.append(1))
    state.update(dataset=toy_dataset(6), model=a_model())
    state.mark()
    state.update(model=a_model())
    session.undo()
    session.redo()
    assert encoded == [1, 1]
    now = state.now
    moments = tuple(Moment(i, float(i), now.model, None, 0) for i in range(2))
    for epoch, more in ((0.0, 0), (1.0, 1)):
        encoded.clear()
        state.update(moments=moments, epoch=epoch)
        session._complete(SimpleNamespace(model=None, dataset=now.dataset))  # type: ignore[arg-type]
        assert len(encoded) == more
    done = Message("Exported", "done", "", (Action("Show", encoded.clear),))
    state.update(message=done)
    session._complete(SimpleNamespace(model=None, dataset=None))  # type: ignore[arg-type]
    assert state.now.message is done, "it has a button that still does something"


def test_an_exported_file_is_said(
    session: Session, state: State, qtbot: Any, tmp_path: Path
) -> None:
    thing = Thing("numbers", "numbers", table=lambda _: {"a": np.arange(3)})
    session.export(thing, tmp_path / "a.csv")
    qtbot.waitUntil(lambda: state.now.message is not None)
    assert (state.now.message.tone, (tmp_path / "a.csv").exists()) == ("done", True)
    assert state.now.message.text == f"Exported to {tmp_path / 'a.csv'}"


def test_a_preset_brings_its_settings_and_says_so(session: Session, state: State) -> None:
    state.update(model_config=ModelConfig(options={"dropout": 0.5}, hidden=32))
    session.choose_preset("ae")
    assert state.now.model_config.preset == "ae" and state.now.model_config.options == {}
    assert state.now.model_config.hidden == 32 and state.now.message is None
    given = next(p for p in presets.values() if p.training)
    session.choose_preset(given.name)
    name, value = next(iter(given.training.items()))
    assert getattr(state.now.training_config, name) == value
    assert state.now.message.text.startswith(f"{given.name} sets {name.replace('_', ' ')} {value}")
    session.choose_preset("ae")
    assert state.now.training_config == TrainingConfig(), "and takes them away again"


def test_runs_are_kept_where_it_is_told(state: State, jobs: Jobs, tmp_path: Path) -> None:
    told, own = Session(state, jobs, runs=tmp_path), Session(state, jobs)
    assert told._keeper.folder == tmp_path and own._keeper.folder == paths.runs()


def test_either_configuration_can_be_changed_alone(session: Session, state: State) -> None:
    first = state.now
    session.configure(training=TrainingConfig(epochs=3))
    assert state.now.training_config.epochs == 3 and state.now.model_config is first.model_config
    session.configure(model=ModelConfig(hidden=5))
    assert state.now.training_config.epochs == 3 and state.now.model_config.hidden == 5


@pytest.mark.parametrize(("well", "kept", "goes"), [(True, True, True), (True, False, False)])
def test_a_window_goes_once_all_is_kept(
    session: Session, monkeypatch: pytest.MonkeyPatch, well: bool, kept: bool, goes: bool
) -> None:
    trainer = _Part()
    monkeypatch.setattr(session, "_trainer", trainer)
    monkeypatch.setattr(session, "_jobs", SimpleNamespace(keeping=False, finish=lambda _: well))
    monkeypatch.setattr(session, "_keeper", SimpleNamespace(leave=lambda: kept))
    assert session.leave(1.0) == goes
    assert trainer.asked == [("leave",)] + ([] if goes else [("stay",)])
