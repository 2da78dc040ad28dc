"""Menus, buttons and keys are drawn from the commands, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from explorer import ui
from explorer.app.commands import Command, Context, all_commands, groups
from explorer.ui.menus.binding import Commands
from explorer.ui.menus.command_menu import one_word
from explorer.ui.menus.offers import entries_of
from explorer.ui.window import MainWindow

SOURCE = Path(ui.__file__).parent
BUTTONS = ("workspaces", "tools", "plane")  # menus of which each command has a button
MENUS = {"openButton": ("open",), "viewButton": ("view", "colours", "help")}
ABOUT = ("place", "point", "path", "film", "sample", "picture", "plot")  # of a right click
TYPED = (
    "train",
    "model",
    "axes",
    "layers",
    "edit",
    "panels",
    "own",
    "measure",
)  # the palette, keys, panels


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(tmp_path)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def _actions(menu: QMenu) -> list[QAction]:
    return [action for action in menu.actions() if action.text()]


def test_each_command_stands_where_its_menu_says(window: MainWindow) -> None:
    commands, everywhere = window.commands, all_commands("explorer.ui.actions")
    for button, menus in MENUS.items():
        listed = _actions(window.findChild(QToolButton, button).menu())
        wanted = [commands[name] for menu in menus for name in commands.of(menu)]
        assert wanted and [action for action in listed if action in wanted] == wanted
    for menu in BUTTONS:
        for name in commands.of(menu):
            button = window.toolbar.findChild(QToolButton, one_word(name))
            assert button.defaultAction() is commands[name], name
    for menu in ABOUT:
        entries = [entry.text for entry in entries_of(commands.context(), menu)]
        own = [n for n in commands.of(menu) if n in everywhere]  # the others' buttons are in sight
        labels = [commands.command(n).label(commands.context()) for n in own]
        assert entries and entries == labels
    known = {*BUTTONS, *ABOUT, *TYPED, *(menu for menus in MENUS.values() for menu in menus)}
    assert {commands.command(name).menu for name in commands} <= known


def test_lines_stand_between_what_is_opened_and_what_is_saved(window: MainWindow) -> None:
    menu = window.findChild(QToolButton, "openButton").menu()
    lines = [i for i, action in enumerate(menu.actions()) if action.isSeparator()]
    texts = [menu.actions()[i + 1].text() for i in lines]
    assert texts == ["Open files...", "Save the model..."]


def test_each_button_of_a_command_has_its_words_and_takes_the_keys(window: MainWindow) -> None:
    for button in window.toolbar.findChildren(QToolButton):
        if button.defaultAction() is not None:
            assert button.accessibleName() and button.toolTip()
            assert button.text() or not button.icon().isNull()
            assert button.focusPolicy() & button.focusPolicy().TabFocus


def test_no_key_and_no_menu_is_made_beside_the_commands() -> None:
    sources = {path: path.read_text("utf-8") for path in SOURCE.rglob("*.py")}

    def with_any(*words: str) -> list[str]:
        return sorted(p.name for p, text in sources.items() if any(word in text for word in words))

    assert with_any("setShortcut", "QShortcut") == ["binding.py"]
    of_no_command = ["dock_titles.py"]  # what the buttons of a dock's title do
    drawn = ["command_menu.py", "folding_bar.py", "popup.py", "toolbar.py"]
    assert with_any(".addAction(") == sorted([*of_no_command, "binding.py", *drawn])


class _Window(QWidget):
    """Any window."""


def test_a_command_of_a_new_group_is_drawn_and_done(
    qtbot: Any, state: Any, session: Any
) -> None:  # fmt: skip
    done: list[Context] = []
    new = Command(
        name="wave", title="Wave", sentence="Move a hand", menu="view", keys=("Ctrl+Alt+W",),
        act=done.append, missing=lambda context: "" if context.now.follow else "Nobody follows",
    )  # fmt: skip
    groups.register("new")(lambda: [new])
    try:
        owner = _Window()
        qtbot.addWidget(owner)
        commands = Commands(owner, Context(state, session))
    finally:
        del groups._members["new"]
    action = commands["wave"]
    assert "wave" in commands.of("view") and action in owner.actions()
    assert action.toolTip() == "Move a hand (Ctrl+Alt+W)\nNobody follows"
    action.trigger()
    assert done == []
    commands.run("wave")
    assert done == [] and state.now.message.text == "Nobody follows"
    state.update(follow=True)
    assert action.toolTip() == "Move a hand (Ctrl+Alt+W)"
    action.trigger()
    assert len(done) == 1 and done[0].state is state
