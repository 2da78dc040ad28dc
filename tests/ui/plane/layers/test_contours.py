"""Contours of the prior: circles of its standard deviations, lines where z has one dimension."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from explorer.app.planes import planes
from explorer.app.session import Session
from explorer.app.state import LayerAppearance, State
from explorer.compute.latent.prior import FindPrior
from explorer.ui.plane.layers.contours import HALF, SIGMAS, ContoursLayer
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.themes import theme

SHOWN = {"contours": LayerAppearance(visible=True)}


@pytest.fixture
def layer(plane_area: PlaneArea, state: State) -> ContoursLayer:
    state.update(layers=SHOWN)
    return plane_area.plane.layers["contours"]


def ellipses(layer: ContoursLayer) -> list[tuple[float, float, float, float]]:
    """(x, y, radius, radius) of each closed curve."""
    found = []
    for polygon in layer._line.path().toSubpathPolygons():
        box = polygon.boundingRect()
        middle = box.center()
        found.append((middle.x(), middle.y(), box.width() / 2, box.height() / 2))
    return found


def test_it_is_off_until_it_is_asked_for(plane_area: PlaneArea) -> None:
    assert not plane_area.plane.layers["contours"].group.item.isVisible()


def test_of_a_standard_normal_it_is_circles_about_the_origin(layer: ContoursLayer) -> None:
    assert ellipses(layer) == [pytest.approx((0, 0, s, s), abs=1e-6) for s in (1, 2, 3)]
    names = [(n.text(), n.pos().x(), n.pos().y(), n.isVisible()) for n in layer._names.values()]
    assert names == [
        (f"{s}\u03c3", pytest.approx(s * HALF), pytest.approx(s * HALF), True) for s in SIGMAS
    ]
    assert np.hypot(HALF, HALF) == pytest.approx(1)  # so each name is on its circle


def test_of_one_dimension_it_is_lines_on_either_side(layer: ContoursLayer, state: State) -> None:
    model = state.now.model
    assert model is not None
    config = replace(model.config, latent_dim=1)
    state.update(model=replace(model, config=config, id="flat"), codes=None,
                 z=np.zeros(1, np.float32))  # fmt: skip
    lines = [p.boundingRect() for p in layer._line.path().toSubpathPolygons()]
    assert [r.left() for r in lines] == [x for s in SIGMAS for x in (-s, s)]
    assert all((r.top(), r.bottom(), r.width()) == (-1, 1, 0) for r in lines)
    names = [name.pos().toTuple() for name in layer._names.values()]
    assert names == [(s, 1) for s in SIGMAS]  # at the upper end of the line on the right


def test_of_a_mixture_it_is_an_ellipse_a_component_that_is_used(
    layer: ContoursLayer, state: State, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = state.now.model
    assert model is not None
    asked: list[FindPrior] = []
    monkeypatch.setattr(layer._known, "ask", asked.append)
    state.update(model=replace(model, config=replace(model.config, preset="gmm-vae"), id="mix"))
    assert len(asked) >= 1 and not any(name.isVisible() for name in layer._names.values())

    class Known:
        weight = np.array([0.588, 0.008, 0.392, 0.012])  # less than one code in a hundred, more
        mean = np.array([[1, 2, 3], [9, 9, 9], [-1, 0, 2], [0, -2, 1]], np.float32)
        std = np.array([[0.5, 1, 2], [1, 1, 1], [0.25, 0.5, 1], [0.5, 0.5, 1]], np.float32)

    monkeypatch.setattr(layer, "_known", type("Held", (), {"value": Known, "ask": asked.append})())
    layer._show_mixture()
    assert ellipses(layer) == [
        pytest.approx((1, 2, 0.5, 1.0), abs=1e-5), pytest.approx((-1, 0, 0.25, 0.5), abs=1e-5),
        pytest.approx((0, -2, 0.5, 0.5), abs=1e-5),
    ]  # fmt: skip
    state.update_plane("latent", axes=(2, 0))
    assert ellipses(layer)[0] == pytest.approx((3, 1, 2.0, 0.5), abs=1e-5)


def test_a_mixture_that_nobody_sees_is_not_asked_for(
    plane_area: PlaneArea, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer, asked = plane_area.plane.layers["contours"], list[FindPrior]()
    monkeypatch.setattr(layer._known, "ask", asked.append)
    model = state.now.model
    assert model is not None
    state.update(model=replace(model, config=replace(model.config, preset="gmm-vae"), id="mix"))
    assert asked == [] and layer._line.path().isEmpty()
    state.update(layers=SHOWN)
    assert len(asked) == 1


def test_among_pictures_it_means_nothing(plane_area: PlaneArea) -> None:
    assert ContoursLayer.stranger(planes["latent"]) == ""
    assert "not of pictures" in ContoursLayer.stranger(planes["pca"])


@pytest.mark.parametrize("name", ["light", "dark"])
def test_it_is_quiet_dashed_and_as_thin_at_every_zoom(
    light: None, layer: ContoursLayer, qapp: Any, name: str
) -> None:
    theme.apply(qapp, name)
    pen, quiet = layer._line.pen(), theme.QColor(layer.tokens.quiet)
    assert pen.isCosmetic() and pen.style().name == "DashLine" and pen.widthF() == 1
    assert pen.color().rgb() == quiet.rgb() and pen.color().alpha() < 255


def test_names_are_as_large_at_every_zoom(layer: ContoursLayer, plane_area: PlaneArea) -> None:
    plane = plane_area.plane
    sizes = []
    for factor in (1.0, 3.0, 0.2):
        plane.zoom(factor)
        seen = [name.deviceTransform(plane.viewportTransform()) for name in layer._names.values()]
        sizes.append([(at.m11(), at.m22()) for at in seen])
    assert sizes == [[(1.0, 1.0)] * len(SIGMAS)] * 3


def test_a_mixture_of_one_dimension_is_lines_on_either_side_of_each_middle(
    layer: ContoursLayer, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = state.now.model
    assert model is not None

    class Known:
        weight = np.array([0.5, 0.5])
        mean, std = np.array([[1.0], [-1.0]]), np.array([[0.5], [0.25]])

    monkeypatch.setattr(
        layer, "_known", type("Held", (), {"value": Known, "ask": lambda *_: None})()
    )
    config = replace(model.config, preset="gmm-vae", latent_dim=1)
    state.update(model=replace(model, config=config, id="flat"), codes=None,
                 z=np.zeros(1, np.float32))  # fmt: skip
    lines = [p.boundingRect() for p in layer._line.path().toSubpathPolygons()]
    assert [r.left() for r in lines] == pytest.approx([0.5, 1.5, -1.25, -0.75])


def test_a_model_without_a_prior_has_no_contours_and_no_model_yet_those_of_a_normal(
    layer: ContoursLayer, state: State
) -> None:
    model = state.now.model
    assert model is not None and ContoursLayer.absence(state.now) == ""
    state.update(model=replace(model, config=replace(model.config, preset="ae"), id="plain"))
    assert ContoursLayer.absence(state.now) and layer._line.path().isEmpty()
    assert not any(name.isVisible() for name in layer._names.values())
    state.update(model=None, codes=None, z=None)
    assert ContoursLayer.absence(state.now) == "" and len(ellipses(layer)) == len(SIGMAS)
    assert all(name.isVisible() for name in layer._names.values())
