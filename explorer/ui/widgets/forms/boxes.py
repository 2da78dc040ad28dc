"""Boxes and sliders that a wheel on its way over them does not change (`TrackedInput`)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSlider, QSpinBox, QWidget

from explorer.ui.widgets.forms.tracked_input import TrackedInput
from explorer.ui.widgets.forms.value_line import ValueLine

MOST_ROWS = 12  # of a list that is let down


class ChoiceBox(TrackedInput, QComboBox):
    """Shows up to twelve of its choices at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(MOST_ROWS)


class WholeBox(TrackedInput, QSpinBox):
    """A whole number; what is typed replaces it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLineEdit(ValueLine(self))


class Slider(TrackedInput, QSlider):
    """A horizontal slider."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
