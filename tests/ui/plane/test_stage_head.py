from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QLabel

from explorer.app.state import State
from explorer.ui.plane.stage import Stage
from explorer.ui.plane.stage_head import StageHead


def test_it_names_the_model_and_is_away_until_it_is_wanted(stage: Stage, state: State) -> None:
    head = stage.findChild(StageHead)
    assert head.isHidden()
    stage.set_head(60)
    assert head.isVisible() and head.findChild(QLabel).text() == "VAE"
    stage.layout().activate()
    assert stage.plane.y() == 60
    stage.set_head(None)
    assert head.isHidden()
    state.update(model=None, codes=None)
    assert head.findChild(QLabel).text() == "No model yet"


def test_the_axes_can_be_chosen_where_there_are_more_than_two(stage: Stage, state: State) -> None:
    stage.set_head(60)
    boxes = stage.findChild(StageHead).findChildren(QComboBox)
    assert [box.count() for box in boxes] == [3, 3] and boxes[0].isVisible()
    model = state.now.model
    assert model is not None
    state.update(codes=None)
    state.update(model=replace(model, config=replace(model.config, latent_dim=2)))
    assert not boxes[0].isVisible()
