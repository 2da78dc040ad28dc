from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QLabel

from explorer.app.state import State
from explorer.ui.plane.plane_area import PlaneArea
from explorer.ui.plane.plane_header import PlaneHeader


def test_it_names_the_model_and_is_away_until_it_is_wanted(
    plane_area: PlaneArea, state: State
) -> None:
    head = plane_area.findChild(PlaneHeader)
    assert head.isHidden()
    plane_area.set_head(60)
    assert head.isVisible() and head.findChild(QLabel).text() == "VAE"
    plane_area.layout().activate()
    assert plane_area.plane.y() == 60
    plane_area.set_head(None)
    assert head.isHidden()
    state.update(model=None, codes=None)
    assert head.findChild(QLabel).text() == "No model yet"


def test_the_axes_can_be_chosen_where_there_are_more_than_two(
    plane_area: PlaneArea, state: State
) -> None:
    plane_area.set_head(60)
    boxes = plane_area.findChild(PlaneHeader).findChildren(QComboBox)
    assert [box.count() for box in boxes] == [3, 3] and boxes[0].isVisible()
    model = state.now.model
    assert model is not None
    state.update(codes=None)
    state.update(model=replace(model, config=replace(model.config, latent_dim=2)))
    assert not boxes[0].isVisible()
