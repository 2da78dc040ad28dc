"""Own pictures: prepared as the data is, compared as samples are, and gone when they are not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from explorer.app.background.jobs import Jobs
from explorer.app.opening import owning
from explorer.app.session import Session
from explorer.app.snapshot import Snapshot
from explorer.app.state import NOTHING, State
from explorer.compute.comparing.own import CompareOwn
from explorer.compute.comparing.sample import Compare
from explorer.compute.measuring.usual import Usual
from explorer.data.dataset import Dataset, Preparation
from explorer.data.pictures.own import Own, OwnPicture, Pasted
from explorer.models import autoencoder
from explorer.models.config import ModelConfig, ModelSnapshot
from tests.data import makers

FORM = Preparation(8, 8)
CONFIG = ModelConfig(hidden=8)
N = 40


def made(seed: int, config: ModelConfig = CONFIG, form: Preparation = FORM) -> ModelSnapshot:
    weights = autoencoder.weights_of(autoencoder.build(config, form, seed=seed))
    return ModelSnapshot(f"m{seed}", config, form, weights)


def data(form: Preparation = FORM) -> Dataset:
    rng = np.random.default_rng(0)
    x = rng.integers(0, form.levels + 1, (N, *form.shape)).astype(np.uint8)
    return Dataset("toy", x, form, np.arange(N) % 5 == 0)


def png(folder: Path, name: str, pixels: np.ndarray) -> Path:
    path = folder / name
    path.write_bytes(makers.png(pixels[..., 0]))
    return path


def quiet(jobs: Jobs, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not jobs.busy)


@pytest.fixture
def shown(session: Session, state: State, jobs: Jobs, qtbot: Any) -> Dataset:
    """A data set with its model and PCA, all there."""
    found = data()
    state.update(dataset=found, model=made(0), z=np.zeros(2, np.float32))
    session.encode()
    quiet(jobs, qtbot)
    return found


@pytest.mark.parametrize("kind", ["full-cov-vae", "vae"])
@pytest.mark.parametrize("levels", [255, 16])
def test_an_own_picture_is_seen_as_the_sample_is_that_it_equals(
    session: Session, state: State, jobs: Jobs, qtbot: Any, tmp_path: Path, kind: str, levels: int
) -> None:
    form = replace(FORM, high=float(levels), levels=levels)
    found, config = data(form), ModelConfig(preset=kind, hidden=8)
    state.update(dataset=found, model=made(0, config, form), z=np.zeros(2, np.float32))
    session.encode()
    quiet(jobs, qtbot)
    path = png(tmp_path, "a.png", found.x[3])
    session.look_at(path)
    quiet(jobs, qtbot)
    seen, now = state.now.own_comparison, state.now
    truth = Compare(found, 3, now.model, now.pca).answer()
    assert seen is not None and seen.own.name == "a.png" and seen.index is None
    for name in ("original", "reconstruction", "pca_reconstruction", "mean", "std", "mse",
                 "pca_mse", "scores", "k"):  # fmt: skip
        np.testing.assert_array_equal(getattr(seen, name), getattr(truth, name), err_msg=name)
    assert (seen.cov is None) == (kind == "vae")
    np.testing.assert_allclose(seen.mean, now.codes.mean[3], atol=1e-6)
    if now.codes.cov is not None:
        np.testing.assert_allclose(seen.cov, now.codes.cov[3], atol=1e-6)
    plane = seen.scores[: now.pca_scores.shape[1]]
    np.testing.assert_allclose(plane, now.pca_scores[3], atol=1e-3)
    np.testing.assert_array_equal(now.z, seen.mean)
    assert now.message.text.startswith("a.png encoded at z = (")


def test_another_model_of_the_form_encodes_it_anew_and_z_stays(
    session: Session, state: State, jobs: Jobs, qtbot: Any, shown: Dataset, tmp_path: Path
) -> None:
    session.look_at(png(tmp_path, "a.png", shown.x[3]))
    quiet(jobs, qtbot)
    z = state.now.z
    state.update(model=made(1), codes=None)
    quiet(jobs, qtbot)
    seen = state.now.own_comparison
    truth = CompareOwn(state.now.own, FORM, shown, made(1), state.now.pca).answer()
    assert seen is not None and seen.mse == truth.mse
    assert not np.array_equal(seen.mean, z) and state.now.z is z


def test_data_of_another_form_takes_it_away_and_of_the_same_keeps_it(
    session: Session, state: State, jobs: Jobs, qtbot: Any, shown: Dataset, tmp_path: Path
) -> None:
    session.look_at(png(tmp_path, "a.png", shown.x[3]))
    quiet(jobs, qtbot)
    own = state.now.own
    state.renew(dataset=data(replace(FORM, binarisation="dynamic")), own=own)
    assert state.now.own is own
    state.renew(dataset=data(Preparation(8, 9)), own=own)
    assert state.now.own is None


@pytest.mark.parametrize("way", ["select", "drop"])
def test_it_goes_with_its_words_and_comes_back_by_undo(
    session: Session, state: State, jobs: Jobs, qtbot: Any, shown: Dataset, tmp_path: Path,
    way: str,
) -> None:  # fmt: skip
    session.look_at(png(tmp_path, "a.png", shown.x[3]), png(tmp_path, "b.png", shown.x[4]))
    quiet(jobs, qtbot)
    own, z = state.now.own, state.now.z
    if way == "select":
        state.mark()
        state.update(selection=np.array([7]))
    else:
        session.drop_own()
    quiet(jobs, qtbot)
    assert state.now.own is None and state.now.own_comparison is None
    assert state.now.message is None
    assert (state.now.comparison is None) == (way == "drop")
    state.undo()
    quiet(jobs, qtbot)
    assert state.now.own is own and not len(state.now.selection)
    assert state.now.own_comparison is not None
    np.testing.assert_array_equal(state.now.z, z)


def test_looking_at_one_is_one_step_of_undo(
    session: Session, state: State, jobs: Jobs, qtbot: Any, shown: Dataset, tmp_path: Path
) -> None:
    before = np.array([1.0, 1.0], np.float32)
    state.update(z=before, selection=np.array([2]))
    session.look_at(png(tmp_path, "a.png", shown.x[3]))
    quiet(jobs, qtbot)
    state.undo()
    assert state.now.own is None and state.now.selection.tolist() == [2]
    np.testing.assert_array_equal(state.now.z, before)


def test_several_are_looked_at_one_by_one_and_the_unreadable_are_named(
    session: Session, state: State, jobs: Jobs, qtbot: Any, shown: Dataset, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no picture")
    session.look_at(png(tmp_path, "a.png", shown.x[3]), bad, png(tmp_path, "b.png", shown.x[4]))
    quiet(jobs, qtbot)
    message = state.now.message
    assert "1 of 2 looked at one by one" in message.text and "bad.png" in message.details
    assert message.actions[0].text == "Open them as a data set"
    session.step_own(1)
    quiet(jobs, qtbot)
    assert state.now.own.picture.name == "b.png"
    np.testing.assert_allclose(state.now.z, state.now.codes.mean[4], atol=1e-6)
    session.step_own(1)
    assert state.now.own.picture.name == "a.png"
    session.answer(message.actions[0])
    quiet(jobs, qtbot)
    assert state.now.dataset.name == "2 pictures" and len(state.now.dataset) == 2


def test_none_that_can_be_read_is_one_sentence_and_changes_nothing(
    session: Session, state: State, jobs: Jobs, qtbot: Any, shown: Dataset, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no picture")
    before = state.now.z
    session.look_at(bad)
    quiet(jobs, qtbot)
    assert state.now.message.tone == "bad" and "bad.png" in state.now.message.text
    assert state.now.own is None and state.now.z is before


def test_what_was_done_so_that_it_fits_is_said(
    session: Session, state: State, jobs: Jobs, qtbot: Any, shown: Dataset
) -> None:
    session.look_at(Pasted("the pasted picture", makers.png(makers.pixels(20, 30, 3))))
    quiet(jobs, qtbot)
    details = state.now.message.details
    said, notes = state.now.message.text.lower(), state.now.own.picture.notes
    assert [note.lower() in said for note in notes] == [True, *[False] * (len(notes) - 1)]
    assert len(notes) > 1
    assert "scaled into 8 x 8" in details and "colours are turned to grey" in details
    session.invert_own()
    quiet(jobs, qtbot)
    assert "Light and dark are exchanged" in state.now.message.details
    session.invert_own()
    assert not any("exchanged" in note for note in state.now.own.picture.notes)


def test_what_the_model_gives_back_badly_is_called_unlike_the_data_with_the_number(
    session: Session, state: State, jobs: Jobs, qtbot: Any, tmp_path: Path
) -> None:
    found = replace(data(), x=np.full((N, 8, 8, 1), 128, np.uint8))
    state.update(dataset=found, model=made(0), z=np.zeros(2, np.float32))
    session.look_at(png(tmp_path, "white.png", np.full((8, 8, 1), 255, np.uint8)))
    quiet(jobs, qtbot)
    seen, usual = state.now.own_comparison, state.now.usual
    assert seen.mse > usual.mse and usual.n == N
    assert f"{seen.mse:.4f}" in owning.unlike(state.now)
    assert "Unlike the data" in state.now.message.text
    session.look_at(png(tmp_path, "grey.png", np.full((8, 8, 1), 128, np.uint8)))
    quiet(jobs, qtbot)
    assert owning.unlike(state.now) == "" and "nlike" not in state.now.message.text
    state.update(model=made(1))
    assert state.now.usual is None


def test_a_picture_on_another_ground_can_be_inverted_by_a_button(
    session: Session, state: State, jobs: Jobs, qtbot: Any, tmp_path: Path
) -> None:
    found = replace(data(), x=np.zeros((N, 8, 8, 1), np.uint8))
    state.update(dataset=found, model=made(0), z=np.zeros(2, np.float32))
    session.look_at(png(tmp_path, "a.png", np.full((8, 8, 1), 250, np.uint8)))
    quiet(jobs, qtbot)
    (action,) = state.now.message.actions
    session.answer(action)
    quiet(jobs, qtbot)
    assert (state.now.own_comparison.original == 5).all() and not state.now.message.actions


@pytest.mark.parametrize(
    ("edge", "usual", "other"),
    [
        (255, 0.0, True), (0, 1.0, True), (255, 0.5, False), (0, 0.5, False), (255, 1.0, False),
        (204, 0.25, True), (51, 0.75, True), (204, 0.75, False), (51, 0.25, False),
    ],
)  # fmt: skip
def test_the_ground_is_another_more_than_half_way_from_black_to_white(edge, usual, other) -> None:
    own = Own((OwnPicture("a", np.full((8, 8, 1), edge, np.uint8), FORM),))
    now = Snapshot(own=own, usual=Usual(0.1, N, usual))
    assert owning.other_ground(now) is other
    assert not owning.other_ground(Snapshot(own=own))
    assert not owning.other_ground(Snapshot(usual=now.usual))


@pytest.mark.parametrize(
    ("mse", "usual", "unlike"),
    [
        (0.2, 0.1, True),
        (0.1, 0.1, False),
        (0.0, 0.0, False),
        (0.1 * owning.SLACK, 0.1, False),
        (0.1005, 0.1, True),
    ],
)
def test_it_is_unlike_the_data_by_more_than_the_last_digits(mse, usual, unlike) -> None:
    own = Own((OwnPicture("a", np.zeros((8, 8, 1), np.uint8), FORM),))
    seen: Any = SimpleNamespace(own=own.picture, mse=mse)
    now = Snapshot(own=own, comparison=seen, usual=Usual(usual, N, 0.5))
    said = f"unlike the data: MSE {mse:.4f}, of 99 % of its samples below {usual:.4f}"
    assert owning.unlike(now) == (said if unlike else "")
    assert owning.unlike(replace(now, usual=None)) == ""
    assert owning.unlike(replace(now, comparison=None)) == ""


def test_what_is_usual_is_asked_once_something_is_compared_with_it(
    session: Session, state: State
) -> None:
    asked: list[Any] = []
    answers: Any = SimpleNamespace(ask=lambda question, *_, **__: asked.append(question))
    state.update(training="running")
    owner = owning.OwnPictures(state, answers, session)
    own = Own((OwnPicture("a", data().x[0], FORM),))
    steps: list[tuple[dict[str, Any], int]] = [
        ({"dataset": data(), "model": made(0)}, 0),
        ({"own": own}, 0),
        ({"usual": Usual(0.1, N, 0.5), "training": "idle"}, 0),
        ({"own": None}, 0),
        ({"own": own}, 0),  # it is known
        ({"model": made(1)}, 1),
        ({"model": None}, 1),
        ({"own": None}, 1),
        ({"model": made(2)}, 1),
        ({"own": own}, 2),
        ({"usual": None, "training": "running"}, 2),
    ]
    for fields, count in steps:
        state.update(**fields)
        assert len(asked) == count, fields
    assert asked[-1].model is state.now.model and owner is not None


def test_one_picture_has_no_next_and_none_has_nothing_to_change(
    session: Session, state: State, jobs: Jobs, qtbot: Any, shown: Dataset, tmp_path: Path
) -> None:
    for act in (lambda: session.step_own(1), session.invert_own, session.drop_own):
        act()
        assert state.now.own is None and not state.undo()
    session.look_at(png(tmp_path, "a.png", shown.x[3]))
    quiet(jobs, qtbot)
    own = state.now.own
    session.step_own(1)
    assert state.now.own is own


def test_what_others_say_meanwhile_stays(
    session: Session, state: State, jobs: Jobs, qtbot: Any, shown: Dataset, tmp_path: Path
) -> None:
    session.look_at(png(tmp_path, "a.png", shown.x[3]))
    quiet(jobs, qtbot)
    session.say("Something else", "done")
    state.update(usual=None, training="running")
    state.update(training="idle")  # what is usual is measured anew
    quiet(jobs, qtbot)
    assert state.now.usual is not None and state.now.message.text == "Something else"
    session.drop_own()
    assert state.now.own is None and state.now.message.text == "Something else"


def test_beside_data_without_a_model_it_has_what_pca_makes_of_it(
    session: Session, state: State, jobs: Jobs, qtbot: Any, tmp_path: Path
) -> None:
    found = data()
    state.update(dataset=found)
    session.look_at(png(tmp_path, "a.png", found.x[3]))
    quiet(jobs, qtbot)
    seen = state.now.own_comparison
    assert seen.pca_reconstruction is not None and seen.reconstruction is None
    assert "PCA" in state.now.message.text
    state.update(model=made(0), z=np.zeros(2, np.float32))
    quiet(jobs, qtbot)
    assert state.now.own_comparison.reconstruction is not None


def test_without_anything_shown_it_is_said_what_a_picture_needs(
    session: Session, state: State, tmp_path: Path
) -> None:
    session.look_at(png(tmp_path, "a.png", makers.pixels(8, 8, 1)))
    assert "open data or a model first" in state.now.message.text.lower()


def test_an_own_picture_and_a_selection_never_stand_side_by_side(
    session: Session, state: State, jobs: Jobs, qtbot: Any, shown: Dataset, tmp_path: Path
) -> None:
    session.look_at(png(tmp_path, "a.png", shown.x[3]))
    quiet(jobs, qtbot)
    own = state.now.own
    seen = []
    state.changed.connect(lambda *_: seen.append((state.now.own, len(state.now.selection))))
    state.update(selection=np.array([1]))
    state.update(own=own)
    state.update(selection=NOTHING)
    assert all(one is None or not count for one, count in seen) and state.now.own is own
