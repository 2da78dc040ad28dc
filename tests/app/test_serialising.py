"""explorer.app.serialising: the whole state as JSON and back, and what cannot come back is said."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Mapping
from typing import Any, get_args, get_origin, get_type_hints

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from explorer.analysis.latent.joins import joins
from explorer.analysis.latent.paths import LatentPath
from explorer.app.parts.planes import PlaneState
from explorer.app.parts.rules import Kept, rules_of
from explorer.app.planes import planes
from explorer.app.serialising import (
    Names,
    field_from_text,
    field_json,
    field_text,
    from_file,
    to_file,
)
from explorer.app.snapshot import PARTS, Bookmark, LayerAppearance, Snapshot
from explorer.app.state import State
from explorer.config import settings_of, value_from_json
from explorer.data.pictures.own import INVERTED, Own, OwnPicture
from explorer.errors import Cancelled, DataError, SettingsError
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.training.config import TrainingConfig
from explorer.ui.plane.layers import layers
from explorer.ui.plane.tools import tools
from explorer.ui.workspaces import workspaces
from tests.fakes import toy_dataset

DATA = toy_dataset()
MODEL = ModelSnapshot("m", ModelConfig(latent_dim=3), DATA.preparation, {}, data={"name": "toy"})
OWN = Own((OwnPicture("a.png", DATA.x[0], DATA.preparation, (INVERTED,), "/a.png"),))
RULES = rules_of(Snapshot)
HINTS = {name: hint for part in PARTS.values() for name, hint in get_type_hints(part).items()}
KEPT = [name for name, rule in RULES.items() if rule.kept is not Kept.NOT]


tools.discover("explorer.ui.plane.tools")
layers.discover("explorer.ui.plane.layers")
workspaces.discover("explorer.ui.workspaces")
NAMES: Names = {"plane": planes, "tool": tools, "layer": layers, "workspace": workspaces}


class Shelf:
    """A library that has what was shown, less what is lost."""

    def __init__(self, *lost: str) -> None:
        self.lost = lost

    def dataset(self, reference: Any) -> Any:
        return self._found("dataset", DATA, reference.hash == DATA.content_hash)

    def model(self, reference: Any) -> Any:
        return self._found("model", MODEL, reference.id == "m")

    def own(self, reference: Any) -> Any:
        return self._found("own", OWN, any(one.inverted for one in reference.pictures))

    def _found(self, name: str, value: Any, same: bool) -> Any:
        if name in self.lost or not same:
            raise DataError("it went", where=name)
        return value


def _through_text(value: Any) -> Any:
    return json.loads(json.dumps(value, allow_nan=False))


# -- every field ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RULES)
def test_a_field_is_kept_or_says_why_not(name):
    rule = RULES[name]
    assert (rule.kept is Kept.REFERENCE) == (rule.reference is not None)
    assert rule.kept is not Kept.NOT or rule.reason


VALUES = [name for name in KEPT if RULES[name].kept is Kept.VALUE]


@pytest.mark.parametrize("name", VALUES)
def test_a_field_says_which_values_it_may_have(name):
    """Words are names of something, numbers have a range; yes and no, and settings, say it all."""
    hint = HINTS[name]
    assert hint in (bool, TrainingConfig) or RULES[name].fits or RULES[name].names


def test_the_names_in_a_state_are_those_of_registries():
    assert {rule.names.kind for rule in RULES.values() if rule.names} == NAMES.keys()
    assert all(vars(registry)["kind"] == kind for kind, registry in NAMES.items())


def _values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type hint, within the ranges that its settings name."""
    args = get_args(hint)
    if get_origin(hint) is np.ndarray:
        dtype = get_args(args[1])[0]
        numbers = {"allow_nan": False, "allow_infinity": False} if dtype is np.float32 else {}
        return arrays(dtype, array_shapes(max_dims=2, max_side=4), elements=numbers or None)
    if get_origin(hint) in (types.UnionType, typing.Union):
        return st.one_of(*map(_values, args))
    if get_origin(hint) is tuple:
        if args[-1] is Ellipsis:
            return st.lists(_values(args[0]), max_size=3).map(tuple)
        return st.tuples(*map(_values, args))
    if get_origin(hint) is frozenset:
        return st.frozensets(_values(args[0]), max_size=3)
    if get_origin(hint) in (dict, Mapping):
        return st.dictionaries(_values(args[0]), _values(args[1]), max_size=3)
    if hint is float:
        return st.floats(allow_nan=False, allow_infinity=False)
    return _instances(hint) if dataclasses.is_dataclass(hint) else st.from_type(hint)


