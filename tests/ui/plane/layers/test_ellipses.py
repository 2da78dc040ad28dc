"""explorer.ui.plane.layers.ellipses: q(z|x) of what is selected, at true scale on any two axes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from explorer.app.planes import planes
from explorer.app.state import State
from explorer.ui.plane.layers import ellipses
from explorer.ui.plane.layers.ellipses import EllipsesLayer, principal
from explorer.ui.plane.plane_area import PlaneArea


@pytest.fixture
def layer(plane_area: PlaneArea, state: State) -> EllipsesLayer:
    """Deviations 0.1, 0.2 and 0.4 along the three dimensions."""
    codes = state.now.codes
    std = np.tile(np.array([0.1, 0.2, 0.4], np.float32), (5, 1))
    state.update(codes=replace(codes, std=std))
    found: EllipsesLayer = plane_area.plane.layers["ellipses"]
    return found


def test_each_selected_sample_has_one_at_its_code(layer: EllipsesLayer, state: State) -> None:
    assert layer.ellipses == []
    state.update(selection=np.array([3, 0]))
    assert [e.mean for e in layer.ellipses] == [(-1, -1), (1, 1)]
    assert all(e.radii == pytest.approx((0.1, 0.2)) and e.angle == 0 for e in layer.ellipses)
    state.update(selection=np.zeros(0, np.int64))
    assert layer.ellipses == []


def test_the_axes_shown_say_which_deviations(layer: EllipsesLayer, state: State) -> None:
    state.update(selection=np.array([4]))
    state.update_plane("latent", axes=(2, 0))
    assert layer.ellipses[0].mean == (2, 0)
    assert layer.ellipses[0].radii == pytest.approx((0.4, 0.1))


@pytest.mark.parametrize(("factor", "width"), [(1, 0.2), (2, 0.4)])
def test_lines_are_one_and_two_deviations_away(
    layer: EllipsesLayer, state: State, factor: int, width: float
) -> None:
    state.update(selection=np.array([4]))
    rect = layer._lines[factor].path().boundingRect()
    assert (rect.width(), rect.height()) == pytest.approx((width, 2 * width), rel=1e-3)
    assert (rect.center().x(), rect.center().y()) == pytest.approx((0, 0), abs=1e-6)


def test_a_crowd_has_none(
    layer: EllipsesLayer, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ellipses, "FEW", 3)
    state.update(selection=np.arange(3))
    assert len(layer.ellipses) == 3
    state.update(selection=np.arange(4))
    assert layer.ellipses == []


def test_a_covariance_is_taken_on_the_axes_shown(layer: EllipsesLayer, state: State) -> None:
    cov = np.diag([1.0, 9.0, 4.0]).astype(np.float32)
    state.update(codes=replace(state.now.codes, cov=np.tile(cov, (5, 1, 1))))
    state.update(selection=np.array([4]))
    assert layer.ellipses[0].radii == pytest.approx((3, 1))
    assert abs(layer.ellipses[0].angle) == pytest.approx(90)
    state.update_plane("latent", axes=(2, 0))
    assert layer.ellipses[0].radii == pytest.approx((2, 1))
    assert abs(layer.ellipses[0].angle) % 180 == pytest.approx(0, abs=1e-4)


def test_a_covariance_with_no_width_is_a_line() -> None:
    radii, _ = principal(np.array([[4.0, 0.0], [0.0, -1e-9]]))
    assert radii == pytest.approx((2, 0))
    assert np.isfinite(principal(np.full((2, 2), np.inf))[0]).all()


def test_in_a_plane_of_pictures_it_means_nothing_and_says_why() -> None:
    assert EllipsesLayer.stranger(planes["latent"]) == ""
    assert "ellipse" in EllipsesLayer.stranger(planes["pca"])
