"""Bookmarks, A and B: set, listed, visited, removed, undone; flags stand where z is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from explorer.analysis.latent.joins import offered as kinds
from explorer.app.background.jobs import Jobs
from explorer.app.commands import Context, all_commands
from explorer.app.session import Session
from explorer.app.state import State
from explorer.ui.menus.offers import entries_of
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.widgets.overlays.popup import PopupEntry


@dataclass
class Places:
    """The commands about places, as the plane's menu has them."""

    plane_area: PlaneArea
    state: State
    session: Session

    def do(self, name: str) -> None:
        """At the held z."""
        context = Context(self.state, self.session, place=self.state.now.z)
        all_commands()[name].act(context)

    def entry(self, text: str) -> PopupEntry:
        """The entry of that text."""
        entries = entries_of(Context(self.state, self.session), "path")
        return next(entry for entry in entries if entry.text == text)


@pytest.fixture
def places(plane_area: PlaneArea, state: State, session: Session) -> Places:
    return Places(plane_area, state, session)


def _hold(state: State, *z: float) -> None:
    state.update(z=np.array(z, np.float32))


def _flags(plane_area: PlaneArea) -> dict[str, tuple[float, float]]:
    flags = plane_area.plane.layers["flags"].flags
    return {flag.text: (flag.pos().x(), flag.pos().y()) for flag in flags}


def test_a_bookmark_is_a_numbered_flag_and_leads_back(
    plane_area: PlaneArea, state: State, places: Places
) -> None:
    _hold(state, 0.5, -0.5, 1)
    places.do("bookmark")
    _hold(state, 1, 1, 0)
    places.do("bookmark")
    assert _flags(plane_area) == {"1": (0.5, -0.5), "2": (1.0, 1.0)}
    marks = places.entry("Go to a bookmark").entries
    assert [mark.text for mark in marks] == ["1  (0.50, \u22120.50, 1.00)", "2  (1.00, 1.00, 0.00)"]
    marks[0].act()
    assert state.now.z.tolist() == [0.5, -0.5, 1]
    assert state.undo() and state.now.z.tolist() == [1, 1, 0]


def test_a_bookmark_can_be_removed_and_both_are_undone(
    plane_area: PlaneArea, state: State, places: Places
) -> None:
    places.do("bookmark")
    places.entry("Remove a bookmark").entries[0].act()
    assert state.now.bookmarks == () and _flags(plane_area) == {}
    assert state.undo() and len(state.now.bookmarks) == 1
    assert state.undo() and state.now.bookmarks == ()
    assert places.entry("Go to a bookmark").reason


def test_bookmarks_belong_to_their_model_and_come_back_with_it(
    plane_area: PlaneArea, state: State, places: Places
) -> None:
    places.do("bookmark")
    now = state.now
    other = replace(now.model, config=replace(now.model.config, hidden=16), id="other")
    state.renew(dataset=now.dataset, model=other, z=now.z)
    assert state.now.bookmarks_here == () and _flags(plane_area) == {}
    state.update(model=now.model)
    assert len(state.now.bookmarks_here) == 1 and list(_flags(plane_area)) == ["1"]


@pytest.mark.parametrize("kind", ["straight", "spherical", "neighbours"])
def test_a_and_b_are_joined_by_a_path(
    plane_area: PlaneArea, state: State, places: Places, qtbot: Any, jobs: Jobs, kind: str
) -> None:
    assert places.entry("Path from A to B").reason
    _hold(state, -1, 0, 0)
    places.do("set-a")
    _hold(state, 0, 1, 0)
    places.do("set-b")
    assert _flags(plane_area) == {"A": (-1, 0), "B": (0, 1)}
    assert not places.entry("Path from A to B").reason
    offered = places.entry("Path from A to B").entries
    offered[kinds().index(kind)].act()
    assert state.now.path.kind == kind
    np.testing.assert_array_equal(state.now.path.points, [[-1, 0, 0], [0, 1, 0]])
    qtbot.waitUntil(lambda: state.now.survey is not None and not jobs.busy)
    if kind == "spherical":
        assert state.now.path_pictures.length == pytest.approx(np.pi / 2, rel=1e-3)
    assert state.undo() and state.now.path is None and state.now.mark_b is not None