def _instances(cls: Any) -> st.SearchStrategy[Any]:
    ranges = {setting.name: setting for setting in settings_of(cls)}
    hints = get_type_hints(cls)
    chosen = {name: _within(ranges.get(name), hint) for name, hint in hints.items()}
    if cls is LatentPath:
        chosen["kind"] = st.sampled_from(sorted(joins))
    return st.builds(cls, **chosen)


def _within(setting: Any, hint: Any) -> st.SearchStrategy[Any]:
    if setting is None or (hint is str and not setting.choices):
        return _values(hint)
    if setting.choices:
        return st.sampled_from(setting.choices)
    if hint is bool:
        return st.booleans()
    numbers = st.integers if hint is int else st.floats
    infinite = {} if hint is int else {"allow_nan": False, "allow_infinity": False}
    return numbers(setting.low, setting.high, **infinite)


def _same(a: Any, b: Any) -> bool:
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and (np.array_equal(a, b) or a.size == b.size == 0)
    if dataclasses.is_dataclass(a):
        return _same(vars(a), vars(b))
    if isinstance(a, Mapping):
        return a.keys() == b.keys() and all(_same(a[name], b[name]) for name in a)
    if isinstance(a, tuple):
        return len(a) == len(b) and all(map(_same, a, b))
    return bool(a == b)


@pytest.mark.parametrize("name", VALUES)
def test_any_value_of_a_field_comes_back_as_it_was(name):
    hint = HINTS[name]

    @given(value=_values(hint))
    def comes_back(value):
        kept = _through_text(field_json(RULES[name], value))
        assert _same(value_from_json(hint, kept), value)

    comes_back()


# -- the whole --------------------------------------------------------------------------------


