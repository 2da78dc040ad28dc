"""A row a layer: a switch and a slider that tell what the user wants, and nothing when told."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QSlider

from explorer.ui.widgets.legend.layer_list import FINEST, LEAST, LayerList, LayerRow

ROWS = [LayerRow("points", "Points", "6", "A point for every sample"),
        LayerRow("ridges", "Density along z", "", "Of one dimension")]  # fmt: skip


@pytest.fixture
def layers(qtbot: Any) -> LayerList:
    made = LayerList(ROWS)
    qtbot.addWidget(made)
    made.show()
    for row in ROWS:
        made.set_appearance(row.name, True, 1.0)
    return made


@pytest.fixture
def told(layers: LayerList) -> list[Any]:
    heard: list[Any] = []
    layers.switched.connect(lambda *what: heard.append(("switched", *what)))
    layers.faded.connect(lambda *what: heard.append(("faded", *what)))
    layers.fade_started.connect(lambda gesture: heard.append(("started", id(gesture))))
    return heard


def switch(layers: LayerList, name: str) -> QCheckBox:
    return layers.findChild(QCheckBox, f"layerSwitch-{name}")


def slider(layers: LayerList, name: str) -> QSlider:
    return layers.findChild(QSlider, f"layerOpacity-{name}")


def test_a_click_or_space_tells_the_layer_and_what_it_should_be(
    layers: LayerList, told: list[Any]
) -> None:
    box = switch(layers, "points")
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    QTest.keyClick(switch(layers, "ridges"), Qt.Key.Key_Space)
    assert told == [("switched", "points", False), ("switched", "ridges", False)]


def test_keys_on_a_slider_tell_the_gesture_first_then_the_opacity(
    layers: LayerList, told: list[Any]
) -> None:
    QTest.keyClick(slider(layers, "ridges"), Qt.Key.Key_Left)
    assert [what[0] for what in told] == ["started", "faded"]
    assert told[1] == ("faded", "ridges", 0.99)
    QTest.keyClick(slider(layers, "ridges"), Qt.Key.Key_Home)
    assert told[3] == ("faded", "ridges", LEAST / FINEST)
    assert told[0][1] != told[2][1]  # two keys are two gestures


def test_what_is_shown_tells_nobody(layers: LayerList, told: list[Any]) -> None:
    layers.set_appearance("points", False, 0.35)
    assert told == [] and not switch(layers, "points").isChecked()
    assert slider(layers, "points").value() == 35


def test_what_is_off_is_to_be_switched_on_before_it_is_faded(layers: LayerList) -> None:
    layers.set_appearance("points", False, 1.0)
    assert not slider(layers, "points").isEnabled()
    assert "Switch it on first" in slider(layers, "points").toolTip()
    layers.set_appearance("points", True, 1.0)
    assert slider(layers, "points").isEnabled()
    assert slider(layers, "points").toolTip() == "How opaque points are drawn"


def test_each_row_has_its_name_its_key_and_what_it_is(layers: LayerList) -> None:
    assert [switch(layers, row.name).text() for row in ROWS] == ["Points", "Density along z"]
    assert [label.text() for label in layers.findChildren(QLabel)] == ["6", ""]
    assert switch(layers, "points").toolTip() == "A point for every sample (6)"
    assert switch(layers, "ridges").toolTip() == "Of one dimension"
    layers.set_tip("points", "Nothing to draw")
    assert switch(layers, "points").toolTip() == "Nothing to draw (6)"
    assert slider(layers, "ridges").accessibleName() == "Opacity of density along z"


def test_rows_stand_below_one_another(layers: LayerList) -> None:
    for row, other in itertools.pairwise(ROWS):
        assert switch(layers, row.name).geometry().bottom() < switch(layers, other.name).y()
        one = slider(layers, row.name).geometry()
        assert one.left() > switch(layers, row.name).geometry().right()
