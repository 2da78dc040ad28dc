"""explorer.app.state: one frozen snapshot, told once, and undone exactly."""

from __future__ import annotations

import gc
import sys
import weakref
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
import shiboken6
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from PySide6.QtCore import QObject

from explorer.app.parts.planes import PlaneState
from explorer.app.planes import planes
from explorer.app.snapshot import DERIVED
from explorer.app.state import FIELDS, NOTHING, SETTINGS, Message, Snapshot, State
from explorer.data.dataset import Dataset, Preparation
from explorer.models.config import Codes, ModelConfig, ModelSnapshot


class Ear(QObject):
    """Counts what it hears."""

    def __init__(self, state: State | None = None) -> None:
        super().__init__()
        self.calls = 0
        self.heard: list[tuple[frozenset[str], object]] = []
        if state is not None:
            state.changed.connect(self.on_changed)

    def on_changed(self, fields: frozenset[str], source: object) -> None:
        self.heard.append((fields, source))

    def listen(self) -> None:
        self.calls += 1


@pytest.fixture
def ear(state) -> Ear:
    return Ear(state)


def array(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


# -- codes ------------------------------------------------------------------------------------


def _codes(model_id: str) -> Codes:
    return Codes(model_id, *np.zeros((2, 3, 2), np.float32), np.arange(3))


def _snapshot(name: str) -> ModelSnapshot:
    return ModelSnapshot(name, ModelConfig(), Preparation(8, 8), {})


def _data() -> Dataset:
    return Dataset("d", np.zeros((3, 8, 8, 1), np.uint8), Preparation(8, 8), np.zeros(3, np.bool_))


CHANGES = {
    "another place": ({"z": array(1, 2)}, True),
    "the same model again": ({"model": _snapshot("a")}, True),
    "another model": ({"model": _snapshot("b")}, False),
    "no model": ({"model": None}, False),
    "codes of the model before": ({"model": _snapshot("b"), "codes": _codes("a")}, False),
    "codes of another model": ({"codes": _codes("b")}, False),
    "other data": ({"dataset": _data()}, False),
    "no data": ({"dataset": None}, False),
}


@pytest.mark.parametrize(("change", "kept"), CHANGES.values(), ids=CHANGES)
def test_codes_stand_only_beside_the_model_and_the_data_they_are_of(state, ear, change, kept):
    state.update(dataset=_data(), model=_snapshot("a"), codes=_codes("a"))
    assert state.now.codes is not None
    state.update(**change)
    assert (state.now.codes is not None) == kept
    assert kept or "codes" in ear.heard[-1][0]  # whoever shows them hears of it


def test_codes_come_with_their_model_and_their_data(state):
    state.update(dataset=_data(), model=_snapshot("a"), codes=_codes("a"))
    state.update(dataset=_data(), codes=_codes("a"))
    assert state.now.whole_codes is not None
    state.renew(dataset=_data(), model=_snapshot("b"), codes=_codes("b"))
    assert state.now.codes.model_id == "b"
    state.renew(dataset=_data(), model=_snapshot("b"), codes=_codes("a"))
    assert state.now.codes is None


# -- update -----------------------------------------------------------------------------------


def test_an_update_is_told_once_with_what_differs_and_by_whom(state, ear):
    me = object()
    state.update(source=me, z=array(1, 2), tool="pan", follow=False)
    assert ear.heard == [(frozenset({"z", "tool"}), me)]
    assert state.now.tool == "pan"


def test_what_does_not_differ_is_not_told(state, ear):
    before = state.now
    state.update(tool="probe", epoch=None, planes={}, selection=NOTHING)
    assert ear.heard == []
    assert state.now is before


def test_values_compare_by_value_and_arrays_by_identity(state, ear):
    z = array(1, 2)
    state.update(z=z, message=Message("a"))
    state.update(z=z, message=Message("a"))
    assert len(ear.heard) == 1
    state.update(z=z.copy())
    assert len(ear.heard) == 2


def test_a_snapshot_is_never_edited(state):
    before = state.now
    state.update(z=array(1, 2))
    assert before.z is None
    with pytest.raises(FrozenInstanceError):
        state.now.z = array(3, 4)


def test_arrays_in_the_state_are_read_only(state):
    z = array(1, 2)
    state.update(z=z)
    with pytest.raises(ValueError, match="read-only"):
        z[0] = 5


def test_unknown_fields_are_refused_and_nothing_changes(state, ear):
    with pytest.raises(TypeError, match="zed"):
        state.update(z=array(1, 2), zed=3)
    assert state.now.z is None
    assert ear.heard == []


def test_a_listener_may_update_and_both_changes_arrive(state):
    class Follower(QObject):
        def follow(self) -> None:
            state.update(source=self, hover=None if state.now.z is None else 7)

    follower, ear = Follower(), Ear(state)
    state.watch("z", follower.follow)
    state.update(z=array(1, 2))
    assert state.now.hover == 7
    assert {name for fields, _ in ear.heard for name in fields} == {"z", "hover"}


def test_the_preview_is_what_is_shown_while_there_is_one(state):
    held, passing = array(0, 0), array(1, 1)
    state.update(z=held, preview=passing)
    assert state.now.shown_z is passing
    state.update(preview=None)
    assert state.now.shown_z is held


# -- watch ------------------------------------------------------------------------------------


def test_a_watch_calls_at_once_and_then_only_for_its_fields(state):
    ear = Ear()
    state.watch("z selection", ear.listen)
    assert ear.calls == 1
    state.update(tool="pan")
    assert ear.calls == 1
    state.update(z=array(1, 2), selection=np.array([1]))
    assert ear.calls == 2


def test_a_watch_does_not_keep_its_listener_alive(state):
    ear = Ear()
    seen, watch = weakref.ref(ear), state.watch("z", ear.listen)
    del ear
    gc.collect()
    assert seen() is None
    state.update(z=array(1, 2))
    assert watch not in state._watches  # and what is left of it goes as it is to be told
    assert not any(watch in route for route in state._routes.values())


def test_who_comes_later_hears_of_what_others_heard_before(state):
    first, second = Ear(), Ear()
    state.watch("z", first.listen)
    state.update(z=array(1, 2))
    state.watch("z", second.listen)
    state.update(z=array(3, 4))
    assert (first.calls, second.calls) == (3, 2)


def test_a_fault_of_one_listener_is_told_and_the_others_hear(state, monkeypatch):
    class Faulty(QObject):
        def listen(self) -> None:
            if state.now.z is not None:
                raise ValueError("odd")

    told: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: told.append(str(error)))
    faulty, ear = Faulty(), Ear()
    state.watch("z", faulty.listen)
    state.watch("z", ear.listen)
    state.update(z=array(1, 2))
    assert told == ["odd"] and ear.calls == 2


