"""explorer.ui.plane.layers.atlas: what is decoded lies below the points, and is of now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorer.app.atlas.sheets import sheets
from explorer.app.atlas.wanted import drawn, wanted
from explorer.app.background.jobs import Jobs
from explorer.app.planes import planes
from explorer.app.session import Session
from explorer.app.state import LayerAppearance, State
from explorer.compute.decoding.place import DecodePlace
from explorer.compute.decoding.tiles import DecodeTiles
from explorer.errors import DataError
from explorer.models.autoencoder import build, weights_of
from explorer.models.config import ModelConfig
from explorer.ui.plane.layers.atlas import AtlasLayer
from explorer.ui.plane.plane_area import PlaneArea
from tests.ui.onscreen import idle


@pytest.fixture
def layer(plane_area: PlaneArea, state: State, jobs: Jobs) -> AtlasLayer:
    idle(plane_area, jobs)
    made = plane_area.plane.layers["atlas"]
    assert isinstance(made, AtlasLayer)
    return made


def _other(state: State, seed: int) -> Any:
    """Another moment of the same training."""
    model = state.now.model
    assert model is not None
    weights = weights_of(build(model.config, model.preparation, seed=seed))
    return replace(model, id=f"other {seed}", weights=weights)


def _is_whole_and_of_now(layer: AtlasLayer, state: State) -> None:
    """Each tile on the screen is what the slice of now gives, and all that are wanted are there."""
    slice_ = layer.plane.kind.slice_of(state.now)
    assert slice_ is not None and layer._shown is not None and layer._shown.key == slice_.key
    tiles = drawn(layer._sight(slice_), set(wanted(layer._sight(slice_))))
    pixels = DecodeTiles(slice_.model, slice_, tuple(tiles)).answer().pixels
    (shown,) = layer._tiles._sheets
    (sheet,) = sheets(tiles, pixels, 1.0)
    assert len(tiles) > 4 and shown.at == sheet.at
    np.testing.assert_array_equal(shown.pixels, sheet.pixels)


def test_it_is_on_at_first_and_faint(layer: AtlasLayer, state: State) -> None:
    assert layer.usual.visible and 0.2 < layer.usual.opacity < 0.5
    assert layer._tiles.isVisible() and layer._tiles.opacity() == layer.usual.opacity
    assert layer._tiles.zValue() < layer.plane.layers["density"].order
    _is_whole_and_of_now(layer, state)


@pytest.mark.parametrize("factor", [0.3, 4.0, 300.0])
def test_at_every_zoom_all_of_the_view_is_decoded(
    layer: AtlasLayer, plane_area: PlaneArea, state: State, jobs: Jobs, factor: float
) -> None:
    plane_area.plane.zoom(factor)
    idle(plane_area, jobs)
    _is_whole_and_of_now(layer, state)


CHANGES = {
    "held coordinates": lambda state: state.update(z=np.array([0, 0, 2], np.float32)),
    "axes": lambda state: state.update_plane("latent", axes=(2, 0)),
    "moment": lambda state: state.update(model=_other(state, 1)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_other_pictures_take_the_place_of_those_before(
    layer: AtlasLayer, plane_area: PlaneArea, state: State, jobs: Jobs, change: str
) -> None:
    before = layer._tiles._sheets
    CHANGES[change](state)
    idle(plane_area, jobs)
    _is_whole_and_of_now(layer, state)
    assert (before[0].pixels != layer._tiles._sheets[0].pixels).any()


@pytest.mark.parametrize(("change", "stand"), [
    ("held coordinates", True), ("axes", False), ("moment", True),
])  # fmt: skip
def test_until_they_are_there_those_of_the_same_space_stand(
    layer: AtlasLayer, state: State, change: str, stand: bool
) -> None:
    before, shown = layer._tiles._sheets, layer._shown
    CHANGES[change](state)
    assert layer.plane._points._outlined, "points do not change their look meanwhile"
    assert (layer._shown is shown) is stand
    assert (layer._tiles._sheets is before) is stand
    if not stand:
        assert not layer._tiles._sheets


def test_of_two_slices_never_both(
    layer: AtlasLayer, plane_area: PlaneArea, state: State, jobs: Jobs
) -> None:
    """At each change of what is on the screen, all of it is of one slice."""
    seen: list[object] = []
    put = layer._put

    def hear(slice_: Any, found: Any) -> None:
        there = {} if slice_ is None else layer.session.atlas.of(slice_)
        again = sheets(layer._found, there, 1.0) if found else []
        for one, other in zip(found, again, strict=True):
            np.testing.assert_array_equal(one.pixels, other.pixels)
        seen.append(slice_)
        put(slice_, found)

    layer._put = hear  # type: ignore[method-assign]
    for value in (1, 2, 3):
        state.update(z=np.array([0, 0, value], np.float32))
        plane_area.plane.zoom(1.3)
        idle(plane_area, jobs)
    assert len(seen) >= 3


def test_a_move_within_the_plane_asks_for_nothing(
    layer: AtlasLayer, plane_area: PlaneArea, state: State, jobs: Jobs
) -> None:
    before = layer._tiles._sheets
    state.update(z=np.array([0.7, -0.4, 0], np.float32))
    assert layer._tiles._sheets is before and not jobs.is_busy("decode tiles")


def test_what_is_not_seen_is_not_asked_for(
    layer: AtlasLayer, plane_area: PlaneArea, state: State, jobs: Jobs
) -> None:
    state.update(layers={"atlas": LayerAppearance(False)})
    assert not layer._tiles._sheets and not plane_area.plane._points._outlined
    plane_area.plane.zoom(3.0)
    assert not jobs.is_busy("decode tiles")
    state.update(layers={"atlas": LayerAppearance(True, 0.8)})
    idle(plane_area, jobs)
    assert layer._tiles.opacity() == 0.8 and plane_area.plane._points._outlined
    _is_whole_and_of_now(layer, state)
    plane_area.hide()
    idle(plane_area, jobs)
    state.update(z=np.array([0, 0, 3], np.float32))
    assert not jobs.is_busy("decode tiles") and not layer._tiles._sheets


def test_while_a_model_learns_the_first_level_does(
    layer: AtlasLayer, plane_area: PlaneArea, state: State, jobs: Jobs
) -> None:
    state.update(training="running")
    state.update(model=_other(state, 2))
    idle(plane_area, jobs)
    levels = {tile.level for tile in layer.session.atlas.of(layer._slice)}
    assert len(levels) == 1 and layer._tiles._sheets
    state.update(training="idle")
    idle(plane_area, jobs)
    _is_whole_and_of_now(layer, state)


def test_where_none_can_be_had_the_old_ones_go(
    layer: AtlasLayer, plane_area: PlaneArea, state: State, jobs: Jobs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def fail(*_: object) -> None:
        raise DataError("no")

    monkeypatch.setattr(DecodeTiles, "answer", fail)
    state.update(z=np.array([0, 0, 2], np.float32))
    idle(plane_area, jobs)
    assert not layer._tiles._sheets and not plane_area.plane._points._outlined


def test_they_are_smoothed_as_other_pictures_are(layer: AtlasLayer, state: State) -> None:
    assert not layer._tiles._smooth
    state.update(smooth=True)
    assert layer._tiles._smooth


def test_it_says_where_there_are_none(layer: AtlasLayer, state: State) -> None:
    now = state.now
    assert AtlasLayer.absence(now) == ""
    assert "no model" in AtlasLayer.absence(replace(now, model=None, pca=None))
    assert AtlasLayer.absence(replace(now, model=None, pca="it")) == ""
    line = replace(now.model, config=ModelConfig(latent_dim=1))
    assert "below the plane" in AtlasLayer.absence(replace(now, model=line))
    assert [AtlasLayer.stranger(planes[name]) for name in ("latent", "pca")] == ["", ""]


def test_the_middle_of_a_cell_is_what_the_probe_shows_there(
    layer: AtlasLayer, state: State, session: Session
) -> None:
    (sheet,) = layer._tiles._sheets
    left, right, _, top = sheet.at
    side = (right - left) / (sheet.pixels.shape[1] / 8)  # pictures of 8 px
    z = np.array([left + side / 2, top - side / 2, 0], np.float32)
    assert state.now.model is not None
    image = DecodePlace(state.now.model, z).answer()
    np.testing.assert_allclose(sheet.pixels[:8, :8] & 255, image[..., 0], atol=1)
