"""Messages that ask: they come back after what was said over them, until they are answered.

One that what happened meanwhile has made untrue is dropped.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from explorer.app.state import Action, Message, State

BACK_MS = 6000  # that a hint, or what was done, is left standing over a question


class Asks(QObject):
    """Keeps the messages with actions that nobody answered or put away yet, the newest last."""

    def __init__(self, state: State, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._open: list[Message] = []
        self._back = QTimer(self, singleShot=True, interval=BACK_MS)
        self._back.timeout.connect(self._come_back)
        state.watch("message", self._heed)

    def answer(self, action: Action) -> None:
        """Do what a button of the message shown says."""
        self.put_away()
        action.act()

    def put_away(self) -> None:
        """The message shown has been seen: it does not come back."""
        shown = self._state.now.message
        self._open = [ask for ask in self._open if ask is not shown]
        self._state.update(source=self, message=None)
        if shown is not None and shown.seen is not None:
            shown.seen()

    def _heed(self) -> None:
        message = self._state.now.message
        self._back.stop()
        if message is not None and message.actions:
            self._open = [ask for ask in self._open if ask.text != message.text]
            self._open.append(message)
        elif self._open and message is None:
            self._come_back()
        elif self._open and message is not None and message.tone in ("hint", "done"):
            self._back.start()

    @Slot()
    def _come_back(self) -> None:
        self._open = [ask for ask in self._open if ask.holds is None or ask.holds()]
        if self._open:
            self._state.update(source=self, message=self._open[-1])
