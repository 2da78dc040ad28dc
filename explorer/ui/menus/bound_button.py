"""A button that is bound to a command: its words, its tooltip, and why it is disabled."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from explorer.app.commands import Command, Context, all_commands
from explorer.app.session import Session
from explorer.app.state import FIELDS
from explorer.ui import actions
from explorer.ui.menus.binding import MOVING, tip_of
from explorer.ui.widgets.offering import offer

COMMAND = "command"  # the property of a button that holds the name of its command
STEADY = " ".join(sorted(FIELDS - MOVING))
_known: dict[str, Command] = {}


class BoundButton(QObject):
    """Does what a command does as ``button`` is pressed, and shows whether it can be done.

    words: whether the button says what the command's entry says; else it has words or an icon of
    its own. acts: whether a press does it; not so of a switch that acts as it is ticked.
    fields: what of the state it follows; whoever knows more calls `refresh`.
    """

    changed = Signal(str)  # the name of its command, of which something else is said by now

    def __init__(
        self, button: QAbstractButton, command: Command | str, session: Session, *,
        words: bool = True, acts: bool = True, fields: str = STEADY,
    ) -> None:  # fmt: skip
        """command: or the name of one that needs no panel. Raises KeyError for an unknown one."""
        super().__init__(button)
        self.button, self._session, self._words = button, session, words
        self._shown: tuple[str, str, str] | None = None
        self.command = named(command) if isinstance(command, str) else command
        if acts:
            button.clicked.connect(self._on_button_clicked)
        session.state.watch(fields, self.refresh)

    def wear(self, command: Command) -> None:
        """Do another command from now on."""
        self.command = command
        self.refresh()

    def context(self) -> Context:
        """What it acts on: the held z, the selection."""
        state = self._session.state
        return Context(state, self._session, place=state.now.z, sample=state.now.sample)

    @property
    def reason(self) -> str:
        """Why the command cannot be done now, or ""."""
        return self.command.missing(self.context())

    def refresh(self) -> None:
        """Look anew what the command says."""
        command, context = self.command, self.context()
        shown = (command.name, command.label(context), command.missing(context))
        if shown == self._shown:  # Qt is told of what differs only: it takes its time
            return
        self._shown, tip = shown, tip_of(command)
        mark(self.button, command.name)
        if self._words:
            self.button.setText(shown[1])
        else:
            self.button.setAccessibleName(command.title)
        if not self.button.toolTip().startswith(tip):
            self.button.setToolTip(tip)
        offer(self.button, shown[2])
        self.changed.emit(command.name)

    @Slot()
    def _on_button_clicked(self) -> None:
        if not self.reason:
            self.command.act(self.context())


def push_button(
    name: str, command: Command | str, session: Session, parent: QWidget, *, fields: str = STEADY
) -> BoundButton:
    """A new button, by its object's name, that is bound to a command."""
    button = QPushButton(parent)
    button.setObjectName(name)
    return BoundButton(button, command, session, fields=fields)


def named(name: str) -> Command:
    """A command that no panel makes. Raises KeyError."""
    if name not in _known:  # each look makes all of them anew: a window has many buttons
        _known.update(all_commands(actions.__name__))
    return _known[name]


def mark(button: QAbstractButton, name: str) -> None:
    """Say which command a button does, of one that has its own words for it."""
    button.setProperty(COMMAND, name)
