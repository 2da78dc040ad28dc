"""explorer.app.following: what goes in the same update as what it speaks of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorer.analysis.latent.paths import LatentPath
from explorer.app.following import SUBJECTS
from explorer.app.snapshot import Snapshot
from explorer.data.pictures.own import Own, OwnPicture
from explorer.models.config import Codes, ModelConfig, ModelSnapshot
from tests.fakes import toy_dataset

VIEW = (0.0, 1.0, 0.0, 1.0)
DATA = toy_dataset(20)


def model(name: str, d: int = 2) -> ModelSnapshot:
    return ModelSnapshot(name, ModelConfig(latent_dim=d), DATA.preparation, {})


def codes(of: str, n: int = 20) -> Codes:
    return Codes(of, *np.zeros((2, n, 2), np.float32), np.arange(n))


CODES: dict[str, tuple[dict[str, Any], bool]] = {
    "more of the same model": ({"codes": codes("a", 5)}, True),
    "of another model": ({"codes": codes("b")}, False),
    "none": ({"codes": None}, False),
    "the same model, built anew": ({"model": model("a")}, True),
    "another model": ({"model": model("b")}, False),
    "another model with its codes": ({"model": model("b"), "codes": codes("b")}, True),
    "another model with codes of the one before": (
        {"model": model("b"), "codes": codes("a")}, False,
    ),
    "no model": ({"model": None}, False),
    "other data": ({"dataset": toy_dataset(20, seed=1)}, False),
    "other data with codes of it": (
        {"dataset": toy_dataset(20, seed=1), "codes": codes("a")}, True,
    ),
    "the same data": ({"dataset": DATA}, True),
    "the same data with another model's": ({"dataset": DATA, "codes": codes("b")}, False),
    "something else": ({"epoch": 2.0, "selection": np.array([1])}, True),
}  # fmt: skip


@pytest.mark.parametrize(("change", "there"), CODES.values(), ids=CODES)
def test_codes_stand_beside_the_model_and_the_data_that_they_are_of(state, change, there):
    state.update(dataset=DATA, model=model("a"), codes=codes("a"))
    before = state.now.codes
    assert before is not None
    state.update(**change)
    assert state.now.codes is (change.get("codes", before) if there else None)


def test_what_lies_in_a_space_stays_for_another_moment_and_goes_with_the_space(state):
    z = np.zeros(2, np.float32)
    path = LatentPath(np.eye(2, dtype=np.float32))
    state.update(dataset=DATA, model=model("a"), z=z, mark_a=z, path=path, decoded="a picture")
    state.update_plane("latent", view=VIEW)
    state.update_plane("pca", view=VIEW)
    state.update(model=model("b"))
    now = state.now
    assert (now.mark_a is z, now.path, now.decoded) == (True, path, "a picture")
    assert now.plane("latent").view == now.plane("pca").view == VIEW
    state.update(model=model("c", 3), z=np.zeros(3, np.float32))
    now = state.now
    assert (now.mark_a, now.path, now.decoded) == (None, None, None)
    assert (now.plane("latent").view, now.plane("pca").view) == (None, VIEW)


def test_what_comes_with_its_subject_stays(state):
    state.update(dataset=DATA, model=model("a"), decoded="a picture")
    state.update(model=model("c", 3), decoded="another")
    assert state.now.decoded == "another"
    state.update(model=None)
    assert state.now.decoded is None


def test_the_dot_begins_anew_with_another_path(state):
    for shift in (0.0, 1.0):
        state.update(path=LatentPath(np.eye(2, dtype=np.float32) + np.float32(shift)))
        assert state.now.path_at == 0.0
        state.update(path_at=0.5)


@pytest.mark.parametrize("name", SUBJECTS)
def test_what_goes_with_something_begins_with_nothing_of_it(name):
    """So that the default, which it goes back to, is true of whatever comes."""
    assert getattr(Snapshot(), name) in (None, 0.0, (0, 1))


def test_what_changes_no_plane_leaves_them_all(state):
    """So that nobody draws anew what is as it was."""
    state.update(dataset=DATA, model=model("a"))
    state.update_plane("pca", view=VIEW)
    planes, heard = state.now.planes, []
    state.changed.connect(lambda fields, _: heard.extend(fields))
    state.update(model=model("b"), moments=(), training="running")
    assert state.now.planes is planes and "planes" not in heard


def test_a_view_and_a_cursor_go_with_the_axes_that_they_were_chosen_on(state):
    state.update(dataset=DATA)
    state.update_plane("pca", axes=(2, 1), view=VIEW, cursor=(0.5, 0.5))
    seen = state.now.plane("pca")
    assert (seen.axes, seen.view, seen.cursor) == ((2, 1), VIEW, (0.5, 0.5)), "all chosen at once"
    state.update_plane("pca", view=(0.0, 2.0, 0.0, 2.0))
    assert state.now.plane("pca").cursor == (0.5, 0.5), "a cursor stays with its axes"
    state.update_plane("pca", axes=(1, 2))
    seen = state.now.plane("pca")
    assert (seen.axes, seen.view, seen.cursor) == ((1, 2), None, None)


def test_what_an_update_chooses_beside_other_axes_stays(state):
    state.update(dataset=DATA)
    state.update_plane("pca", axes=(2, 1), view=VIEW, cursor=(0.5, 0.5))
    state.update_plane("pca", axes=(0, 1), cursor=(1.0, 1.0))
    seen = state.now.plane("pca")
    assert (seen.view, seen.cursor) == (None, (1.0, 1.0))
    state.update_plane("pca", axes=(3, 1), view=(0.0, 9.0, 0.0, 9.0))
    seen = state.now.plane("pca")
    assert (seen.view, seen.cursor) == ((0.0, 9.0, 0.0, 9.0), None)


def test_other_data_has_its_first_axes(state):
    state.update(dataset=DATA)
    state.update_plane("pca", axes=(2, 1), view=VIEW, cursor=(0.5, 0.5))
    state.update(dataset=toy_dataset(20, seed=1))
    seen = state.now.plane("pca")
    assert (seen.axes, seen.view, seen.cursor) == ((0, 1), None, None)


def test_every_plane_shows_all_points_of_other_data_and_another_space(state):
    state.update(dataset=DATA, model=model("a", 3))
    for name in ("latent", "pca"):
        state.update_plane(name, axes=(2, 1), view=VIEW)
    state.update(dataset=toy_dataset(20, seed=1), model=model("b", 4))
    seen = [state.now.plane(name) for name in ("latent", "pca")]
    assert [(plane.axes, plane.view) for plane in seen] == [((2, 1), None), ((0, 1), None)]


def test_z_leads_again_where_the_cursor_that_was_moved_goes(state):
    state.update(dataset=DATA)
    state.update_plane("pca", cursor=(0.5, 0.5))
    state.update(moved="pca")
    state.update_plane("pca", view=VIEW)
    assert state.now.moved == "pca"
    state.update_plane("pca", axes=(1, 0))
    assert state.now.moved == "latent"
    state.update(moved="sample")
    state.update_plane("pca", axes=(0, 1))
    assert state.now.moved == "sample"


def test_samples_and_own_pictures_are_not_compared_at_once(state):
    own = Own((OwnPicture("a", DATA.x[0], DATA.preparation),))
    state.update(dataset=DATA, selection=np.array([3]))
    state.update(own=own)
    assert state.now.own is own and len(state.now.selection) == 0
    state.update(tool="pan")
    assert state.now.own is own, "nothing else takes its place"
    state.update(selection=np.zeros(0, np.int64))
    assert state.now.own is own, "nor does a selection of nothing"
    state.update(selection=np.array([3]))
    assert state.now.own is None and state.now.selection.tolist() == [3]


def test_own_pictures_go_where_the_data_is_of_another_form(state):
    own = Own((OwnPicture("a", DATA.x[0], DATA.preparation),))
    state.update(dataset=DATA, own=own)
    state.update(dataset=replace(DATA, test=~DATA.test))
    assert state.now.own is own
    state.update(dataset=toy_dataset(20, width=9))
    assert state.now.own is None


def test_a_view_that_is_closed_takes_its_axes_and_its_cursor_along(state):
    state.update(dataset=DATA)
    state.update(**state.now.views_with("pca"))
    state.update(**state.now.views_with("latent"))
    state.update_plane("pca:2", axes=(2, 1), cursor=(0.5, 0.5))
    state.update(moved="pca:2")
    state.update_plane("unheard-of", view=VIEW)
    state.update(views=("latent:2",))
    assert state.now.planes.keys() == {"latent", "pca", "latent:2", "unheard-of"}
    assert state.now.moved == "latent"


def test_a_further_view_goes_with_what_it_was_chosen_of(state):
    state.update(dataset=DATA)
    state.update(**state.now.views_with("pca"))
    state.update_plane("pca:2", axes=(2, 1), view=VIEW)
    state.update_plane("pca:2", axes=(1, 2))
    assert state.now.plane("pca:2").view is None and state.now.plane("pca").axes == (0, 1)
    state.update_plane("pca:2", view=VIEW)
    state.update(dataset=toy_dataset(20, seed=1))
    seen = state.now.plane("pca:2")
    assert (seen.axes, seen.view, seen.cursor) == ((0, 1), None, None)
    assert state.now.views == ("pca:2",)
