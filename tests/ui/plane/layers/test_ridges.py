from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsSimpleTextItem

from explorer.app.planes.lanes import lanes_of
from explorer.app.state import State
from explorer.models.config import Codes
from explorer.ui.plane.layers.ridges import ALPHA, INWARD, RidgesLayer
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.themes import theme


def ridges(plane_area: PlaneArea) -> RidgesLayer:
    layer = plane_area.plane.layers["ridges"]
    assert isinstance(layer, RidgesLayer)
    return layer


def names(plane_area: PlaneArea) -> list[str]:
    found = [one for one in ridges(plane_area)._items if isinstance(one, QGraphicsSimpleTextItem)]
    return [one.text() for one in found]


def test_a_lane_and_its_name_for_each_class_of_one_dimension(
    plane_area: PlaneArea, state: State
) -> None:
    assert names(plane_area) == [] and RidgesLayer.absence(state.now)
    one = np.array([[-1], [-0.5], [0.5], [1], [2]], np.float32)
    state.update(codes=Codes("toy", one, np.ones_like(one), np.arange(5)))
    assert names(plane_area) == ["a", "b"] and not RidgesLayer.absence(state.now)
    assert all(
        item.parentItem() is ridges(plane_area).group.item for item in ridges(plane_area)._items
    )
    state.update(codes=None)
    assert names(plane_area) == [] and ridges(plane_area).group.item.childItems() == []


def one_dimension(state: State) -> None:
    one = np.array([[-1], [-0.5], [0.5], [1], [2]], np.float32)
    state.update(codes=Codes("toy", one, np.ones_like(one), np.arange(5)))


def test_each_ridge_has_the_colour_of_its_class_and_one_alone_the_accent(
    plane_area: PlaneArea, state: State
) -> None:
    one_dimension(state)
    layer = ridges(plane_area)
    paths = [one for one in layer._items if isinstance(one, QGraphicsPathItem)]
    assert [one.pen().color() for one in paths] == [
        theme.class_colour(i, layer.tokens) for i in (0, 1)
    ]
    assert all(one.pen().isCosmetic() and one.pen().widthF() == 1.2 for one in paths)
    assert all(one.brush().color().alpha() == ALPHA for one in paths)
    data = state.now.dataset
    assert data is not None
    state.update(dataset=replace(data, labels=None))
    one_dimension(state)
    (alone,) = [one for one in layer._items if isinstance(one, QGraphicsPathItem)]
    assert alone.pen().color() == QColor(layer.tokens.accent)


def test_a_ridge_stands_on_its_base_over_the_whole_lane(
    plane_area: PlaneArea, state: State
) -> None:
    one_dimension(state)
    lanes, layer = lanes_of(state.now)[0], ridges(plane_area)
    paths = [one for one in layer._items if isinstance(one, QGraphicsPathItem)]
    for lane, one in zip(lanes, paths, strict=True):
        box = one.path().boundingRect()
        assert (box.left(), box.right()) == pytest.approx((lane.z[0], lane.z[-1]))
        assert box.top() == pytest.approx(lane.base)
        assert box.bottom() == pytest.approx(lane.base + lane.ridge.max())
        corners = [one.path().elementAt(i) for i in (0, one.path().elementCount() - 2)]
        assert [at.x for at in corners] == pytest.approx([lane.z[0], lane.z[-1]])
        assert [at.y for at in corners] == pytest.approx([lane.base] * 2)


def test_a_name_stands_at_the_left_of_its_lane_and_under_its_top(
    plane_area: PlaneArea, state: State
) -> None:
    one_dimension(state)
    lanes, layer = lanes_of(state.now)[0], ridges(plane_area)
    found = [one for one in layer._items if isinstance(one, QGraphicsSimpleTextItem)]
    assert len(found) == len(lanes) == 2
    for lane, name in zip(lanes, found, strict=True):
        low, high = float(lane.z[0]), float(lane.z[-1])
        assert name.pos().x() == pytest.approx(low + INWARD * (high - low), abs=1e-6)
        assert lane.base < name.pos().y() < lane.base + lane.ridge.max()


def test_the_height_in_a_lane_is_no_number(plane_area: PlaneArea, state: State) -> None:
    assert plane_area.plane.getAxis("left").style["showValues"]
    one = np.array([[-1], [-0.5], [0.5], [1], [2]], np.float32)
    state.update(codes=Codes("toy", one, np.ones_like(one), np.arange(5)))
    assert not plane_area.plane.getAxis("left").style["showValues"]
