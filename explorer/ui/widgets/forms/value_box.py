"""A field for a number, as people write numbers."""

from __future__ import annotations

import re

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from explorer.ui.widgets.forms.tracked_input import TrackedInput
from explorer.ui.widgets.forms.value_line import ValueLine

UNFINISHED = re.compile(r"[-+]?\d*\.?\d*([eE][-+]?\d*)?")


class ValueBox(TrackedInput, QDoubleSpinBox):
    """Takes a comma for the point, a minus sign as it is printed, and 1e-2.

    What is no number, or beyond the range, is not taken: Enter brings the value before back. What
    is typed replaces the value; a wheel without the focus passes by.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLineEdit(ValueLine(self))

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Whether the text is a number, or may become one."""
        plain = _plain(text)
        value = _number(plain)
        if value is not None and self.minimum() <= value <= self.maximum():
            return (QValidator.State.Acceptable, text, position)
        if value is not None or UNFINISHED.fullmatch(plain):
            return (QValidator.State.Intermediate, text, position)
        return (QValidator.State.Invalid, text, position)

    def valueFromText(self, text: str) -> float:
        """The number that stands there; the value before where there is none."""
        value = _number(_plain(text))
        return self.value() if value is None else value


def _plain(text: str) -> str:
    return text.strip().replace(",", ".").replace("\u2212", "-")


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if value == value else None
