"""What commands ask of the window, in the real one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDockWidget

from explorer.ui.panels import panels
from explorer.ui.themes import theme
from explorer.ui.window import MainWindow
from explorer.ui.workspaces import in_order, places_in


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(tmp_path)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def _in_front(window: MainWindow, name: str) -> bool:
    QApplication.processEvents()
    dock = window.findChild(QDockWidget, f"{name}Dock")
    seen = window.childAt(dock.geometry().center())
    return dock.isVisible() and seen is not None and dock.isAncestorOf(seen)


def test_a_panel_is_brought_to_the_front_wherever_it_is(window: MainWindow) -> None:
    for name in panels:
        command = window.commands[f"panel-{name}"]
        if not command.isEnabled():
            assert panels[name].absence(window.state.now)
            continue
        window.state.update(workspace="explore")
        command.trigger()
        assert _in_front(window, name), name
        assert name in places_in(window.state.now.workspace)


def test_a_panel_of_the_workspace_shown_needs_no_other_one(window: MainWindow) -> None:
    for workspace in in_order():
        window.state.update(workspace=workspace)
        name = next(iter(places_in(workspace)))
        window.commands[f"panel-{name}"].trigger()
        assert window.state.now.workspace == workspace


def test_a_panel_that_was_closed_is_opened_again(window: MainWindow) -> None:
    name = next(iter(places_in("explore")))
    window.findChild(QDockWidget, f"{name}Dock").close()
    assert not _in_front(window, name)
    window.commands[f"panel-{name}"].trigger()
    assert _in_front(window, name)


def test_what_one_command_offers_is_chosen_in_the_palette(window: MainWindow) -> None:
    palette: Any = window.findChild(object, "commandPalette")
    frontend = window.commands.context().window
    frontend.offer("Colours")
    assert palette.isVisible() and palette.line.text() == "Colours"
    assert [row.title for row in palette.rows()][:3] == [
        "Colours: system", "Colours: light", "Colours: dark",
    ]  # fmt: skip
    palette.shut()


@pytest.mark.parametrize("name", ["dark", "light"])
def test_the_colours_that_a_command_names_are_worn(
    light: None, window: MainWindow, name: str
) -> None:
    window.appearance.set_theme({"dark": "light", "light": "dark"}[name])
    window.commands[f"colours-{name}"].trigger()
    assert theme.tokens_of(window).name == name
