"""A line that folds what is below it away and out again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QToolButton, QWidget


class Disclosure(QToolButton):
    """An arrow and a word; ``folded`` is shown while it points down."""

    def __init__(self, text: str, folded: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folded = folded
        self.setText(text)
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toggled.connect(self._on_toggled)
        self._on_toggled(False)

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        self.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        self.setToolTip(f"{'Hide' if on else 'Show'} {self.text().lower()}")
        self._folded.setVisible(on)
