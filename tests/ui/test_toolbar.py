"""The toolbar's layers and the path tool, in the real window."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QMenu, QToolButton, QWidget

from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.ui.keyboard.sight import stops
from explorer.ui.plane.tools import Tool, tools
from explorer.ui.synthetic_input import find, rest
from explorer.ui.widgets.fitting_label import FittingLabel
from explorer.ui.window import MainWindow, open_window
from tests.fakes import toy_dataset


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    made = open_window("digits", settings_dir=tmp_path / "settings")
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.state.now.decoded is not None)
    yield made
    made.close()


def test_digits_toggle_layers_and_the_list_shows_it(window: MainWindow) -> None:
    layer = window.plane_area.plane.layers["density"]
    QTest.keyClick(window.plane_area.plane, Qt.Key.Key_2)
    assert layer.appearance.visible and layer.group.item.isVisible()
    assert "Density of codes: shown" in window.state.now.message.text
    menu = find(window, QToolButton, "layersButton").menu()
    assert menu.findChild(QCheckBox, "layerSwitch-density").isChecked()
    QTest.keyClick(window.plane_area.plane, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not layer.appearance.visible


def test_looks_are_there_again_in_the_next_window(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    QTest.keyClick(window.plane_area.plane, Qt.Key.Key_3)
    window.close()
    again = MainWindow(tmp_path / "settings")
    qtbot.addWidget(again)
    assert again.plane_area.plane.layers["contours"].appearance.visible
    again.close()


def test_t_takes_the_path_tool_and_escape_clears_the_path_before_the_selection(
    window: MainWindow, qtbot: Any
) -> None:
    plane, state = window.plane_area.plane, window.state
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


class _Another(Tool):
    """One more tool, as somebody might add it."""

    icon, key, order = "probe", "", 9
    tip = "Does what another does"


@pytest.fixture
def crowded(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    """A window with five more tools, a model of many dimensions, and data of a long name."""
    for i in range(5):
        tools.register(f"another-{i}")(type("Another", (_Another,), {"label": f"Another {i}"}))
    made = MainWindow(tmp_path)
    qtbot.addWidget(made)
    data = replace(toy_dataset(), name="a-long-name-of-a-folder-of-pictures")
    config = ModelConfig(latent_dim=8)
    made.state.update(dataset=data, model=ModelSnapshot("m", config, data.preparation, {}))
    for dock in made.docks:  # they ask for more than 800 px
        dock.hide()
    made.show()
    yield made
    made.close()
    for i in range(5):
        del tools._members[f"another-{i}"]


def _in_menu(menu: QMenu) -> set[str]:
    return {action.text() for action in menu.actions() if action.text()}


@pytest.mark.parametrize("width", [800, 1024, 1280, 1920, 3840])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_at_any_width_each_command_is_seen_whole_or_named_in_the_menu(
    crowded: MainWindow, qtbot: Any, width: int, theme: str
) -> None:
    crowded.appearance.set_theme(theme)
    crowded.resize(width, 720)
    qtbot.waitUntil(lambda: crowded.toolbar.width() == width)
    QApplication.processEvents()
    bar = crowded.toolbar
    assert not bar.findChild(QToolButton, "qt_toolbar_ext_button").isVisible()
    seen = [w for w in bar.findChildren(QWidget) if w.parent() is bar and w.isVisible()]
    for one in seen:
        assert bar.rect().contains(one.geometry())
        assert one.width() >= one.minimumSizeHint().width(), one.objectName()
    for one, other in itertools.combinations(seen, 2):
        assert not one.geometry().intersects(other.geometry())
    buttons = {b.defaultAction() for b in seen if isinstance(b, QToolButton) and b.defaultAction()}
    offered = {action.text() for action in buttons} | _in_menu(bar.more.menu())
    wanted = [*crowded.commands.of("tools"), *crowded.commands.of("plane"), "undo", "redo"]
    assert len(wanted) > 11
    assert {crowded.commands[name].text() for name in wanted} <= offered
    assert bar.more.isVisible() == bool(bar.folded()) == (width < 1900)


def test_the_least_important_folds_first_and_the_keyboard_reaches_it(
    crowded: MainWindow, qtbot: Any
) -> None:
    crowded.resize(800, 720)
    qtbot.waitUntil(lambda: crowded.toolbar.width() == 800)
    QApplication.processEvents()
    bar = crowded.toolbar
    assert "Edit" in bar.folded() and "Open" not in bar.folded()
    assert bar.more in stops(crowded)
    QTimer.singleShot(100, bar.more.menu(), bar.more.menu().close)
    bar.more.setFocus()
    opened: list[str] = []
    bar.more.menu().aboutToShow.connect(lambda: opened.extend(_in_menu(bar.more.menu())))
    QTest.keyClick(bar.more, Qt.Key.Key_Space)
    assert "Undo" in opened
    crowded.resize(1920, 720)
    qtbot.waitUntil(lambda: bar.folded() == [] and not bar.more.isVisible())


def test_names_give_way_before_a_button_does(crowded: MainWindow, qtbot: Any) -> None:
    crowded.resize(2100, 720)
    data = crowded.toolbar.findChildren(FittingLabel)[0]
    qtbot.waitUntil(lambda: "Data:" in data.text())
    for width in range(2080, 1200, -20):
        crowded.resize(width, 720)
        QApplication.processEvents()
        if "Data:" not in data.text():
            break
    assert "Data:" not in data.text() and crowded.toolbar.folded() == []


def test_the_train_button_is_stop_where_no_other_stop_is_seen(crowded: MainWindow) -> None:
    crowded.state.update(training="running")
    names = [b.objectName() for b in crowded.toolbar.findChildren(QToolButton)]
    assert "stop" in names and "train" not in names
