"""explorer.ui.plane.layers.ellipses: q(z|x) of what is selected, at true scale on any two axes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor

from explorer.app.planes import planes
from explorer.app.state import State
from explorer.compute.comparing.sample import Comparison
from explorer.data.pictures.own import Own, OwnPicture
from explorer.ui.plane.layers.ellipses import EllipsesLayer, principal
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.themes import theme
from tests.fakes import toy_dataset


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


def test_a_crowd_of_more_than_twenty_has_none(layer: EllipsesLayer, state: State) -> None:
    rng = np.random.default_rng(0)
    many = rng.normal(size=(30, 3)).astype(np.float32)
    codes = state.now.codes
    state.update(
        dataset=toy_dataset(30),
        codes=replace(codes, mean=many, std=np.exp(many), index=np.arange(30)),
    )
    state.update(selection=np.arange(5, 25))
    assert len(layer.ellipses) == 20
    state.update(selection=np.arange(5, 26))
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


def test_of_one_dimension_it_is_a_line(layer: EllipsesLayer, state: State) -> None:
    model, codes = state.now.model, state.now.codes
    flat = replace(model, config=replace(model.config, latent_dim=1), id="flat")
    state.update(
        model=flat, z=np.zeros(1, np.float32), selection=np.array([2]),
        codes=replace(codes, model_id="flat", mean=codes.mean[:, :1], std=codes.std[:, 1:2]),
    )  # fmt: skip
    (one,) = layer.ellipses
    assert one.radii == pytest.approx((0.2, 0)) and one.mean[0] == 1


def test_an_own_picture_has_one_where_it_is_encoded(layer: EllipsesLayer, state: State) -> None:
    picture = np.zeros((8, 8, 1), np.uint8)
    own = OwnPicture("cat.png", picture, state.now.dataset.preparation)
    cov = np.diag([4.0, 1.0, 9.0]).astype(np.float32)
    seen = Comparison(
        None, picture, picture, None, None, None, np.array([0.5, -0.5, 1], np.float32),
        np.array([0.3, 0.6, 0.9], np.float32), 0, own,
    )  # fmt: skip
    state.update(own=Own((own,)), comparison=seen)
    assert [e.mean for e in layer.ellipses] == [(0.5, -0.5)]
    assert layer.ellipses[0].radii == pytest.approx((0.3, 0.6))
    state.update(comparison=replace(seen, cov=cov))
    assert layer.ellipses[0].radii == pytest.approx((2, 1))
    for missing in ("mean", "std"):  # as of a model without a posterior
        state.update(comparison=replace(seen, **{missing: None}))
        assert layer.ellipses == []
    state.update(comparison=seen, own=None)
    assert layer.ellipses == []


@pytest.mark.parametrize("name", ["light", "dark"])
def test_lines_are_ink_the_outer_fainter_and_as_thin_at_every_zoom(
    layer: EllipsesLayer, qapp: Any, light: None, name: str
) -> None:
    theme.apply(qapp, name)
    inner, outer = (layer._lines[factor].pen() for factor in (1, 2))
    ink = QColor(layer.tokens.text).rgb()
    assert inner.color().rgb() == outer.color().rgb() == ink
    assert 255 >= inner.color().alpha() > 1.5 * outer.color().alpha() > 60
    assert inner.isCosmetic() and outer.isCosmetic() and inner.widthF() == outer.widthF() <= 1.5
