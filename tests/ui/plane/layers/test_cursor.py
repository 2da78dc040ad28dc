"""The crosshair: where z is, how it fades, and that it waits its turn beside a training."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.app.state import LayerAppearance, State
from explorer.ui.plane.layers.cursor import CursorLayer
from explorer.ui.plane.plane_area import PlaneArea

FAR_AHEAD = 3600.0  # seconds: nothing of a throttle's is due while a test runs


@pytest.fixture
def layer(plane_area: PlaneArea) -> CursorLayer:
    made: CursorLayer = plane_area.plane.layers["cursor"]
    return made


def z(*at: float) -> np.ndarray:
    return np.array([*at, 0], np.float32)


def lead(state: State, training: str, plane: str) -> None:
    """The cursor of that plane was moved last, and z follows it."""
    state.update_plane(plane, cursor=(1.0, 0.0))
    state.update(training=training, moved=plane)
    assert state.now.moved == plane


def test_it_is_where_z_is_held_or_shown_in_passing(layer: CursorLayer, state: State) -> None:
    assert layer.plane.cursor_at == (0, 0)
    state.update(z=z(0.5, -0.25))
    assert layer.plane.cursor_at == (0.5, -0.25)
    state.update(preview=z(1, 1))
    assert layer.plane.cursor_at == (1, 1)
    state.update(preview=None)
    assert layer.plane.cursor_at == (0.5, -0.25)
    state.update_plane("latent", axes=(2, 1))
    assert layer.plane.cursor_at == (0, -0.25)
    state.update(z=None)
    assert layer.plane.cursor_at is None


def test_it_fades_and_goes(layer: CursorLayer, state: State) -> None:
    for appearance, opacity in (
        (LayerAppearance(opacity=0.5), 0.5), (LayerAppearance(visible=False, opacity=0.5), 0.0),
        (LayerAppearance(), 1.0),
    ):  # fmt: skip
        state.update(layers={"cursor": appearance})
        assert layer.plane._cursor_opacity == opacity


def hold_back(layer: CursorLayer) -> None:
    """Nothing is due for long after this."""
    layer._follow_throttle.run(lambda: None)
    layer._follow_throttle._seconds = FAR_AHEAD


@pytest.mark.parametrize(
    ("training", "moved", "at_once"),
    [("running", "pca", False), ("running", "latent", True), ("idle", "pca", True),
     ("paused", "pca", True)],
)  # fmt: skip
def test_beside_a_training_it_follows_another_plane_with_half_the_frames(
    layer: CursorLayer, state: State, training: str, moved: str, at_once: bool
) -> None:
    lead(state, training, moved)
    hold_back(layer)
    state.update(z=z(0.5, -0.25))
    assert layer.plane.cursor_at == ((0.5, -0.25) if at_once else (0, 0))
    layer._follow_throttle.flush()  # as its timer does
    assert layer.plane.cursor_at == (0.5, -0.25)


def test_what_waits_is_not_drawn_after_what_came_later(layer: CursorLayer, state: State) -> None:
    lead(state, "running", "pca")
    hold_back(layer)
    state.update(z=z(0.5, -0.25))
    assert layer._follow_throttle._timer.isActive()
    state.update(training="idle", z=z(1, 1))
    assert not layer._follow_throttle._timer.isActive()
    assert layer.plane.cursor_at == (1, 1)
