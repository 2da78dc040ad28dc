"""app.followers.pictures: the decoded picture is that of z and of the model shown, at all times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest
import torch

from explorer.analysis import pca
from explorer.app.background.answers import Answers
from explorer.app.background.jobs import Jobs
from explorer.app.followers.pictures import LivePictures
from explorer.app.parts.planes import PlaneState
from explorer.app.planes import planes
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.decoding.latent import Decode
from explorer.compute.decoding.linear import DecodeLinearly
from explorer.data.dataset import Preparation
from explorer.data.pictures.own import Own, OwnPicture
from explorer.errors import Cancelled, DataError
from explorer.models import autoencoder
from explorer.models.config import ModelConfig, ModelSnapshot
from tests.fakes import toy_dataset

CONFIG, FORM = ModelConfig(hidden=8), Preparation(8, 8)


@pytest.fixture(autouse=True)
def on_screen(state: State) -> None:
    """Both planes are seen: else nobody asks what PCA makes of a picture."""
    state.update(seen=("latent", "pca"))


def made(seed: int) -> ModelSnapshot:
    weights = autoencoder.weights_of(autoencoder.build(CONFIG, FORM, seed=seed))
    return ModelSnapshot(f"m{seed}", CONFIG, FORM, weights)


def truth(model: ModelSnapshot, z: np.ndarray) -> np.ndarray:
    with torch.no_grad():
        mean = autoencoder.from_snapshot(model).decode(torch.tensor(z)[None])
    return np.round(255 * mean[0].permute(1, 2, 0).numpy())


@pytest.mark.parametrize("training", ["idle", "running"])
def test_the_picture_is_what_the_decoder_says_and_follows_z_and_model(
    session: Session, state: State, jobs: Jobs, qtbot: Any, training: str
) -> None:
    first, z = made(0), np.zeros(2, np.float32)
    state.update(model=first, z=z, training=training)
    qtbot.waitUntil(lambda: state.now.decoded is not None)
    for model, at in ((first, z + 1), (made(1), z + 1), (made(1), z - 1)):
        state.update(model=replace(model, id=f"{model.id} again"), z=at)
        picture = truth(model, at)
        qtbot.waitUntil(lambda a=at: bool((state.now.decoded.z == a).all()))
        qtbot.waitUntil(lambda p=picture: bool(np.abs(state.now.decoded.image - p).max() <= 1))
    state.update(training="idle")


def test_a_moment_of_training_asks_for_its_picture_a_turn_later(
    session: Session, state: State, jobs: Jobs, qtbot: Any
) -> None:
    state.update(model=made(0), z=np.zeros(2, np.float32), training="running")
    assert not jobs.is_busy("decode")
    qtbot.waitUntil(lambda: state.now.decoded is not None)
    state.update(z=np.ones(2, np.float32))  # the hand is answered at once
    assert jobs.is_busy("decode")
    qtbot.waitUntil(lambda: bool(state.now.decoded.z[0] == 1))
    state.update(training="idle")


def test_of_two_moments_only_the_last_ones_picture_is_shown(
    session: Session, state: State, jobs: Jobs, qtbot: Any
) -> None:
    shown: list[np.ndarray] = []
    state.changed.connect(
        lambda fields, _: shown.append(state.now.decoded.image) if "decoded" in fields else None
    )
    state.update(model=made(0), z=np.zeros(2, np.float32), training="running")
    state.update(model=made(1))
    qtbot.waitUntil(lambda: bool(shown))
    assert len(shown) == 1
    assert np.abs(shown[0] - truth(made(1), np.zeros(2, np.float32))).max() <= 1
    state.update(training="idle")


@pytest.mark.expects_errors
@pytest.mark.parametrize("error", [ValueError("no"), Cancelled()], ids=["fails", "is cancelled"])
def test_where_a_picture_cannot_be_made_the_one_before_does_not_stand(
    session: Session, state: State, jobs: Jobs, qtbot: Any, monkeypatch: Any, error: Exception
) -> None:
    state.update(model=made(0), z=np.zeros(2, np.float32))
    qtbot.waitUntil(lambda: state.now.decoded is not None)
    before = state.now.decoded

    def decode(_request: object, _task: object) -> None:
        raise error

    monkeypatch.setattr(Decode, "answer", decode)
    state.update(z=np.ones(2, np.float32))
    qtbot.waitUntil(lambda: not jobs.busy)
    assert state.now.decoded is (before if isinstance(error, Cancelled) else None)


def test_a_point_of_the_pca_plane_is_asked_about_anew_when_another_model_comes_meanwhile(
    session: Session, state: State, jobs: Jobs, qtbot: Any
) -> None:
    """As while training: z is where the newest model puts the picture there."""
    data = toy_dataset(30)
    state.update(dataset=data, model=made(0), z=np.zeros(2, np.float32))
    qtbot.waitUntil(lambda: state.now.pca is not None and not jobs.busy)
    session.move_in("pca", (1.0, 0.5))
    assert jobs.is_busy("decode linearly")
    state.update(model=made(1))
    qtbot.waitUntil(lambda: not jobs.busy)
    now = state.now
    assert tuple(now.pca_decoded.point) == now.plane("pca").cursor == (1.0, 0.5)
    assert now.z is now.pca_decoded.z
    there = DecodeLinearly(data, now.pca, (0, 1), now.pca_decoded.point, made(1)).answer().z
    np.testing.assert_allclose(now.z, there, atol=1e-5)
    state.update(dataset=toy_dataset(20))
    assert state.now.pca_decoded is None, "of data that is shown no longer"


@pytest.mark.parametrize("moved", ["latent", "pca"])
def test_a_cursor_that_had_not_caught_up_when_an_undo_was_marked_does_so_after_it(
    session: Session, state: State, jobs: Jobs, qtbot: Any, moved: str
) -> None:
    def still() -> bool:
        return not jobs.busy and state.now.decoded is not None and state.now.pca is not None

    move = session.move if moved == "latent" else partial(session.move_in, "pca")
    state.update(dataset=toy_dataset(30), model=made(0), z=np.zeros(2, np.float32))
    qtbot.waitUntil(still)
    move(np.array([0.5, -0.5], np.float32))
    qtbot.waitUntil(still)
    move(np.array([2.0, 1.0], np.float32))
    state.mark()  # before the answer is there
    state.update(smooth=True)
    qtbot.waitUntil(still)
    point, z = planes["pca"].cursor(state.now), state.now.z
    assert state.undo() and not state.now.smooth
    qtbot.waitUntil(still)
    np.testing.assert_allclose(planes["pca"].cursor(state.now), point, atol=1e-4)
    np.testing.assert_allclose(state.now.z, z, atol=1e-4)


# -- what nobody sees -------------------------------------------------------------------------


class Asked:
    """The questions that were asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.all: list[Any] = []
        real = Answers.ask

        def ask(answers: Answers, question: Any, *more: Any, **named: Any) -> None:
            self.all.append(question)
            real(answers, question, *more, **named)

        monkeypatch.setattr(Answers, "ask", ask)

    def about_pca(self) -> int:
        """How many ask what PCA makes of a place."""
        decoded = [q for q in self.all if isinstance(q, Decode) and q.pca is not None]
        return len(decoded) + sum(isinstance(q, DecodeLinearly) for q in self.all)


