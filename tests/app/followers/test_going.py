"""A sample is a place, and z begins at data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorer.analysis import pca
from explorer.analysis.latent.paths import LatentPath
from explorer.analysis.latent.placing import central
from explorer.app.background.jobs import Jobs
from explorer.app.planes import planes
from explorer.app.session import Session
from explorer.app.state import State
from explorer.compute.analyses.encode import FindCodes
from explorer.compute.encoding.code import FindCode
from explorer.compute.opening.source import Opened
from explorer.models import autoencoder
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from tests.fakes import toy_dataset

N = 60


@pytest.fixture(autouse=True)
def on_screen(state: State) -> None:
    """Both planes are seen: else nobody asks what PCA makes of a picture."""
    state.update(seen=("latent", "pca"))


def _model(d: int, name: str = "m", hidden: int = 8) -> ModelSnapshot:
    data, config = toy_dataset(N), ModelConfig(latent_dim=d, hidden=hidden)
    weights = autoencoder.weights_of(autoencoder.build(config, data.preparation, seed=0))
    return ModelSnapshot(name, config, data.preparation, weights)


def _codes(model: ModelSnapshot) -> Codes:
    return FindCodes(model, toy_dataset(N)).answer()


def _show(session: Session, d: int, *, codes: bool = True) -> ModelSnapshot:
    model = _model(d)
    found = _codes(model) if codes else None
    session._opener.show(Opened("toy", toy_dataset(N), model, found))
    return model


def _settle(jobs: Jobs, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not jobs.busy)


@pytest.mark.parametrize("d", [1, 2, 5])
def test_going_to_a_sample_holds_its_code_in_all_dimensions(
    session: Session, state: State, jobs: Jobs, qtbot: Any, d: int
) -> None:
    _show(session, d)
    _settle(jobs, qtbot)
    before = state.now.z
    session.go_to(7)
    _settle(jobs, qtbot)
    assert state.now.selection.tolist() == [7]
    np.testing.assert_array_equal(state.now.z, state.now.codes.mean[7])
    seen = state.now.comparison
    assert np.abs(seen.reconstruction.astype(int) - state.now.decoded.image).max() <= 1
    assert state.undo()
    assert state.now.z is before and not len(state.now.selection)


def test_the_cursor_of_the_pca_plane_goes_to_the_scores(
    session: Session, state: State, jobs: Jobs, qtbot: Any
) -> None:
    _show(session, 2)
    _settle(jobs, qtbot)
    session.go_to(7)
    _settle(jobs, qtbot)
    np.testing.assert_array_equal(planes["pca"].cursor(state.now), state.now.pca_scores[7, :2])
    fitted: pca.Pca = state.now.pca
    row = fitted.reconstruct(state.now.pca_scores[7:8, :2], axes=(0, 1))[0]
    drawn = (row.clip(0, 1) * 255 + 0.5).astype(int)
    assert np.abs(drawn - state.now.pca_decoded.image.ravel()).max() <= 1
    session.move(np.zeros(2, np.float32))
    _settle(jobs, qtbot)
    follows = planes["pca"].cursor(state.now)
    assert (follows != state.now.pca_scores[7, :2]).any()


def test_a_sample_without_a_code_is_encoded(
    session: Session, state: State, jobs: Jobs, qtbot: Any
) -> None:
    model = _show(session, 3)
    whole = state.now.codes
    some = Codes(model.id, whole.mean[:5], whole.std[:5], whole.index[:5])
    state.update(codes=some)
    session.go_to(40)
    _settle(jobs, qtbot)
    np.testing.assert_allclose(state.now.z, whole.mean[40], atol=1e-5)
    assert state.undo() and not len(state.now.selection)


def test_without_a_model_a_sample_is_selected_and_no_code_asked_for(
    session: Session, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(session.answers, "ask", lambda one, *_, **__: asked.append(one))
    state.update(dataset=toy_dataset(N))
    session.go_to(7)
    assert state.now.selection.tolist() == [7] and state.now.z is None
    assert not [one for one in asked if isinstance(one, FindCode)]
    for nowhere in (-1, N, N + 5):
        session.go_to(nowhere)
        assert state.now.selection.tolist() == [7]
    session.go_to(N - 1)
    session.go_to(0)
    assert state.now.selection.tolist() == [0]


def test_a_code_that_comes_late_does_not_take_z_from_the_hand(
    session: Session, state: State, jobs: Jobs, qtbot: Any
) -> None:
    _show(session, 3)
    _settle(jobs, qtbot)
    state.update(codes=None)
    session.go_to(40)
    held = np.ones(3, np.float32)
    session.move(held)
    _settle(jobs, qtbot)
    assert state.now.z.tolist() == held.tolist()


def test_z_begins_at_data_along_the_dimensions_that_say_most(
    session: Session, state: State, jobs: Jobs, qtbot: Any
) -> None:
    model, codes = _model(4), _codes(_model(4))
    far = replace(codes, mean=codes.mean + np.float32(50),
                  kl_per_dim=np.array([0.1, 2, 0, 3], np.float32))  # fmt: skip
    session._opener.show(Opened("toy", toy_dataset(N), model, far))
    np.testing.assert_array_equal(state.now.z, central(far.mean))
    assert state.now.plane("latent").axes == (1, 3)


def test_codes_that_come_later_take_z_along_unless_the_hand_has_moved(
    session: Session, state: State, jobs: Jobs, qtbot: Any
) -> None:
    _show(session, 3, codes=False)
    assert not state.now.z.any() and state.now.plane("latent").axes == (0, 1)
    _settle(jobs, qtbot)
    np.testing.assert_array_equal(state.now.z, central(state.now.codes.mean))
    _show(session, 3, codes=False)
    held = np.ones(3, np.float32)
    session.move(held)
    state.update_plane("latent", axes=(1, 2))
    _settle(jobs, qtbot)
    assert state.now.z.tolist() == held.tolist() and state.now.plane("latent").axes == (1, 2)


@pytest.mark.parametrize("turned", [False, True])
def test_axes_that_the_user_turned_stay_as_z_goes_to_data(
    session: Session, state: State, turned: bool
) -> None:
    model = _show(session, 4, codes=False)
    if turned:
        state.update_plane("latent", axes=(0, 2))
    codes = replace(_codes(model), kl_per_dim=np.array([0.1, 2, 0, 3], np.float32))
    for shift in (0, 5):  # those of another moment too
        found = replace(codes, mean=codes.mean + np.float32(shift))
        state.update(training="running" if shift else "idle", codes=found)
        np.testing.assert_array_equal(state.now.z, central(found.mean))
        assert state.now.plane("latent").axes == ((0, 2) if turned else (1, 3))


def test_codes_that_say_the_same_of_the_sample_leave_z_as_it_is(
    session: Session, state: State, jobs: Jobs, qtbot: Any
) -> None:
    """Nothing is decoded anew."""
    _show(session, 3)
    session.go_to(7)
    held = state.now.z
    state.update(codes=replace(state.now.codes))
    assert state.now.z is held
    _settle(jobs, qtbot)


def test_further_views_begin_with_a_model_and_those_turned_by_hand_stay_with_its_codes(
    session: Session, state: State, jobs: Jobs, qtbot: Any
) -> None:
    for kind in ("latent", "latent", "pca"):
        state.update(**state.now.views_with(kind))
    state.update_plane("pca:2", axes=(3, 2))
    model, codes = _model(4), _codes(_model(4))
    telling = replace(codes, kl_per_dim=np.array([0.1, 2, 0, 3], np.float32))
    state.update_plane("latent:2", axes=(3, 0))
    session._opener.show(Opened("toy", toy_dataset(N), model, None))
    assert all(state.now.plane(f"latent:{n}").axes == (0, 1) for n in (2, 3))
    state.update_plane("latent:2", axes=(2, 0))
    state.update(codes=telling)
    assert state.now.plane("latent").axes == state.now.plane("latent:3").axes == (1, 3)
    assert state.now.plane("latent:2").axes == (2, 0)
    _settle(jobs, qtbot)


def test_each_view_has_its_cursor_at_the_sample_gone_to(
    session: Session, state: State, jobs: Jobs, qtbot: Any
) -> None:
    _show(session, 2)
    _settle(jobs, qtbot)
    state.update(**state.now.views_with("pca"))
    state.update_plane("pca:2", axes=(3, 2))
    session.go_to(7)
    _settle(jobs, qtbot)
    scores = state.now.pca_scores[7]
    assert state.now.plane("pca").cursor == pytest.approx(scores[:2])
    assert state.now.plane("pca:2").cursor == pytest.approx(scores[[3, 2]])


def _publish(session: Session, state: State, model: ModelSnapshot, shift: float) -> Codes:
    codes = _codes(model)
    moved = replace(codes, mean=codes.mean + np.float32(shift))
    session._trainer.show_model(model, moved)
    return moved


def test_in_training_z_goes_to_data_at_first_and_at_last(session: Session, state: State) -> None:
    _show(session, 2)
    state.update(training="running")
    first = _publish(session, state, _model(2, "a"), 5)
    np.testing.assert_array_equal(state.now.z, central(first.mean))
    held = state.now.z
    _publish(session, state, _model(2, "b"), 9)
    assert state.now.z is held
    state.update(training="idle")
    last = _publish(session, state, _model(2, "c"), 20)
    np.testing.assert_array_equal(state.now.z, central(last.mean))


def test_in_training_z_stays_where_the_hand_put_it(session: Session, state: State) -> None:
    _show(session, 2)
    session.move(np.array([0.5, 0.5], np.float32))
    held = state.now.z
    state.update(training="running")
    _publish(session, state, _model(2, "a"), 5)
    state.update(training="idle")
    _publish(session, state, _model(2, "b"), 9)
    assert state.now.z is held


def test_what_stood_in_another_space_goes_to_data_as_a_training_begins(
    session: Session, state: State, jobs: Jobs, qtbot: Any
) -> None:
    _show(session, 2)
    _settle(jobs, qtbot)
    session.move(np.array([9, 9], np.float32))
    settings = replace(state.now.training_config, epochs=1)
    session.configure(state.now.model.config, settings)
    session._trainer.train(keep=False)
    _settle(jobs, qtbot)
    assert state.now.training == "idle" and state.now.z.tolist() != [9, 9]
    state.update(training="running", moments=(object(),))
    session.move(np.array([9, 9], np.float32))
    held = state.now.z
    _publish(session, state, _model(2, "b"), 9)
    assert state.now.z is held


@pytest.mark.parametrize("known", [True, False])
def test_z_stays_with_the_sample_gone_to_in_every_moment_of_a_training(
    session: Session, state: State, jobs: Jobs, qtbot: Any, known: bool
) -> None:
    """Most samples have no code before the end."""
    _show(session, 2)
    _settle(jobs, qtbot)
    state.update(training="running")
    session.go_to(40)
    for name, hidden in (("a", 8), ("b", 9)):
        model = _model(2, name, hidden)
        whole = _codes(model)
        rows = slice(None) if known else slice(5)
        some = Codes(name, whole.mean[rows], whole.std[rows], whole.index[rows])
        session._trainer.show_model(model, some)
        _settle(jobs, qtbot)
        np.testing.assert_allclose(state.now.z, whole.mean[40], atol=1e-5)
        assert state.now.moved == "sample"
    assert state.undo() and not len(state.now.selection)


@pytest.mark.parametrize("leaves", ["z", "selection"])
def test_a_sample_that_is_left_takes_z_along_no_more(
    session: Session, state: State, jobs: Jobs, qtbot: Any, leaves: str
) -> None:
    _show(session, 2)
    session.go_to(40)
    if leaves == "z":
        session.move(np.array([0.5, 0.5], np.float32))
    else:
        state.update(selection=np.array([3]))
    held = state.now.z
    _publish(session, state, _model(2, "a"), 5)
    _settle(jobs, qtbot)
    assert state.now.z is held


@pytest.mark.parametrize("leads", ["sample", "pca"])
def test_the_two_cursors_are_at_one_place_where_z_begins_anew(
    session: Session, state: State, jobs: Jobs, qtbot: Any, leads: str
) -> None:
    _show(session, 2)
    _settle(jobs, qtbot)
    if leads == "sample":
        session.go_to(7)
    else:
        session.move_in("pca", (3, 3))
    _settle(jobs, qtbot)
    before = planes["pca"].cursor(state.now)
    _publish(session, state, _model(3, "a"), 0)
    _settle(jobs, qtbot)
    assert state.now.moved == "latent" and planes["pca"].cursor(state.now) != before
    np.testing.assert_array_equal(planes["pca"].cursor(state.now), state.now.decoded.linear.point)


@pytest.mark.parametrize(("d", "hidden"), [(2, 8), (3, 16)])
def test_what_is_bound_to_a_space_goes_with_it(
    session: Session, state: State, jobs: Jobs, qtbot: Any, d: int, hidden: int
) -> None:
    _show(session, 3)
    _settle(jobs, qtbot)
    z = np.zeros(3, np.float32)
    state.update(mark_a=z, mark_b=z + 1, path=LatentPath(z[None]))  # of one click
    _publish(session, state, replace(_model(3, "later")), 0)
    assert state.now.mark_a is z and state.now.path is not None
    _publish(session, state, _model(d, "other", hidden), 0)
    assert state.now.mark_a is None and state.now.mark_b is None and state.now.path is None
    _settle(jobs, qtbot)