def test_what_moves_by_itself_hears_of_an_undo_before_anything_changes(state):
    heard: list[object] = []
    state.travelled.connect(lambda: heard.append(state.now.z))
    state.mark()
    z = array(1, 2)
    state.update(z=z)
    assert heard == [] and state.undo() and state.redo()
    assert [seen is z for seen in heard] == [True, False]
    assert not state.redo() and len(heard) == 2, "where there is nothing to go to, nothing moves"


def test_a_gesture_while_a_training_runs_brings_no_model_back_unless_it_leaves_it(state):
    for whole in (False, True):
        state.renew(dataset=_data(), model=_snapshot("old"), training="running")
        state.mark(whole=whole) if whole else state.mark()
        state.update(model=_snapshot("new"), noise=0.3 if whole else 0.2)
        state.update(training="idle")
        assert state.undo() and state.now.model.id == ("old" if whole else "new")


def test_a_dead_widget_is_not_called(state):
    ear = Ear()
    state.watch("z", ear.listen)
    shiboken6.delete(ear)
    state.update(z=array(1, 2))
    assert ear.calls == 1


def test_watching_what_does_not_exist_is_an_error(state):
    with pytest.raises(TypeError, match="zed"):
        state.watch("z zed", Ear().listen)


def test_what_one_plane_has_is_told_and_compared_by_itself(state, ear):
    """Another plane's view is no reason to draw this one's axes."""
    axes, any_plane = Ear(), Ear()
    state.watch("planes.pca.axes", axes.listen)
    state.watch("planes", any_plane.listen)
    holds = state.subject("planes.pca.axes")
    state.update_plane("latent", view=NEAR)
    state.update_plane("pca", view=NEAR)
    assert (axes.calls, any_plane.calls, holds()) == (1, 3, True)
    assert "planes.pca.view" in ear.heard[-1][0] and "planes.pca.axes" not in ear.heard[-1][0]
    state.update(epoch=1.0)
    state.update_plane("pca", axes=(1, 2))
    assert (axes.calls, any_plane.calls, holds()) == (2, 4, False)
    state.update_plane("pca", axes=(0, 1))
    assert holds()


# -- undo -------------------------------------------------------------------------------------


def test_undo_goes_back_to_the_mark_and_redo_comes_forth(state):
    first, second = array(0, 0), array(1, 1)
    state.update(z=first)
    state.mark()
    state.update(z=array(0.5, 0.5))
    state.update(z=second)
    assert state.undo() and state.now.z is first
    assert state.redo() and state.now.z is second
    assert not state.redo()


