"""explorer.app.following: what goes in the same update as what it speaks of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.analysis.paths import LatentPath
from explorer.app.following import SUBJECTS
from explorer.app.snapshot import Snapshot
from explorer.data.own import Own, OwnPicture
from tests.fakes import toy_dataset

VIEW = (0.0, 1.0, 0.0, 1.0)
DATA = toy_dataset(20)


def test_the_dot_begins_anew_with_another_path(state):
    for shift in (0.0, 1.0):
        state.update(path=LatentPath(np.eye(2, dtype=np.float32) + np.float32(shift)))
        assert state.now.path_at == 0.0
        state.update(path_at=0.5)


@pytest.mark.parametrize("name", SUBJECTS)
def test_what_goes_with_something_begins_with_nothing_of_it(name):
    """So that the default, which it goes back to, is true of whatever comes."""
    assert getattr(Snapshot(), name) in (None, 0.0, (0, 1))


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
