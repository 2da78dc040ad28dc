"""Menus and buttons that are drawn from the commands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from explorer.ui.menus.binding import Commands
from explorer.ui.widgets.overlays.popup import head_action

STYLES = Qt.ToolButtonStyle
TENS = 10


def fill_menu(menu: QMenu, commands: Commands, *names: str, heads: bool = False) -> QMenu:
    """The commands of menus by their ``names``; a line between two, or their heads above them."""
    menu.setToolTipsVisible(True)
    for name in names:
        if menu.actions():
            menu.addSeparator()
        if heads:
            menu.addAction(head_action(commands.head(name), menu))
        _add(menu, commands, commands.of(name))
    return menu


def _add(menu: QMenu, commands: Commands, names: Sequence[str]) -> None:
    """A line where the tens of their order change."""
    tens = [commands.command(name).order // TENS for name in names]
    for i, name in enumerate(names):
        if i and tens[i] != tens[i - 1]:
            menu.addSeparator()
        menu.addAction(commands[name])


def command_button(commands: Commands, name: str, parent: QWidget) -> QToolButton:
    """A button of a command: with its icon, or with its words where it has none."""
    button = QToolButton(parent)
    wear(button, commands, name)
    return button


def wear(button: QToolButton, commands: Commands, name: str) -> None:
    """Make a button that of a command; its object name is the command's as one word."""
    command, action = commands.command(name), commands[name]
    button.setDefaultAction(action)
    button.setObjectName(one_word(name))
    button.setAccessibleName(command.title)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if not command.icon:
        button.setToolButtonStyle(STYLES.ToolButtonTextOnly)


def one_word(name: str) -> str:
    """The name of a command as Qt's object names are spelled: workspaceExplore."""
    first, *more = name.split("-")
    return first + "".join(part.capitalize() for part in more)