def test_undo_is_one_change_and_drops_the_preview(state, ear):
    state.update(z=array(0, 0))
    state.mark()
    state.update(z=array(1, 1), selection=np.array([3]), preview=array(9, 9))
    ear.heard.clear()
    state.undo()
    assert [fields for fields, _ in ear.heard] == [frozenset({"z", "selection", "preview"})]


def test_undo_leaves_alone_what_is_not_a_gesture(state):
    state.mark()
    state.update(z=array(1, 1), message=Message("kept"), tool="pan")
    state.undo()
    assert state.now.z is None
    assert (state.now.message, state.now.tool) == (Message("kept"), "pan")


def test_a_mark_without_a_change_is_not_a_step(state):
    state.update(z=array(0, 0))
    state.mark()
    state.update(z=array(1, 1))
    for _ in range(3):
        state.mark()
    assert state.undo()
    assert not state.undo()


def test_a_new_gesture_ends_the_future(state):
    state.mark()
    state.update(z=array(1, 1))
    state.undo()
    state.mark()
    state.update(z=array(2, 2))
    assert not state.redo()


def test_the_past_is_bounded(state):
    for i in range(500):
        state.mark()
        state.update(z=array(i, i))
    steps = 0
    while state.undo():
        steps += 1
    assert steps == 200


def _equal(a: Snapshot, b: Snapshot) -> bool:
    places = (a.z is None) == (b.z is None) and (a.z is None or np.array_equal(a.z, b.z))
    return bool(places and np.array_equal(a.selection, b.selection))


class Gestures(RuleBasedStateMachine):
    """A list and a position in it are all that undo and redo should ever be."""

    def __init__(self) -> None:
        super().__init__()
        self.state = State()
        self.seen: list[Snapshot] = [self.state.now]
        self.at = 0

    def _gesture(self, *steps: dict[str, object]) -> None:
        """One that leaves everything as it was makes no step, and leaves the way forth."""
        before = self.state.now
        self.state.mark()
        for fields in steps:
            self.state.update(**fields)
        if not _equal(before, self.state.now):
            self.seen = [*self.seen[: self.at + 1], self.state.now]
            self.at += 1

    @rule(a=st.floats(-3, 3), b=st.floats(-3, 3))
    def drag(self, a: float, b: float) -> None:
        self._gesture(*({"z": array(a * share, b * share)} for share in (0.3, 0.7, 1)))

    @rule(rows=st.lists(st.integers(0, 99), min_size=1, max_size=3))
    def select(self, rows: list[int]) -> None:
        self._gesture({"selection": np.array(rows)})

    @rule(text=st.text(max_size=3))
    def speak(self, text: str) -> None:
        """Not a gesture: undo must neither count nor change it."""
        self.state.update(message=Message(text))

    @rule()
    def mark_in_vain(self) -> None:
        if self.at == len(self.seen) - 1:
            self.state.mark()

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo(self) -> None:
        assert self.state.undo()
        self.at -= 1

    @precondition(lambda self: self.at < len(self.seen) - 1)
    @rule()
    def redo(self) -> None:
        assert self.state.redo()
        self.at += 1

    @precondition(lambda self: self.at == 0)
    @rule()
    def undo_at_the_start(self) -> None:
        assert not self.state.undo()

    @precondition(lambda self: self.at == len(self.seen) - 1)
    @rule()
    def redo_at_the_end(self) -> None:
        assert not self.state.redo()

    @invariant()
    def we_are_where_the_list_says(self) -> None:
        then, now = self.seen[self.at], self.state.now
        assert _equal(then, now)


TestGestures = Gestures.TestCase
TestGestures.settings = settings(max_examples=50, stateful_step_count=20)


@given(steps=st.lists(st.integers(0, 3), max_size=30))
def test_all_the_way_back_is_where_we_began(steps):
    state, first = State(), array(0, 0)
    state.update(z=first)
    for step in steps:
        state.mark()
        if step:
            state.update(z=array(step, step))
    while state.undo():
        pass
    assert state.now.z is first


def test_a_subject_holds_as_long_as_its_fields_are_the_same(qapp):
    state = State()
    z = np.zeros(2, np.float32)
    state.update(z=z, tool="lasso")
    subject = state.subject("z tool")
    assert subject()
    state.update(epoch=3.0, z=z, tool="lasso")
    assert subject()
    state.update(z=z.copy())
    assert not subject()
    state.update(z=z)
    assert subject()


