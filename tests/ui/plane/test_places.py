"""Bookmarks, A and B: set, listed, visited, removed, undone; flags stand where z is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorer.app.jobs import Jobs
from explorer.app.state import State
from explorer.ui.plane.menu import PlaneMenu
from explorer.ui.plane.places import Places
from explorer.ui.plane.stage import Stage
from explorer.ui.widgets.popup import Entry


@pytest.fixture
def places(stage: Stage) -> Places:
    return stage.plane.findChild(PlaneMenu).places


def _hold(state: State, *z: float) -> None:
    state.update(z=np.array(z, np.float32))


def _flags(stage: Stage) -> dict[str, tuple[float, float]]:
    flags = stage.plane.layers["flags"].flags
    return {flag.text: (flag.pos().x(), flag.pos().y()) for flag in flags}


def _under(places: Places, text: str) -> Entry:
    return next(entry for entry in places.entries(None) if entry.text == text)


def test_a_bookmark_is_a_numbered_flag_and_leads_back(
    stage: Stage, state: State, places: Places
) -> None:
    _hold(state, 0.5, -0.5, 1)
    places.bookmark(state.now.z)
    _hold(state, 1, 1, 0)
    places.bookmark(state.now.z)
    assert _flags(stage) == {"1": (0.5, -0.5), "2": (1.0, 1.0)}
    marks = _under(places, "Go to a bookmark").entries
    assert [mark.text for mark in marks] == ["1  (0.50, \u22120.50, 1.00)", "2  (1.00, 1.00, 0.00)"]
    marks[0].act()
    assert state.now.z.tolist() == [0.5, -0.5, 1]
    assert state.undo() and state.now.z.tolist() == [1, 1, 0]


def test_a_bookmark_can_be_removed_and_both_are_undone(
    stage: Stage, state: State, places: Places
) -> None:
    places.bookmark(state.now.z)
    _under(places, "Remove a bookmark").entries[0].act()
    assert state.now.bookmarks == () and _flags(stage) == {}
    assert state.undo() and len(state.now.bookmarks) == 1
    assert state.undo() and state.now.bookmarks == ()
    assert _under(places, "Go to a bookmark").reason


def test_bookmarks_belong_to_their_model_and_come_back_with_it(
    stage: Stage, state: State, places: Places
) -> None:
    places.bookmark(state.now.z)
    now = state.now
    other = replace(now.model, config=replace(now.model.config, hidden=16), id="other")
    state.renew(dataset=now.dataset, model=other, z=now.z)
    assert state.now.bookmarks_here == () and _flags(stage) == {}
    state.update(model=now.model)
    assert len(state.now.bookmarks_here) == 1 and list(_flags(stage)) == ["1"]


@pytest.mark.parametrize("kind", ["straight", "spherical", "neighbours"])
def test_a_and_b_are_joined_by_a_path(
    stage: Stage, state: State, places: Places, qtbot: Any, jobs: Jobs, kind: str
) -> None:
    places.join(kind)
    assert state.now.path is None and _under(places, "Path from A to B").reason
    _hold(state, -1, 0, 0)
    places.set_end("mark_a", state.now.z)
    _hold(state, 0, 1, 0)
    places.set_end("mark_b", state.now.z)
    assert _flags(stage) == {"A": (-1, 0), "B": (0, 1)}
    assert not _under(places, "Path from A to B").reason
    places.join(kind)
    assert state.now.path.kind == kind
    np.testing.assert_array_equal(state.now.path.points, [[-1, 0, 0], [0, 1, 0]])
    qtbot.waitUntil(lambda: state.now.survey is not None and not jobs.busy)
    if kind == "spherical":
        assert state.now.film.length == pytest.approx(np.pi / 2, rel=1e-3)
    assert state.undo() and state.now.path is None and state.now.mark_b is not None
