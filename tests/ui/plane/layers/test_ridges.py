from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QGraphicsSimpleTextItem

from explorer.app.state import State
from explorer.models.config import Codes
from explorer.ui.plane.layers.ridges import RidgesLayer
from explorer.ui.plane.plane_area import PlaneArea


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


def test_the_height_in_a_lane_is_no_number(plane_area: PlaneArea, state: State) -> None:
    assert plane_area.plane.getAxis("left").style["showValues"]
    one = np.array([[-1], [-0.5], [0.5], [1], [2]], np.float32)
    state.update(codes=Codes("toy", one, np.ones_like(one), np.arange(5)))
    assert not plane_area.plane.getAxis("left").style["showValues"]
