"""What all boxes and sliders do alike: where gestures begin, and which wheels they follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from explorer.ui.widgets.gesture import Gesture

if TYPE_CHECKING:
    Base = QWidget
else:
    Base = object  # the control that follows is the widget


class TrackedInput(Base):
    """Comes before a control among the bases of a class; ``gesture`` is the gesture that goes on.

    A wheel on its way over it does not change it: what holds it scrolls. With the focus on it, it
    follows the wheel as it follows the keys.
    """

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # a wheel alone brings no focus
        self.gesture = Gesture()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A gesture begins."""
        self.gesture.begin()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A gesture begins, unless the key is held down."""
        self.gesture.key(repeats=event.isAutoRepeat())
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only where the keyboard is too."""
        if self.hasFocus():
            self.gesture.turn()
            super().wheelEvent(event)
        else:
            event.ignore()
