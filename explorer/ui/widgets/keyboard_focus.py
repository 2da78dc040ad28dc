"""A widget that paints a ring of its own for who comes to it by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class KeyboardFocus(QWidget):
    """``by_keyboard`` says whether it has the focus, and from the Tab key: then paint the ring."""

    shows_focus = True
    by_keyboard = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A ring for who comes by keyboard."""
        super().focusInEvent(event)
        self.by_keyboard = event.reason() in BY_KEY
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No ring."""
        super().focusOutEvent(event)
        self.by_keyboard = False
        self.update()
