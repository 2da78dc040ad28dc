"""Flags: bookmarks by their numbers, A and B in the accent, where they lie."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor

from explorer.app.parts.values import Bookmark, space_of
from explorer.app.state import State
from explorer.ui.plane.layers.flags import FlagsLayer
from explorer.ui.plane.plane_area import PlaneArea

A, B = np.array([1, 2, 3], np.float32), np.array([-1, 0, 1], np.float32)


@pytest.fixture
def layer(plane_area: PlaneArea) -> FlagsLayer:
    return plane_area.plane.layers["flags"]


def flags(layer: FlagsLayer) -> dict[str, tuple[float, float]]:
    return {flag.text: flag.pos().toTuple() for flag in layer.flags}


def test_a_and_b_stand_where_their_z_lies_on_the_axes_shown(
    layer: FlagsLayer, state: State
) -> None:
    assert flags(layer) == {}
    state.update(mark_a=A, mark_b=B)
    assert flags(layer) == {"A": (1, 2), "B": (-1, 0)}
    state.update_plane("latent", axes=(2, 1))
    assert flags(layer) == {"A": (3, 2), "B": (1, 0)}
    state.update(mark_a=None)
    assert flags(layer) == {"B": (1, 0)}
    assert len(layer.group.item.childItems()) == 1


def test_of_another_space_they_are_not_shown(layer: FlagsLayer, state: State) -> None:
    state.update(mark_a=np.zeros(2, np.float32), mark_b=B)
    assert flags(layer) == {"B": (-1, 0)}
    state.update(model=None, codes=None)
    assert flags(layer) == {}


def test_bookmarks_carry_their_number_in_the_colours_of_text(
    plane_area: PlaneArea, layer: FlagsLayer, state: State
) -> None:
    model = state.now.model
    assert model is not None
    here, elsewhere = space_of(model), "another space"
    marks = (Bookmark("here", A, here), Bookmark("no", A, elsewhere), Bookmark("there", B, here))
    state.update(bookmarks=marks, mark_a=A)
    assert flags(layer) == {"1": (1, 2), "2": (-1, 0), "A": (1, 2)}
    t = layer.tokens
    grounds = {flag.text: flag.brush().color() for flag in layer.flags}
    assert grounds["A"] == QColor(t.accent) and grounds["1"] == QColor(t.surface)
    rims = {flag.text: flag.pen().color() for flag in layer.flags}
    assert rims["1"] == QColor(t.text) and rims["A"] == QColor(t.surface)


def test_where_nobody_knows_their_places_there_are_none(
    layer: FlagsLayer, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a kind of plane that tells no places of z, as the default of kinds is."""
    state.update(mark_a=A)
    monkeypatch.setattr(layer.plane.kind, "project_z", lambda now, z: None)
    state.update(mark_b=B)
    assert flags(layer) == {} and not layer.group.item.childItems()
