"""The commands as Qt's actions: one each, for every menu and button, with its key and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from explorer.app.commands import MENUS, Command, Context, all_commands, by_name
from explorer.app.state import FIELDS
from explorer.ui import actions
from explorer.ui.themes.icons import icon
from explorer.ui.themes.theme import Tokens
from explorer.ui.widgets.offering import offer

MOVING = frozenset({
    "z", "preview", "decoded", "pca_decoded", "comparison", "usual", "hover", "epoch",
    "standing", "message", "path_at", "path_pictures", "survey", "planes", "noise", "brushed",
    "moved", "seen",
})  # fmt: skip
"""What changes many times a second while something is dragged or trained: no reason is of these."""


class Commands(QObject):
    """``commands[name].trigger()`` does what the entry of a menu does.

    An action is enabled where its command can be done; else its tooltip says why not.
    more: the commands that panels and other parts of the window have themselves.
    """

    done = Signal(str)  # the name of a command that was carried out

    def __init__(self, window: QWidget, context: Context, more: Iterable[Command] = ()) -> None:
        """Raises ValueError where two commands have one name."""
        super().__init__(window)
        self._context = context
        self._commands = by_name([*all_commands(actions.__name__).values(), *more])
        self._shown: dict[str, tuple[str, bool]] = {}
        self._actions = {name: self._action(window, c) for name, c in self._commands.items()}
        context.state.watch(" ".join(sorted(FIELDS - MOVING)), self.refresh, last=True)

    def _action(self, window: QWidget, command: Command) -> QAction:
        action = QAction(command.entry or command.title, window)
        action.setIconVisibleInMenu(False)
        action.setObjectName(command.name)
        action.setToolTip(tip_of(command))
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setCheckable(command.checked is not None)
        action.triggered.connect(partial(self.run, command.name))
        window.addAction(action)
        return action

    def __getitem__(self, name: str) -> QAction:
        """The action of a command. Raises KeyError."""
        return self._actions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._commands)

    def __len__(self) -> int:
        return len(self._commands)

    def command(self, name: str) -> Command:
        """The command itself. Raises KeyError."""
        return self._commands[name]

    def of(self, menu: str) -> list[str]:
        """The names of a menu's commands, in its order."""
        mine = [c for c in self._commands.values() if c.menu == menu]
        return [c.name for c in sorted(mine, key=lambda command: command.order)]

    def head(self, menu: str) -> str:
        """What a menu is called."""
        return MENUS[menu]

    def context(self) -> Context:
        """What the commands act on where no menu says otherwise: the held z, the selection."""
        now = self._context.now
        return replace(self._context, place=now.z, sample=now.sample)

    def reason(self, name: str) -> str:
        """Why a command cannot be done now, or ""."""
        return self._commands[name].missing(self.context())

    def run(self, name: str, *_checked: bool) -> None:
        """Do it, or say why not."""
        reason, command = self.reason(name), self._commands[name]
        if reason:
            self._context.session.say(reason)
        else:
            if command.choices is not None:
                self._context.window.offer(command.title)
            else:
                command.act(self.context())
            self.done.emit(name)
        self._shown.pop(name)  # Qt has ticked a switch of itself already
        self._show(name, self.context())

    @Slot(str)
    def look(self, name: str) -> None:
        """Look anew whether one command can be done."""
        self._show(name, self.context())

    @Slot()
    def refresh(self) -> None:
        """Look anew what can be done, and which switches are on."""
        context = self.context()
        for name in self._commands:
            self._show(name, context)

    def _show(self, name: str, context: Context) -> None:
        command = self._commands[name]
        on = command.checked is not None and command.checked(context.now)
        shown = (command.missing(context), on)
        if shown != self._shown.get(name):  # Qt is told of what differs only: it takes its time
            self._shown[name] = shown
            offer(self._actions[name], shown[0])
            self._actions[name].setChecked(on)

    def paint(self, tokens: Tokens) -> None:
        """Draw the icons in the colours of a theme."""
        for name, command in self._commands.items():
            if command.icon:
                self._actions[name].setIcon(icon(command.icon, tokens))

    def say_why(self, event: QKeyEvent) -> bool:
        """Say why what a key would do cannot be done; whether the key is of a command at all."""
        pressed = QKeySequence(event.keyCombination())
        for name, command in self._commands.items():
            if pressed in [QKeySequence(key) for key in command.keys]:
                self.run(name)
                return True
        return False


def tip_of(command: Command) -> str:
    """What it does, and its keys."""
    keys = " or ".join(QKeySequence(key).toString() for key in command.keys)
    return f"{command.sentence} ({keys})" if keys else command.sentence
