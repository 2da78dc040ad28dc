from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QGraphicsSimpleTextItem

from explorer.app.state import State
from explorer.models.config import Codes
from explorer.ui.plane.layers.ridges import RidgesLayer
from explorer.ui.plane.stage import Stage


def ridges(stage: Stage) -> RidgesLayer:
    layer = stage.plane.layers["ridges"]
    assert isinstance(layer, RidgesLayer)
    return layer


def names(stage: Stage) -> list[str]:
    found = [one for one in ridges(stage)._items if isinstance(one, QGraphicsSimpleTextItem)]
    return [one.text() for one in found]


def test_a_lane_and_its_name_for_each_class_of_one_dimension(stage: Stage, state: State) -> None:
    assert names(stage) == [] and RidgesLayer.absence(state.now)
    one = np.array([[-1], [-0.5], [0.5], [1], [2]], np.float32)
    state.update(codes=Codes("toy", one, np.ones_like(one), np.arange(5)))
    assert names(stage) == ["a", "b"] and not RidgesLayer.absence(state.now)
    assert all(item.parentItem() is ridges(stage).group.item for item in ridges(stage)._items)
    state.update(codes=None)
    assert names(stage) == [] and ridges(stage).group.item.childItems() == []


def test_the_height_in_a_lane_is_no_number(stage: Stage, state: State) -> None:
    assert stage.plane.getAxis("left").style["showValues"]
    one = np.array([[-1], [-0.5], [0.5], [1], [2]], np.float32)
    state.update(codes=Codes("toy", one, np.ones_like(one), np.arange(5)))
    assert not stage.plane.getAxis("left").style["showValues"]
