"""The toolbar's layers and the path tool, in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QToolButton

from explorer.app.state import State
from explorer.ui.hand import find, rest
from explorer.ui.window import MainWindow, open_window


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    made = open_window("digits", settings_dir=tmp_path / "settings")
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.state.now.decoded is not None)
    yield made
    made.close()


def test_digits_toggle_layers_and_the_list_shows_it(window: MainWindow) -> None:
    layer = window.stage.plane.layers["density"]
    QTest.keyClick(window.stage.plane, Qt.Key.Key_2)
    assert layer.look.visible and layer.group.item.isVisible()
    assert "Density of codes: shown" in window.state.now.message.text
    menu = find(window, QToolButton, "layersButton").menu()
    assert menu.findChild(QCheckBox, "layerSwitch-density").isChecked()
    QTest.keyClick(window.stage.plane, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not layer.look.visible


def test_looks_are_there_again_in_the_next_window(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    QTest.keyClick(window.stage.plane, Qt.Key.Key_3)
    window.close()
    again = MainWindow(tmp_path / "settings")
    qtbot.addWidget(again)
    assert again.stage.plane.layers["contours"].look.visible
    again.close()


def test_t_takes_the_path_tool_and_escape_clears_the_path_before_the_selection(
    window: MainWindow, qtbot: Any
) -> None:
    plane, state = window.stage.plane, window.state
    QTest.keyClick(plane, Qt.Key.Key_T)
    assert state.now.tool == "path"
    rest(50)
    for at in ((-1.0, 0.0), (1.0, 0.5)):
        QTest.mouseClick(plane.viewport(), Qt.MouseButton.LeftButton, pos=plane.pixel_at(at))
    qtbot.waitUntil(lambda: state.now.survey is not None)
    state.update(selection=state.now.codes.index[:3].copy())
    QTest.keyClick(plane, Qt.Key.Key_Escape)
    assert state.now.path is None and len(state.now.selection) == 3
    QTest.keyClick(plane, Qt.Key.Key_Escape)
    assert len(state.now.selection) == 0


def test_in_a_narrow_window_names_give_way_and_every_button_is_there(
    window: MainWindow, qtbot: Any
) -> None:
    now = window.state.now
    model = replace(now.model, config=replace(now.model.config, latent_dim=8))
    data = replace(now.dataset, name="a-long-name-of-a-folder-of-pictures")
    window.toolbar._state = bar = State()
    bar.update(dataset=data, model=model)
    window.toolbar._show_names()
    window.toolbar._show_axes()
    window.resize(1024, 720)
    qtbot.waitUntil(lambda: window.width() == 1024)
    QApplication.processEvents()
    hidden = [
        action.text()
        for action in window.toolbar.actions()
        if (widget := window.toolbar.widgetForAction(action)) and not widget.isVisible()
    ]
    assert hidden == []
    window.toolbar._state = window.state
