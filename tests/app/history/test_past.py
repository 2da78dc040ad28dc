"""explorer.app.history.past: every field has a rule, and the past never weighs more than it may."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest

from explorer.analysis.pca import fit
from explorer.app.following import SUBJECTS
from explorer.app.history import past
from explorer.app.history.past import CHOSEN, RULES, SHOWN
from explorer.app.parts.planes import PlaneState, PlaneStates
from explorer.app.parts.rules import Undo
from explorer.app.state import FIELDS, State
from explorer.data.pictures.own import Own, OwnPicture
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from explorer.training.record.moment import Moment, moment_of
from tests.fakes import toy_dataset

DATA = toy_dataset()


def model(name: str, *, d: int = 2, numbers: int = 10) -> ModelSnapshot:
    weights = {"w": np.zeros(numbers, np.float32)}
    return ModelSnapshot(name, ModelConfig(latent_dim=d), DATA.preparation, weights)


def codes(of: ModelSnapshot, n: int = 5) -> Codes:
    zeros = np.zeros((n, of.config.latent_dim), np.float32)
    return Codes(of.id, zeros, zeros, np.arange(n))


def moment(of: ModelSnapshot) -> Moment:
    return moment_of(1, 1.0, of, codes(of))


def z(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


def put(a: float, b: float) -> PlaneStates:
    return {"pca": PlaneState(cursor=(a, b))}


def show(state: State, of: ModelSnapshot, **more: object) -> None:
    state.update(
        dataset=DATA, model=of, codes=codes(of), z=z(*[0.0] * of.config.latent_dim), **more
    )


def begin_training(state: State) -> None:
    state.mark()
    state.update(training="running", moments=(), selection=np.zeros(0, np.int64))


# -- what is undone ---------------------------------------------------------------------------


def test_every_field_is_undone_or_has_a_reason():
    assert set(RULES) == FIELDS
    apart = {name: rule.reason for name, rule in RULES.items() if rule.undo is Undo.NEVER}
    assert {*CHOSEN, *SHOWN, *apart} == FIELDS and all(apart.values())


def test_an_answer_goes_with_the_data_or_the_path_that_it_is_of():
    answers = {name for name, rule in RULES.items() if rule.reason.startswith("an answer")}
    assert "pca_decoded" in answers
    of = {name: set(SUBJECTS.get(name, "").split()) for name in answers}
    assert {n for n, subjects in of.items() if subjects.isdisjoint({"dataset", "path"})} == set()


@pytest.mark.parametrize("name", CHOSEN)
def test_whatever_the_user_changes_comes_back_and_goes_forth(state, name):
    values = {
        "z": (z(0, 0), z(1, 1)), "selection": (np.array([1]), np.array([2])),
        "planes": (put(0, 0), put(1, 1)), "moved": ("sample", "latent"),
        "brushed": (None, np.ones((2, 2), bool)),
        "own": (None, Own((OwnPicture("a", DATA.x[0], DATA.preparation),))),
    }  # fmt: skip
    before, after = values.get(name, ("before", "after"))
    more = {"dataset": DATA} if name == "own" else {}
    state.update(**{name: before, **more})
    state.mark()
    state.update(**{name: after})
    assert state.undo()
    assert getattr(state.now, name) is before
    assert state.redo()
    assert getattr(state.now, name) is after


def test_both_cursors_and_the_one_that_leads_come_back_together(state):
    state.update(z=z(0, 0), planes=put(5, 5), moved="sample")
    state.mark()
    state.update(planes=put(6, 6), moved="pca")
    state.update(z=z(1, 1))  # where the encoder puts its picture
    state.undo()
    assert state.now.moved == "sample"
    assert (state.now.z.tolist(), state.now.plane("pca").cursor) == ([0, 0], (5, 5))


def test_an_answer_after_an_undo_leaves_the_way_forth(state):
    state.update(z=z(0, 0), planes=put(5, 5), moved="pca")
    state.mark()
    state.update(planes=put(6, 6))
    state.undo()
    state.update(z=z(0, 0))  # the answer to the point that is back
    assert state.redo()
    assert state.now.plane("pca").cursor == (6, 6)


def test_the_cursor_that_follows_makes_no_step(state):
    state.update(z=z(0, 0), planes=put(5, 5), moved="pca")
    state.mark()
    state.update(z=z(0.5, 0))
    assert not state.undo()


# -- gestures ---------------------------------------------------------------------------------


def test_marks_of_one_gesture_are_one_step(state):
    wheel = object()
    for span in (3.0, 2.0, 1.0):
        state.mark(wheel)
        state.update_plane("latent", view=(-span, span, -span, span))
    assert state.undo()
    assert state.now.plane("latent").view is None
    assert not state.undo()
    assert state.redo()
    assert state.now.plane("latent").view == (-1, 1, -1, 1)


def test_a_gesture_that_goes_on_after_an_undo_is_another_step(state):
    wheel = object()
    state.mark(wheel)
    state.update(noise=0.2)
    state.undo()
    state.mark(wheel)
    state.update(noise=0.3)
    assert state.undo()
    assert state.now.noise == 0.5


def test_a_gesture_that_comes_back_to_where_it_began_is_none(state):
    state.update(z=z(0, 0), selection=np.array([3]))
    state.mark()
    state.update(z=z(1, 1))
    state.update(z=z(0, 0), selection=np.array([3]))
    assert not state.undo()


def test_what_is_done_after_an_undo_is_the_only_way_forth(state):
    state.mark()
    state.update(noise=0.2)
    state.undo()
    state.mark()
    state.update(noise=0.3)
    assert not state.redo(), "the gesture is held still, and has ended the way forth"
    assert state.now.noise == 0.3
    assert state.undo() and state.now.noise == 0.5
    assert state.redo() and state.now.noise == 0.3
    assert not state.redo()


def test_two_hundred_steps_are_kept_and_no_more(state):
    for i in range(past.MOST_STEPS + 5):
        state.mark()
        state.update(z=z(i, 0))
    back = 0
    while state.undo():
        back += 1
    assert back == 200
    assert state.now.z.tolist() == [4, 0]


@pytest.mark.parametrize(
    ("old", "new", "step"),
    [
        (None, z(1, 2), True),
        (z(1, 2), None, True),
        (z(1, 2), z(1, 2), False),
        (z(1, 2), z(1, 3), True),
        (z(1, 2), z(1, 2, 3), True),
    ],
    ids=["the first", "the last", "the same", "a number", "another length"],
)
def test_only_other_numbers_are_a_step(state, old, new, step):
    state.update(z=old)
    state.mark()
    state.update(z=new)
    assert state.undo() is step


# -- the model shown --------------------------------------------------------------------------


def test_a_training_is_undone_to_the_model_before_it_and_redone(state):
    old, new = model("old"), model("new", d=3)
    show(state, old, selection=np.array([2]), moments=(moment(old),), epoch=1.0)
    begin_training(state)
    state.update(model=new, codes=codes(new), z=z(0, 0, 0), moments=(moment(new),), epoch=2.0)
    assert not state.undo(), "while it trains the next moment would replace it"
    state.update(training="idle")
    assert state.undo()
    now = state.now
    assert (now.model, now.epoch, now.selection.tolist()) == (old, 1.0, [2])
    assert (now.codes.model_id, len(now.z), now.moments[0].model) == ("old", 2, old)
    assert state.redo()
    assert (state.now.model, state.now.codes.model_id, len(state.now.z)) == (new, "new", 3)


def test_a_run_that_failed_before_its_first_moment_gives_the_selection_back(state):
    old = model("old")
    show(state, old, selection=np.array([2]))
    begin_training(state)
    state.update(training="idle")
    assert state.undo()
    assert state.now.selection.tolist() == [2]


def test_what_the_user_does_while_training_is_undone_and_the_moment_stays(state):
    show(state, model("old"))
    begin_training(state)
    state.mark()
    state.update(muted=frozenset({1}))
    newest = model("newest")
    state.update(model=newest, codes=codes(newest), moments=(moment(newest),))
    assert state.undo()
    assert (state.now.muted, state.now.model) == (frozenset(), newest)
    assert state.redo()
    assert (state.now.muted, state.now.model) == (frozenset({1}), newest)


def test_a_place_in_the_space_of_another_model_does_not_come_back(state):
    show(state, model("old"))
    begin_training(state)
    state.mark()
    state.update(z=z(1, 1), smooth=True)
    new = model("new", d=3)
    state.update(model=new, codes=codes(new), z=z(0, 0, 0), moments=(moment(new),))
    assert state.undo()
    assert (state.now.smooth, len(state.now.z)) == (False, 3)


def test_a_place_in_a_space_as_large_comes_back_while_it_trains(state):
    show(state, model("old"))
    begin_training(state)
    state.mark()
    state.update(z=z(1, 1), smooth=True)
    new = model("new")
    state.update(model=new, codes=codes(new), moments=(moment(new),))
    assert state.undo()
    assert (state.now.smooth, state.now.z.tolist(), state.now.model) == (False, [0, 0], new)


def test_data_that_comes_back_brings_what_is_known_of_it_and_nothing_of_the_other(state):
    old, other = model("old"), model("other")
    first, second = z(1, 2), z(3, 4)
    show(state, old, moments=(moment(old),), pca="the first's", pca_scores=first)
    state.mark(whole=True)
    state.renew(dataset=toy_dataset(seed=1), model=other, codes=codes(other, 9))
    state.update(pca="the second's", pca_scores=second)
    assert state.undo()
    now = state.now
    assert (now.pca, now.pca_scores is first, now.moments[0].model) == ("the first's", True, old)
    assert now.codes.model_id == "old" and len(now.codes.index) == 5
    assert state.redo() and state.now.pca_scores is second


def test_a_model_that_comes_back_has_the_most_codes_that_any_moment_knows_of_it(state):
    first, last = model("first"), model("last")
    few = (moment(first), moment(last))
    show(state, first, moments=few)
    state.mark(whole=True)
    known = (moment_of(1, 1.0, first, codes(first, 7)), moment_of(2, 2.0, last, codes(last, 9)))
    state.update(model=last, codes=codes(last, 9), moments=known)
    assert state.undo()
    now = state.now
    assert (now.model, now.codes.model_id, len(now.codes.index)) == (first, "first", 7)
    assert now.moments is known


def test_other_data_is_undone(state):
    old = model("old")
    show(state, old)
    state.update(pca_scores=z(1, 2))
    state.update_plane("latent", view=(0, 1, 0, 1))
    state.mark(whole=True)
    state.renew(dataset=toy_dataset(seed=1))
    assert (state.now.model, state.now.plane("latent").view) == (None, None)
    assert state.undo()
    assert (state.now.dataset, state.now.model) == (DATA, old)
    assert (state.now.pca_scores.tolist(), state.now.plane("latent").view) == ([1, 2], (0, 1, 0, 1))


def test_codes_found_since_stay_known(state):
    shown = model("shown")
    show(state, shown, moments=(moment(shown),))
    state.mark()
    state.update(z=z(1, 1))
    state.update(codes=codes(shown, len(DATA)))
    state.undo()
    assert len(state.now.codes.index) == len(DATA)


def test_without_a_model_there_is_no_decoded_picture(state):
    state.update(dataset=DATA)
    begin_training(state)
    show(state, model("new"), decoded="a picture")
    state.update(training="idle")
    state.undo()
    assert (state.now.model, state.now.decoded) == (None, None)


# -- memory -----------------------------------------------------------------------------------


def test_two_hundred_marks_of_a_training_keep_none_of_its_models(state):
    show(state, model("old"))
    begin_training(state)
    passed = []
    for i in range(200):
        of = model(f"moment {i}")
        passed.append(weakref.ref(of))
        show(state, of, moments=(moment(of),))
        state.mark()
        state.update(z=z(i + 1, 0))
    del of
    gc.collect()
    assert sum(ref() is not None for ref in passed) == 1  # what is shown


def test_the_past_keeps_no_more_than_its_limit_and_the_newest(state, monkeypatch):
    monkeypatch.setattr(past, "MOST_BYTES", 4_000)
    shown = [model(f"model {i}", numbers=250) for i in range(10)]  # 1,000 bytes each
    for of in shown:
        state.mark()
        state.update(model=of)
    back = 0
    while state.undo():
        back += 1
    assert 2 <= back <= 4
    assert state.now.model is shown[-1 - back]


def test_the_past_may_take_a_part_of_a_small_machine():
    """Some dozens of models of 4 MB, as the bundled ones are; of 8 GB a thirtieth."""
    assert 24 * 4 * 2**20 <= past.MOST_BYTES <= 2**33 / 30


@pytest.mark.parametrize(("spare", "steps"), [(0, 2), (-1, 1)])
def test_what_weighs_as_much_as_the_limit_is_kept(state, monkeypatch, spare, steps):
    shown = [model(f"model {i}", numbers=250) for i in range(3)]
    monkeypatch.setattr(past, "MOST_BYTES", 2 * 1_000 + spare)  # of the two that are not shown
    state.update(model=shown[0])
    for of in shown[1:]:
        state.mark(whole=True)
        state.update(model=of)
    assert [state.undo() for _ in range(3)].count(True) == steps


def test_a_step_that_leaves_what_is_shown_weighs_nothing_and_is_not_weighed(state, monkeypatch):
    weighed = []
    weigh = past.Past.weight
    monkeypatch.setattr(past.Past, "weight", lambda *given: weighed.append(1) or weigh(*given))
    show(state, model("old"))
    state.mark()
    state.update(z=z(1, 1))
    state.mark()
    assert not weighed
    show(state, model("new"))
    state.mark()
    assert weighed


def test_what_is_shown_weighs_nothing(state):
    weigher = past.Past()
    heavy = model("shown", numbers=1000)
    state.update(model=heavy, moments=(moment(heavy),))
    weigher.mark(state.now, None, whole=True)
    state.update(noise=0.1)
    weigher.mark(state.now, None, whole=True)
    assert weigher.weight(state.now) == 0
    state.update(model=None, moments=())
    assert weigher.weight(state.now) >= 4000


def test_components_found_since_stay_known_and_those_of_other_data_come_back(state):
    show(state, model("m"))
    state.mark()
    state.update(z=z(1, 0))
    found = fit(DATA, 4)
    scores = found.project(DATA.unit(slice(None)))
    state.update(pca=found, pca_scores=scores)
    assert state.undo() and state.now.z.tolist() == [0, 0]
    assert state.now.pca is found and state.now.pca_scores is scores
    state.mark()
    state.renew(dataset=toy_dataset(seed=1))
    assert state.now.pca is None
    assert state.undo() and state.now.pca is found and state.now.pca_scores is scores


# -- further views of a plane -----------------------------------------------------------------

NEAR, NEARER = (0.0, 2.0, 0.0, 2.0), (0.0, 1.0, 0.0, 1.0)


def zoom(state: State, view: str, to: tuple[float, float, float, float]) -> None:
    state.mark()
    state.update_plane(view, view=to)


def test_each_view_has_a_zoom_that_is_undone_in_it(state):
    show(state, model("a"))
    state.update(**state.now.views_with("latent"))
    zoom(state, "latent", NEAR)
    zoom(state, "latent:2", NEARER)
    assert state.undo()
    assert state.now.plane("latent").view == NEAR and state.now.plane("latent:2").view is None
    assert state.undo() and state.now.plane("latent").view is None
    assert state.redo() and state.redo()
    assert state.now.plane("latent").view == NEAR and state.now.plane("latent:2").view == NEARER


def test_what_was_done_in_a_view_that_is_closed_is_no_step(state):
    show(state, model("a"))
    state.update(**state.now.views_with("latent"))
    zoom(state, "latent", NEAR)
    zoom(state, "latent:2", NEARER)
    state.update(views=())
    assert state.undo()
    assert state.now.plane("latent").view is None and "latent:2" not in state.now.planes


def test_a_view_opened_since_stays_as_it_is_but_for_its_cursor(state):
    show(state, model("a"))
    zoom(state, "latent", NEAR)
    state.update(**state.now.views_with("pca"))
    state.update_plane("pca:2", axes=(2, 1), view=NEARER, cursor=(0.5, 0.5))
    assert state.undo()
    assert state.now.plane("latent").view is None
    assert state.now.plane("pca:2") == PlaneState((2, 1), NEARER)


@pytest.mark.parametrize("what", ["dataset", "model"])
def test_a_view_opened_since_begins_anew_with_what_was_before(state, what):
    show(state, model("a"))
    state.mark()
    if what == "dataset":
        state.update(dataset=toy_dataset(20, seed=3))
    else:
        show(state, model("b", d=5))
    state.update(**state.now.views_with("latent"))
    state.update_plane("latent:2", axes=(1, 0) if what == "dataset" else (4, 3), view=NEARER)
    assert state.undo()
    assert state.now.views == ("latent:2",) and state.now.plane("latent:2") == PlaneState()