def test_a_subject_may_be_what_follows_from_a_field(qapp):
    state = State()
    state.update(selection=np.array([4, 5]), model=_snapshot("a"))
    sample, space = state.subject("sample"), state.subject("space")
    state.update(selection=np.array([4, 9]), model=_snapshot("b"))
    assert sample() and space()
    state.update(selection=np.array([9, 4]), model=None)
    assert not sample() and not space()


@pytest.mark.parametrize("name", DERIVED)
def test_what_follows_from_a_field_can_be_watched(state, ear, name):
    state.watch(name, ear.listen)
    state.update(selection=np.array([1]), model=_snapshot("a"))
    assert getattr(state.now, name) is not None and ear.calls == 2


SIGHTS_SEEN = ("decoded", "path_pictures", "survey", "comparison")
LEFT = {
    "another moment of the model": ({"model": _snapshot("b")}, SIGHTS_SEEN),
    "no model": ({"model": None}, ()),
    "a model of another space": (
        {"model": ModelSnapshot("c", ModelConfig(latent_dim=3), Preparation(8, 8), {})}, (),
    ),
    "other data": ({"dataset": _data()}, ("path_pictures", "survey")),
}  # fmt: skip


@pytest.mark.parametrize(("change", "left"), LEFT.values(), ids=LEFT)
def test_what_a_model_made_goes_with_its_space(state, change, left):
    seen = {name: object() for name in SIGHTS_SEEN}
    state.update(dataset=_data(), model=_snapshot("a"))
    state.update(**seen)
    state.update(**change)
    assert [n for n in SIGHTS_SEEN if getattr(state.now, n) is seen[n]] == list(left)


NEAR = (0.0, 1.0, 0.0, 1.0)
SEEN_NEAR = {name: PlaneState(view=NEAR) for name in planes}
VIEWS_LEFT = {
    "another place": ({"z": array(1, 2)}, ("latent", "pca")),
    "another moment of the model": ({"model": _snapshot("b")}, ("latent", "pca")),
    "a model of another space": (
        {"model": ModelSnapshot("c", ModelConfig(latent_dim=3), Preparation(8, 8), {})},
        ("pca",),
    ),
    "other data": ({"dataset": _data()}, ()),
    "other axes": ({"planes": {**SEEN_NEAR, "latent": PlaneState((1, 0), NEAR)}}, ("pca",)),
    "other axes of PCA": ({"planes": {**SEEN_NEAR, "pca": PlaneState((1, 2), NEAR)}}, ("latent",)),
    "a training that begins": ({"training": "running", "moments": ()}, ("pca",)),
}  # fmt: skip


@pytest.mark.parametrize(("change", "left"), VIEWS_LEFT.values(), ids=VIEWS_LEFT)
def test_a_view_chosen_by_hand_holds_for_what_it_was_chosen_of(state, change, left):
    state.update(dataset=_data(), model=_snapshot("a"))
    state.update(planes=SEEN_NEAR)
    state.update(**change)
    assert [name for name in planes if state.now.plane(name).view == NEAR] == list(left)


def test_what_comes_with_its_model_stays(state):
    decoded = object()
    state.update(model=_snapshot("a"), decoded=decoded)
    assert state.now.decoded is decoded


def test_a_subject_of_a_field_that_is_none_is_refused(qapp):
    with pytest.raises(TypeError):
        State().subject("model nothing")


@pytest.mark.parametrize("name", sorted(FIELDS - {"dataset", "model", "codes", "own"}))
def test_to_begin_anew_is_to_keep_settings_and_nothing_else(state, name):
    first = getattr(Snapshot(), name)
    known = {"planes": {"pca": PlaneState(view=NEAR)}, "views": ("pca:2",)}
    another = (not first) if isinstance(first, bool) else known.get(name, "another")
    state.update(**{name: another})
    state.renew(dataset=_data())
    kept = getattr(state.now, name)
    assert kept == another if name in SETTINGS else kept is first or kept == first


def test_once_forgotten_there_is_no_past(state):
    state.mark()
    state.update(z=array(1, 1))
    state.forget()
    assert not state.undo() and state.now.z[0] == 1


def test_who_asks_for_long_work_hears_last(qapp):
    class Heard(QObject):
        def __init__(self, name):
            super().__init__()
            self.name = name

        def hear(self):
            order.append(self.name)

    order: list[str] = []
    state, last, first = State(), Heard("last"), Heard("first")
    state.watch("epoch", last.hear, last=True)
    state.watch("epoch", first.hear)
    order.clear()
    state.update(epoch=1.0)
    assert order == ["first", "last"]