def _quiet(state: State, jobs: Jobs, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not jobs.busy and state.now.decoded is not None)


@pytest.mark.parametrize("move", ["z", "sample", "axes", "model"])
def test_what_pca_makes_of_a_place_is_asked_only_while_its_plane_is_seen(
    session: Session, state: State, jobs: Jobs, qtbot: Any, monkeypatch: Any, move: str
) -> None:
    state.update(dataset=toy_dataset(30), model=made(0), z=np.zeros(2, np.float32))
    qtbot.waitUntil(lambda: state.now.pca is not None)
    _quiet(state, jobs, qtbot)
    session.encode()
    qtbot.waitUntil(lambda: state.now.codes is not None)
    state.update(seen=("latent",))
    asked = Asked(monkeypatch)
    moves: dict[str, Callable[[], object]] = {
        "z": lambda: session.move(np.ones(2, np.float32)),
        "sample": lambda: session.go_to(4),
        "axes": lambda: state.update_plane("pca", axes=(2, 0)),
        "model": lambda: state.update(model=made(1)),
    }
    moves[move]()
    _quiet(state, jobs, qtbot)
    assert asked.about_pca() == 0 and state.now.pca_decoded is None
    state.update(seen=("latent", "pca"))
    _quiet(state, jobs, qtbot)
    assert asked.about_pca() == 1
    assert planes["pca"].cursor(state.now) == tuple(state.now.pca_decoded.point)
    state.update(seen=("latent", "pca", "pca"))  # another view asks for nothing more
    _quiet(state, jobs, qtbot)
    assert asked.about_pca() == 1


