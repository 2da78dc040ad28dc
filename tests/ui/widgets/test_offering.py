"""explorer.ui.widgets.offering: a control says why it cannot be used, after its own tip."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QPushButton

from explorer.ui.widgets.offering import REASON, offer, offer_item


@pytest.fixture
def button(qtbot: Any) -> QPushButton:
    made = QPushButton("Save")
    qtbot.addWidget(made)
    return made


def test_a_reason_stands_below_the_tip_and_goes_again(button: QPushButton) -> None:
    button.setToolTip("Keep the model")
    offer(button, "Train one first")
    assert not button.isEnabled() and button.property(REASON) == "Train one first"
    assert button.toolTip() == "Keep the model\nTrain one first"
    offer(button, "Not while one runs")
    assert button.toolTip() == "Keep the model\nNot while one runs"
    offer(button)
    assert button.isEnabled() and button.toolTip() == "Keep the model"
    assert button.property(REASON) == ""


def test_a_tip_set_in_between_is_the_new_one(button: QPushButton) -> None:
    button.setToolTip("Keep the model")
    offer(button, "Train one first")
    button.setToolTip("Keep it in a folder")
    offer(button, "Train one first")
    assert button.toolTip() == "Keep it in a folder\nTrain one first"


def test_without_a_tip_there_is_the_reason_alone(button: QPushButton) -> None:
    offer(button, "Train one first")
    assert button.toolTip() == "Train one first"
    offer(button)
    assert button.toolTip() == ""


@pytest.mark.parametrize(("text", "tip"), [("&Save...", ""), ("Save", "")])
def test_an_actions_text_is_not_its_tip(qapp: Any, text: str, tip: str) -> None:
    action = QAction(text)
    offer(action, "Train one first")
    assert action.toolTip().removeprefix(tip) == "Train one first" and not action.isEnabled()
    action.setToolTip("Keep the model")
    offer(action, "Train one first")
    assert action.toolTip() == "Keep the model\nTrain one first"


def test_one_choice_of_a_box_is_offered_as_a_control_is(qtbot: Any) -> None:
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItems(["mlp", "conv"])
    box.setItemData(1, "Convolutions", Qt.ItemDataRole.ToolTipRole)
    model: Any = box.model()
    for row, own in ((0, ""), (1, "Convolutions")):
        for reason in ("Only of pictures", "Not here"):
            offer_item(box, row, reason)
            assert not model.item(row).isEnabled()
            wanted = "\n".join(line for line in (own, reason) if line)
            assert box.itemData(row, Qt.ItemDataRole.ToolTipRole) == wanted
        offer_item(box, row)
        assert model.item(row).isEnabled()
        assert box.itemData(row, Qt.ItemDataRole.ToolTipRole) == own
