"""Boxes and sliders that a wheel on its way over them does not change: what holds them scrolls.

With the focus on it a control follows the wheel, as it follows the keys.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSlider, QSpinBox, QWidget

from explorer.ui.widgets.gesture import Gesture
from explorer.ui.widgets.value_line import ValueLine

MOST_ROWS = 12  # of a list that is let down


class ChoiceBox(QComboBox):
    """Shows up to twelve of its choices at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # a wheel alone brings no focus
        self.setMaxVisibleItems(MOST_ROWS)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only where the keyboard is too."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class WholeBox(QSpinBox):
    """A whole number; what is typed replaces it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLineEdit(ValueLine(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hand = Gesture()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A gesture begins."""
        self.hand.begin()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A gesture begins, unless the key is held down."""
        self.hand.key(repeats=event.isAutoRepeat())
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only where the keyboard is too."""
        if self.hasFocus():
            self.hand.turn()
            super().wheelEvent(event)
        else:
            event.ignore()


class Slider(QSlider):
    """A horizontal slider."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hand = Gesture()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A gesture begins."""
        self.hand.begin()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A gesture begins, unless the key is held down."""
        self.hand.key(repeats=event.isAutoRepeat())
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only where the keyboard is too."""
        if self.hasFocus():
            self.hand.turn()
            super().wheelEvent(event)
        else:
            event.ignore()
