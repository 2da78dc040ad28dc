"""What the program says: one sentence at a time, of which a hint ends with what it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import is_not

from PySide6.QtCore import QObject

from explorer.app.state import Action, Message, State
from explorer.app.words.spelling import spoken
from explorer.errors import ExplorerError


class Messages(QObject):
    """Puts sentences into the state."""

    def __init__(self, state: State, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._heard: Message | None = None
        self._when = self._present()
        state.watch("message selection training layers dataset", self._drop_old_hint)

    def say(
        self,
        text: str,
        tone: str = "hint",
        details: str = "",
        actions: Sequence[Action] = (),
        seen: Callable[[], object] | None = None,
        holds: Callable[[], bool] | None = None,
    ) -> None:
        """Put a sentence into the message bar, and up to three things to do about it."""
        message = spoken(text, tone, details)
        message = replace(message, actions=tuple(actions), seen=seen, holds=holds)
        self._state.update(source=self, message=message)

    def say_error(self, error: ExplorerError) -> None:
        """What went wrong, with its details."""
        self.say(str(error), "bad", error.details)

    def _drop_old_hint(self) -> None:
        """A hint speaks of the present, and ends with it.

        What was done, and what went wrong, stays until it is put away or something else is said.
        """
        now = self._state.now
        message, when = now.message, self._present()
        if message is not self._heard:
            self._heard, self._when = message, when
            return
        moved = any(map(is_not, self._when, when))
        if moved and message is not None and message.tone == "hint" and not message.actions:
            self._state.update(source=self, message=None)

    def _present(self) -> tuple[object, ...]:
        now = self._state.now
        return (now.selection, now.training, now.layers, now.dataset)