def z(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


PLANES = {
    "latent": PlaneState((2, 0), (0.0, 1.0, -2.0, 2.0)),
    "pca": PlaneState((1, 4), (1.0, 2.0, 3.0, 4.5), (1.0, 2.0)),
}


def _whole() -> Snapshot:
    return dataclasses.replace(
        Snapshot(), dataset=DATA, model=MODEL, epoch=3.5, own=OWN, moved="pca", planes=PLANES,
        z=z(0.1, 2, 3), selection=np.array([3, 1]),
        muted=frozenset({0}), brushed=np.arange(64).reshape(8, 8) % 3 > 0,
        path=LatentPath(np.eye(3, dtype=np.float32), "spherical"), path_at=0.25, mark_a=z(1, 2, 3),
        mark_b=z(3, 2, 1), bookmarks=(Bookmark("here", z(1, 2), "of another model"),), tool="lasso",
        follow=True, smooth=True, layers={"density": LayerAppearance(False, 0.5)}, noise=0.1,
        noise_kind="patch",
        model_config=ModelConfig(latent_dim=7), training_config=TrainingConfig(epochs=3),
    )  # fmt: skip


def test_a_whole_state_comes_back():
    before = _whole()
    restored = from_file(_through_text(to_file(before)), Shelf(), NAMES)
    assert restored.error is None
    assert restored.fields.keys() == set(KEPT)
    for name in KEPT:
        assert _same(restored.fields[name], getattr(before, name)), name
    assert restored.fields["dataset"] is DATA and restored.fields["own"] is OWN


def test_an_empty_state_comes_back():
    restored = from_file(_through_text(to_file(Snapshot())), Shelf(), NAMES)
    assert restored.error is None
    assert all(_same(restored.fields[n], getattr(Snapshot(), n)) for n in KEPT)


def test_what_came_back_is_shown_by_a_state(qapp):
    before = _whole()
    restored = from_file(_through_text(to_file(before)), Shelf(), NAMES)
    state = State()
    state.renew(**{**restored.fields, "own": None})
    for name in set(KEPT) - {"own"}:
        assert _same(getattr(state.now, name), getattr(before, name)), name


# -- what is lost -----------------------------------------------------------------------------

OF_DATA = {"dataset", "selection", "muted", "brushed", "planes"}
OF_MODEL = {"model", "epoch", "z", "planes", "path", "mark_a", "mark_b"}


@pytest.mark.parametrize(
    ("lost", "gone"),
    [("dataset", OF_DATA), ("model", OF_MODEL), ("own", {"own"})],
)
def test_what_cannot_be_found_is_said_once_and_takes_only_its_own_along(lost, gone):
    restored = from_file(_through_text(to_file(_whole())), Shelf(lost), NAMES)
    assert set(KEPT) - restored.fields.keys() == gone
    said = str(restored.error)
    assert said == f"not all can be brought back, the {lost} (it went ({lost})): the rest is"


def test_who_asks_it_to_stop_is_heard():
    class Asked(Shelf):
        def dataset(self, reference: Any) -> Any:
            raise Cancelled

    with pytest.raises(Cancelled):
        from_file(_through_text(to_file(_whole())), Asked(), NAMES)


BROKEN = {
    "a word for a number": ("view", "noise", "much"),
    "a code of another length": ("selection", "z", [1.0]),
    "a code that is not finite": ("selection", "z", [1e300, 0.0, 0.0]),
    "a sample that there is not": ("selection", "selection", [1, 10_000]),
    "a sample before the first": ("selection", "selection", [-1]),
    "an epoch before the first": ("subject", "epoch", -1.0),
    "a sample that is no number": ("selection", "selection", [1.5]),
    "a class that there is not": ("selection", "muted", [77]),
    "a mask of another size": ("selection", "brushed", [[True]]),
    "axes beyond the model's": ("planes", "planes", {"latent": {"axes": [0, 3]}}),
    "one axis twice": ("planes", "planes", {"latent": {"axes": [1, 1]}}),
    "components beyond the data's": ("planes", "planes", {"pca": {"axes": [0, 64]}}),
    "a view without a width": ("planes", "planes", {"pca": {"view": [1.0, 1.0, 0.0, 1.0]}}),
    "a cursor that is not finite": ("planes", "planes", {"pca": {"cursor": [1e999, 0.0]}}),
    "a plane that is none": ("planes", "planes", {"pca": 3}),
    "a path of one point": ("path", "path", {"points": [[1.0, 2.0, 3.0]], "kind": "straight"}),
    "a path of no kind": ("path", "path", {"points": [[0.0] * 3] * 2, "kind": "secret"}),
    "a place beyond the path": ("path", "path_at", 1.5),
    "an opacity beyond one": ("view", "layers", {"density": {"visible": True, "opacity": 3.0}}),
    "a setting out of range": ("training", "training_config", {"epochs": 0}),
    "a tool that there is not": ("view", "tool", "hammer"),
    "a tool that is no word": ("view", "tool", ["probe"]),
    "a workspace that there is not": ("view", "workspace", "kitchen"),
    "a plane that there is not": ("planes", "moved", "aeroplane"),
    "a body that there is not": ("training", "model_config", {"body": "heavenly"}),
    "a likelihood that there is not": ("training", "model_config", {"likelihood": "none"}),
    "an option of no piece": ("training", "model_config", {"options": {"luck": 1.0}}),
    "an option out of range": ("training", "model_config", {"options": {"dropout": 7.0}}),
    "half a letter": ("planes", "moved", "\ud800"),
    "a rate without end": ("training", "training_config", {"lr": 1e999}),
    "a preset that there is not": ("training", "model_config", {"preset": "magic"}),
    "a reference that is none": ("subject", "dataset", {"name": 3}),
}


@pytest.mark.parametrize(("part", "name", "value"), BROKEN.values(), ids=BROKEN)
def test_a_field_that_does_not_fit_is_named_and_the_rest_comes_back(part, name, value):
    data = _through_text(to_file(_whole()))
    data[part][name] = value
    restored = from_file(data, Shelf(), NAMES)
    assert name in restored.lost and name not in restored.fields
    assert name.replace("_", " ") in str(restored.error)
    assert name == "dataset" or set(KEPT) - restored.fields.keys() == {name}


@pytest.mark.parametrize("name", ["layers", "planes"])
def test_of_an_object_the_names_that_there_are_come_back(name):
    data = _through_text(to_file(_whole()))
    part = next(part for part in data.values() if isinstance(part, dict) and name in part)
    part[name]["unheard-of"] = next(iter(part[name].values()))
    restored = from_file(data, Shelf(), NAMES)
    assert _same(restored.fields[name], getattr(_whole(), name))
    assert "called 'unheard-of'" in restored.lost[name] and restored.lost.keys() == {name}


# -- any damage -------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
WHOLE = _through_text(to_file(_whole()))


def _places(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to everything in a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    below = [(*above, key) for key, _ in inner]
    deep = (dict, list)
    further = [p for at in below if isinstance(v := value[at[-1]], deep) for p in _places(v, at)]
    return below + further


@given(place=st.sampled_from([at for at in _places(WHOLE) if at != ("version",)]), value=JSON)
def test_whatever_is_damaged_the_rest_comes_back_and_is_whole(place, value):
    data = _through_text(WHOLE)
    above = data
    for key in place[:-1]:
        above = above[key]
    above[place[-1]] = value
    restored = from_file(data, Shelf(), NAMES)
    known = {name for part in PARTS if isinstance(data[part], dict) for name in data[part]}
    if restored.lost.keys().isdisjoint(("dataset", "model")):
        assert known & set(KEPT) <= restored.fields.keys() | restored.lost.keys()
    shown = dataclasses.replace(Snapshot(), **restored.fields)
    again = from_file(_through_text(to_file(shown)), Shelf(), NAMES)
    assert again.error is None and all(
        _same(again.fields[name], restored.fields[name]) for name in restored.fields
    )


def test_what_a_later_version_adds_is_passed_over_and_what_is_missing_is_left():
    data = _through_text(to_file(_whole()))
    data["view"]["glow"] = 3
    data["sound"] = {"loud": True}
    del data["planes"]
    restored = from_file(data, Shelf(), NAMES)
    assert restored.error is None
    assert set(KEPT) - restored.fields.keys() == set(rules_of(PARTS["planes"])) - {
        "pca_decoded",
        "seen",
    }


@pytest.mark.parametrize("data", [None, [], {}, {"version": 99}, "state"])
def test_another_file_is_refused(data):
    with pytest.raises(SettingsError, match="no session"):
        from_file(data, Shelf(), NAMES)


# -- what a window remembers ------------------------------------------------------------------


@pytest.mark.parametrize("name", ["layers", "bookmarks"])
def test_a_window_remembers_the_same_json(name):
    value = getattr(_whole(), name)
    text = field_text(name, value)
    part = next(
        part for part in to_file(_whole()).values() if isinstance(part, dict) and name in part
    )
    assert json.loads(text) == _through_text(part[name])
    assert _same(field_from_text(name, text, NAMES), value)


def test_a_window_forgets_layers_that_there_are_not():
    there = {"density": LayerAppearance(False, 0.5)}
    text = field_text("layers", {**there, "unheard-of": LayerAppearance()})
    assert field_from_text("layers", text, NAMES) == there


def test_every_cursor_may_be_at_a_sample():
    before = dataclasses.replace(_whole(), moved="sample")
    restored = from_file(_through_text(to_file(before)), Shelf(), NAMES)
    assert restored.error is None and restored.fields["moved"] == "sample"


@pytest.mark.parametrize("text", ["", "{", "7", '{"density": {"visible": true, "opacity": 2}}'])
def test_what_was_remembered_of_no_such_field_is_refused(text):
    with pytest.raises(SettingsError):
        field_from_text("layers", text, NAMES)


# -- further views of planes --------------------------------------------------------------------


def _with_views(*views: str) -> Snapshot:
    there = {view: PlaneState((1, 0), (0.0, 1.0, 0.0, 1.0)) for view in views}
    return dataclasses.replace(_whole(), views=views, planes=there, moved=views[-1])


def test_the_views_that_are_open_come_back_with_what_they_show():
    before = _with_views("latent:2", "pca:2")
    restored = from_file(_through_text(to_file(before)), Shelf(), NAMES)
    assert restored.error is None
    assert restored.fields["views"] == before.views
    assert restored.fields["planes"] == before.planes and restored.fields["moved"] == "pca:2"


def test_views_of_planes_that_there_are_not_are_left_out_and_named():
    before = _with_views("latent:2", "unheard-of:2", "pca:2")
    restored = from_file(_through_text(to_file(before)), Shelf(), NAMES)
    assert restored.fields["views"] == ("latent:2", "pca:2")
    assert restored.fields["planes"].keys() == {"latent:2", "pca:2"}
    assert restored.lost == dict.fromkeys(
        ("planes", "views"), "there is no plane called 'unheard-of:2'"
    )


def test_a_tool_has_no_further_views():
    data = _through_text(to_file(_whole()))
    data["view"]["tool"] = "probe:2"
    restored = from_file(data, Shelf(), NAMES)
    assert restored.lost == {"tool": "there is no tool called 'probe:2'"}