def test_z_follows_a_cursor_put_in_a_plane_that_is_seen_no_longer(
    session: Session, state: State, jobs: Jobs, qtbot: Any
) -> None:
    """As while training: else z would jump as the plane is seen again."""
    state.update(dataset=toy_dataset(30), model=made(0), z=np.zeros(2, np.float32))
    qtbot.waitUntil(lambda: state.now.pca is not None)
    session.move_in("pca", (1.0, 0.5))
    _quiet(state, jobs, qtbot)
    before = state.now.z
    state.update(seen=("latent",))
    state.update(model=made(1))
    _quiet(state, jobs, qtbot)
    assert (state.now.z != before).any()
    held = state.now.z
    state.update(seen=("latent", "pca"))
    _quiet(state, jobs, qtbot)
    assert state.now.z is held


@pytest.mark.parametrize("seen", [("pca", "pca"), ("latent",)])
def test_the_cursor_of_pca_is_decoded_on_the_axes_of_the_view_that_was_moved(
    session: Session, state: State, jobs: Jobs, qtbot: Any, seen: tuple[str, ...]
) -> None:
    state.update(dataset=toy_dataset(30), model=made(0), z=np.zeros(2, np.float32))
    qtbot.waitUntil(lambda: state.now.pca is not None)
    _quiet(state, jobs, qtbot)
    state.update(**state.now.views_with("pca"))
    state.update_plane("pca:2", axes=(3, 2))
    state.update(seen=seen)
    session.move_in("pca:2", (1.0, 0.5))
    _quiet(state, jobs, qtbot)
    now = state.now
    fitted = now.pca
    assert fitted is not None
    row = fitted.mean + fitted.components[3] + 0.5 * fitted.components[2]
    np.testing.assert_allclose(now.pca_decoded.row, row, atol=1e-5)
    assert now.pca_decoded.axes == (3, 2) and now.z is now.pca_decoded.z
    session.move(np.ones(2, np.float32))
    state.update(seen=("pca",))
    _quiet(state, jobs, qtbot)
    assert state.now.pca_decoded is state.now.decoded.linear
    assert state.now.pca_decoded.axes == (0, 1)


def test_an_answer_about_axes_that_a_further_view_has_no_more_is_not_shown(
    session: Session, state: State, jobs: Jobs, qtbot: Any
) -> None:
    state.update(dataset=toy_dataset(30), model=made(0), z=np.zeros(2, np.float32))
    qtbot.waitUntil(lambda: state.now.pca is not None)
    _quiet(state, jobs, qtbot)
    state.update(**state.now.views_with("pca"))
    held = state.now.z
    session.move_in("pca:2", (1.0, 0.5))
    assert jobs.is_busy("decode linearly")
    state.update_plane("pca:2", axes=(3, 2))
    _quiet(state, jobs, qtbot)
    assert state.now.z is held and state.now.pca_decoded.axes == (0, 1)


