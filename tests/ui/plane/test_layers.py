"""Layers appear, fade, and are remembered; what they draw is where it should be."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QSlider

from explorer.app.state import LayerAppearance, State
from explorer.compute.latent.prior import FindPrior
from explorer.models import autoencoder
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.ui.plane.layer_settings import LayerMenu
from explorer.ui.plane.layers import layers
from explorer.ui.plane.layers.density import SIDE, histogram
from explorer.ui.plane.layers.ellipses import principal
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.synthetic_input import rest
from explorer.ui.themes import theme


@pytest.fixture
def menu(plane_area: PlaneArea, state: State, qtbot: Any) -> LayerMenu:
    made = LayerMenu(state)
    qtbot.addWidget(made)
    made.show()
    return made


def _seen(plane_area: PlaneArea) -> QImage:
    """The plane as painted once the scene has told of its changes."""
    rest(30)
    return plane_area.plane.grab().toImage()


def test_every_layer_has_a_name_a_tip_and_a_key_of_its_own(plane_area: PlaneArea) -> None:
    keys = [layer.key for layer in layers.values() if layer.key]
    assert len(keys) == len(set(keys)) and all(key.isdigit() for key in keys)
    assert all(layer.label and layer.tip for layer in layers.values())
    assert not layers.broken


def test_a_checkbox_hides_a_layer_and_undo_brings_it_back(
    menu: LayerMenu, plane_area: PlaneArea, state: State
) -> None:
    box = menu.findChild(QCheckBox, "layerSwitch-points")
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert not plane_area.plane.layers["points"].appearance.visible
    assert not plane_area.plane._points.isVisible()
    assert state.undo() and plane_area.plane._points.isVisible() and box.isChecked()


def test_a_slider_fades_a_layer(menu: LayerMenu, plane_area: PlaneArea, state: State) -> None:
    slider = menu.findChild(QSlider, "layerOpacity-path")
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert state.now.layers["path"].opacity == pytest.approx(0.1)
    assert plane_area.plane.layers["path"].group.item.opacity() == pytest.approx(0.1)
    assert state.undo() and plane_area.plane.layers["path"].group.item.opacity() == 1.0


def test_the_cursor_can_be_hidden(plane_area: PlaneArea, state: State) -> None:
    state.update(layers={"cursor": LayerAppearance(False)})
    bare = _seen(plane_area)
    state.update(z=np.array([0.9, 0.3, 0], np.float32))
    assert _seen(plane_area) == bare
    state.update(layers={})
    assert _seen(plane_area) != bare


def test_a_full_covariance_tilts_the_ellipse(plane_area: PlaneArea, state: State) -> None:
    cov = np.zeros((5, 3, 3), np.float32) + np.eye(3, dtype=np.float32)
    cov[3, :2, :2] = [[2.5, 1.5], [1.5, 2.5]]
    codes = state.now.codes
    tilted = SimpleNamespace(
        model_id=codes.model_id, mean=codes.mean, std=codes.std, index=codes.index,
        kl_per_dim=None, cov=cov,
    )  # fmt: skip
    state.update(codes=tilted, selection=np.array([3]))
    (ellipse,) = plane_area.plane.layers["ellipses"].ellipses
    assert ellipse.mean == (1, 1) and ellipse.radii == pytest.approx((2, 1))
    assert ellipse.angle % 180 == pytest.approx(45)


@pytest.mark.parametrize("angle", [0, 30, 90, 150])
def test_principal_axes_of_a_turned_ellipse(angle: float) -> None:
    turn = np.deg2rad(angle)
    axes = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    radii, found = principal(axes @ np.diag([9.0, 0.25]) @ axes.T)
    assert radii == pytest.approx((3, 0.5))
    assert min(abs(found - angle) % 180, 180 - abs(found - angle) % 180) < 1e-6


def test_few_are_ringed_and_a_crowd_is_not(plane_area: PlaneArea, state: State) -> None:
    layer = plane_area.plane.layers["selection"]
    state.update(selection=np.array([1, 2]))
    np.testing.assert_array_equal(layer.ringed, [[-1, 1], [1, -1]])
    state.update(selection=np.zeros(0, np.int64))
    assert len(layer.ringed) == 0


def test_the_histogram_keeps_the_count_and_its_place() -> None:
    rng = np.random.default_rng(0)
    xy = rng.uniform((2, -5), (4, -3), (4000, 2)).astype(np.float32)
    rect, counts = histogram(xy)
    assert counts.sum() == pytest.approx(4000, rel=0.01)
    centre = np.array([rect.left(), rect.top()]) + np.array(
        [counts.sum(0) @ np.arange(SIDE), counts.sum(1) @ np.arange(SIDE)]
    ) / counts.sum() / SIDE * np.array([rect.width(), rect.height()])
    np.testing.assert_allclose(centre, (3, -4), atol=0.05)


@pytest.mark.parametrize("n", [0, 1])
def test_too_few_codes_make_no_cloud(n: int) -> None:
    assert not histogram(np.zeros((n, 2), np.float32))[1].any()


def test_density_and_contours_are_drawn_when_asked_for(plane_area: PlaneArea, state: State) -> None:
    plain = _seen(plane_area)
    for name in ("density", "contours"):
        state.update(layers={name: LayerAppearance()})
        assert _seen(plane_area) != plain
    state.update(layers={})
    assert _seen(plane_area) == plain


def test_a_prior_circle_goes_through_one_sigma(plane_area: PlaneArea, state: State) -> None:
    line = plane_area.plane.layers["contours"]._line
    assert line.path().boundingRect().getRect() == (-3, -3, 6, 6)
    group = plane_area.plane.layers["contours"].group.item
    at = plane_area.plane.mapFromScene(group.mapToScene(1.0, 0.0))
    assert (at - plane_area.plane.pixel_at((1, 0))).manhattanLength() <= 1


def test_all_layers_take_the_other_theme(
    light: None, plane_area: PlaneArea, state: State, qapp: Any
) -> None:
    theme.apply(qapp, "dark")
    pen = plane_area.plane.layers["path"].line.pen().color().name()
    assert pen.upper() == theme.DARK.accent.upper()


def _as(state: State, preset: str, d: int = 3) -> ModelSnapshot:
    """Another model on the same data, shown with its prior."""
    old = state.now.model
    assert old is not None
    config = ModelConfig(preset=preset, latent_dim=d, hidden=8)
    weights = autoencoder.weights_of(autoencoder.build(config, old.preparation, seed=0))
    model = ModelSnapshot(f"{preset} {d}", config, old.preparation, weights)
    z = np.zeros(d, np.float32)
    state.update(model=model, codes=None, z=z, layers={"contours": LayerAppearance()})
    return model


@pytest.mark.parametrize("d", [1, 3])
def test_a_mixture_is_drawn_as_its_components(
    plane_area: PlaneArea, state: State, qtbot: Any, d: int
) -> None:
    layer = plane_area.plane.layers["contours"]
    model = _as(state, "gmm-vae", d)
    qtbot.waitUntil(lambda: not layer._line.path().isEmpty())
    found = FindPrior(model).answer()
    seen = layer._line.path().boundingRect()
    lowest, highest = (found.mean - found.std).min(0), (found.mean + found.std).max(0)
    assert (seen.left(), seen.right()) == pytest.approx((lowest[0], highest[0]), abs=1e-5)
    if d > 1:
        assert (seen.top(), seen.bottom()) == pytest.approx((lowest[1], highest[1]), abs=1e-5)
    assert not any(name.isVisible() for name in layer._names.values())


@pytest.mark.parametrize("preset", ["ae", "vq-vae"])
def test_without_a_prior_nothing_is_drawn_and_that_is_said(
    plane_area: PlaneArea, state: State, menu: LayerMenu, preset: str
) -> None:
    _as(state, preset, 2)
    assert plane_area.plane.layers["contours"]._line.path().isEmpty()
    box = menu.findChild(QCheckBox, "layerSwitch-contours")
    assert "Nothing to draw" in box.toolTip()
    state.update(layers={})
    menu.layer_settings.toggle("contours")
    assert state.now.message is not None and "nothing to draw" in state.now.message.text
    _as(state, "vae", 2)
    assert "N(0, I)" in box.toolTip()
