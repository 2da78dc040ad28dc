"""A line for one value: what is typed into it replaces what stands there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

COMING_BACK = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)


class ValueLine(QLineEdit):
    """Selects its value when it gets the focus, by a click as well: a second click puts the caret.

    A click that drags selects what it is drawn over.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clicked_into = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Of a click the rest is to come, which would take the selection away."""
        super().focusInEvent(event)
        self._clicked_into = event.reason() == Qt.FocusReason.MouseFocusReason
        if not self._clicked_into and event.reason() not in COMING_BACK:
            self.selectAll()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The click that brought the focus is over."""
        super().mouseReleaseEvent(event)
        if self._clicked_into and not self.hasSelectedText():
            self.selectAll()
        self._clicked_into = False