# -- what is asked, and when ------------------------------------------------------------------


class Heard:
    """In the place of the answers: what was asked, and who hears of it."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, Callable[[Any], object], dict[str, Any]]] = []

    def ask(self, question: Any, then: Callable[[Any], object], **more: Any) -> None:
        self.asked.append((question, then, more))

    def names(self) -> list[str]:
        """The kinds of what was asked since the last time."""
        found = [type(question).__name__ for question, _, _ in self.asked]
        self.asked = []
        return found


DATA = toy_dataset(30)
FITTED = pca.fit(DATA, 4)
SCORES = FITTED.project(DATA.unit(slice(None)))
ZERO = np.zeros(2, np.float32)
PUT = {"pca": PlaneState(cursor=(1.0, 0.5))}


@pytest.fixture
def heard(qapp: object, state: State) -> Heard:
    """Nothing is shown yet, and nobody else listens."""
    found = Heard()
    LivePictures(state, found, state)  # type: ignore[arg-type]
    assert found.names() == []
    return found


def _shown(state: State, heard: Heard, **more: Any) -> None:
    """Data and components with the model, and the picture at z is there."""
    state.update(dataset=DATA, pca=FITTED, pca_scores=SCORES, model=made(0), z=ZERO)
    question, then, _ = next(
        asked for asked in reversed(heard.asked) if isinstance(asked[0], Decode)
    )
    then(question.answer())
    state.update(**more)
    heard.names()


def test_a_picture_needs_a_model_and_a_z_of_its_space(state: State, heard: Heard) -> None:
    state.update(model=made(0))
    state.update(model=None, z=ZERO)
    state.update(model=made(0), z=np.zeros(3, np.float32))
    assert heard.names() == []
    state.update(z=ZERO)
    assert heard.names() == ["Decode"]
    state.update(preview=ZERO + 1)
    ((question, _, _),) = heard.asked
    assert (question.z == 1).all()


def test_only_a_picture_of_a_model_that_is_at_work_is_waited_for(
    state: State, heard: Heard
) -> None:
    """Of another its module is made first, which takes longer than a frame."""
    state.update(model=made(0), z=ZERO)
    state.update(z=ZERO + 1)
    (_, _, first), (question, then, second) = heard.asked
    assert first["patience"] == second["patience"] == 0.0
    then(question.answer())
    heard.names()
    state.update(z=ZERO + 2)
    ((_, _, third),) = heard.asked
    assert 0.0 < third["patience"] <= 0.25 / 60, "of a frame, a part"
    heard.names()
    state.update(model=made(1))
    ((_, _, fourth),) = heard.asked
    assert fourth["patience"] == 0.0


def test_pca_has_a_picture_where_there_are_components_and_a_place(
    state: State, heard: Heard
) -> None:
    _shown(state, heard)
    assert state.now.pca_decoded is state.now.decoded.linear is not None
    state.update(pca=None)
    assert state.now.pca_decoded is None
    for lacking in (
        {"pca": None, "dataset": None},
        {"pca": FITTED, "dataset": DATA, "model": None},
    ):
        state.update(**lacking)
        assert state.now.pca_decoded is None and "DecodeLinearly" not in heard.names()


def test_a_cursor_that_was_put_is_decoded_without_a_model_too(state: State, heard: Heard) -> None:
    state.update(dataset=DATA, pca=FITTED, pca_scores=SCORES)
    assert heard.names() == []
    state.update(planes=PUT, moved="pca")
    ((question, then, _),) = heard.asked
    assert isinstance(question, DecodeLinearly) and question.model is None
    assert question.point.tolist() == [1.0, 0.5]
    then(question.answer())
    assert state.now.pca_decoded.z is None and state.now.z is None


def test_a_picture_at_a_cursor_that_was_put_stays_as_z_is_decoded(
    state: State, heard: Heard
) -> None:
    _shown(state, heard, planes=PUT, moved="sample")
    assert heard.names() == []
    state.update(planes={"pca": PlaneState(cursor=(0.5, 1.0))})
    ((question, then, _),) = heard.asked
    answer = question.answer()
    then(answer)
    heard.names()
    assert state.now.pca_decoded is answer and state.now.z is ZERO, "z is the sample's"
    state.update(z=ZERO + 1)
    decode, show, _ = heard.asked[-1]
    show(decode.answer())
    assert state.now.decoded.z.tolist() == [1, 1] and state.now.pca_decoded is answer


def test_z_goes_where_the_picture_at_the_cursor_of_pca_is_encoded(
    state: State, heard: Heard
) -> None:
    _shown(state, heard)
    state.update(planes=PUT, moved="pca")
    question, then, _ = heard.asked[-1]
    answer = question.answer()
    then(answer)
    assert state.now.z is answer.z and state.now.pca_decoded is answer
    assert heard.names().count("DecodeLinearly") == 1, "z that came with it is where it is"
    state.update(z=ZERO + 3)  # as an undo gives it back
    assert "DecodeLinearly" in heard.names()
    state.update(moved="latent")
    heard.names()
    state.update(z=ZERO + 4)
    assert heard.names() == ["Decode"]


def test_an_answer_about_a_cursor_that_follows_z_again_is_not_shown(
    state: State, heard: Heard
) -> None:
    _shown(state, heard)
    state.update(planes=PUT, moved="pca")
    question, then, _ = heard.asked[-1]
    before = state.now.pca_decoded
    state.update(planes=state.now.planes_following(), moved="latent")
    then(question.answer())
    assert state.now.z is ZERO and state.now.pca_decoded is before


def test_a_cursor_of_pca_that_follows_z_again_has_the_picture_at_z(
    state: State, heard: Heard
) -> None:
    """Though z, and so its picture, is the same."""
    _shown(state, heard)
    state.update(planes=PUT, moved="sample")
    question, then, _ = heard.asked[-1]
    then(question.answer())
    heard.names()
    state.update(planes=state.now.planes_following(), moved="latent")
    ((question, then, _),) = heard.asked
    assert isinstance(question, Decode)
    then(question.answer())
    assert state.now.pca_decoded is state.now.decoded.linear is not None


def test_what_both_planes_know_is_not_asked_again(state: State, heard: Heard) -> None:
    _shown(state, heard)
    state.update(seen=("latent", "pca", "pca:2"))
    state.update(planes={"pca": PlaneState(view=(0.0, 1.0, 0.0, 1.0))})
    assert heard.names() == []
    state.update(planes={"pca": PlaneState((1, 2))})
    assert set(heard.names()) == {"Decode"}, "on other axes the picture is another"


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, None),
        ({"selection": np.array([3, 4])}, "Compare"),
        ({"selection": np.array([3]), "dataset": None}, None),
        ({"own": Own((OwnPicture("a", DATA.x[0], DATA.preparation),))}, "CompareOwn"),
    ],
    ids=["nothing", "samples", "no data", "an own picture"],
)
def test_what_is_compared_is_the_first_sample_or_the_own_picture(
    state: State, heard: Heard, fields: dict[str, Any], wanted: str | None
) -> None:
    state.update(comparison="of before", **{"dataset": DATA, **fields})
    asked = [name for name in heard.names() if name.startswith("Compare")]
    assert set(asked) == ({wanted} if wanted else set())
    assert wanted or state.now.comparison is None


@pytest.mark.parametrize(("error", "left"), [(DataError("no"), False), (Cancelled(), True)])
def test_a_comparison_that_failed_does_not_stand_where_another_was(
    state: State, heard: Heard, error: Any, *, left: bool
) -> None:
    state.update(dataset=DATA, selection=np.array([3]))
    question, then, more = heard.asked[-1]
    seen = question.answer()
    then(seen)
    assert state.now.comparison is seen
    more["failed"](error)
    assert (state.now.comparison is seen) == left
