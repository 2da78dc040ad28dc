"""Layers' appearance: what switches and keys change and say."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QSlider

from explorer.app.commands import Context
from explorer.app.state import LayerAppearance, State
from explorer.ui.plane.layer_settings import LayerMenu, LayerSettings, layer_commands
from explorer.ui.plane.layers import in_order, layers


@pytest.fixture(autouse=True)
def _all_are_there() -> None:
    in_order()


@pytest.fixture
def verbs(state: State) -> LayerSettings:
    return LayerSettings(state)


def said(state: State) -> str:
    return "" if state.now.message is None else state.now.message.text


def test_until_it_is_changed_a_layer_is_as_it_usually_is(verbs: LayerSettings) -> None:
    assert all(verbs.of(name) == layers[name].usual for name in layers)


def test_a_key_hides_and_shows_and_says_how_to_take_it_back(
    verbs: LayerSettings, state: State
) -> None:
    verbs.toggle("points")
    assert not verbs.of("points").visible and said(state) == "Points: hidden (6 toggles it)"
    verbs.toggle("points")
    assert verbs.of("points").visible and said(state) == "Points: shown (6 toggles it)"
    assert state.undo() and not verbs.of("points").visible


def test_where_there_is_nothing_to_draw_that_is_said_instead(
    verbs: LayerSettings, state: State
) -> None:
    assert layers["ridges"].absence(state.now)
    verbs.switch("ridges", True)
    assert said(state) == f"Density along z: nothing to draw, {layers['ridges'].absence(state.now)}"
    verbs.switch("ridges", False)
    verbs.toggle("ridges")
    assert "nothing to draw" in said(state)


def test_fading_keeps_what_else_there_is(verbs: LayerSettings, state: State) -> None:
    verbs.switch("points", False)
    verbs.fade("points", 0.3)
    verbs.fade("path", 0.6)
    assert verbs.of("points") == LayerAppearance(visible=False, opacity=0.3)
    assert verbs.of("path").opacity == 0.6


def test_the_menu_follows_and_tells(state: State, qtbot: Any) -> None:
    menu = LayerMenu(state)
    qtbot.addWidget(menu)
    box = menu.findChild(QCheckBox, "layerSwitch-points")
    state.update(layers={"points": LayerAppearance(visible=False)})
    assert not box.isChecked()
    box.click()
    assert state.now.layers["points"].visible
    ridges = menu.findChild(QCheckBox, "layerSwitch-ridges").toolTip()
    assert ridges.startswith("Nothing to draw: ") and "Not in the " in ridges
    names = [b.objectName() for b in menu.findChildren(QCheckBox)]
    orders = [layers[name.removeprefix("layerSwitch-")].order for name in names]
    assert orders == sorted(orders) and len(set(names)) == len(names)


def test_a_slider_of_the_menu_fades_its_layer_and_each_key_is_a_step_of_undo(
    state: State, qtbot: Any
) -> None:
    menu = LayerMenu(state)
    qtbot.addWidget(menu)
    menu.show()
    slider = menu.findChild(QSlider, "layerOpacity-points")
    for opacity in (0.5, 0.25):
        state.mark()
        slider.setValue(round(opacity * slider.maximum()))
        assert state.now.layers["points"].opacity == opacity
    usual = layers["points"].usual.opacity
    state.update(layers={})
    state.forget()
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Left)
    faded = state.now.layers["points"].opacity
    assert faded < usual and slider.value() == round(faded * slider.maximum())
    assert state.undo() and slider.value() == round(usual * slider.maximum())


def test_a_command_for_each_layer_that_can_be_switched(state: State) -> None:
    in_order()
    commands = layer_commands()
    assert {c.name for c in commands} == {
        f"layer-{name}" for name in layers if layers[name].switchable
    }
    points = next(c for c in commands if c.name == "layer-points")
    assert points.keys == ("6",) and points.checked is not None and points.checked(state.now)
    state.update(layers={"points": LayerAppearance(visible=False)})
    assert not points.checked(state.now)
    points.act(Context(state, None))  # type: ignore[arg-type]
    assert points.checked(state.now)
