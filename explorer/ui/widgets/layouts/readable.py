"""Sentences and rows in a wide room: no wider than an eye follows from one end to the other."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

WIDEST = 960  # px


def readable(widget: QWidget) -> QHBoxLayout:
    """A row with ``widget`` at its left, as wide as the room up to ``WIDEST``."""
    widget.setMaximumWidth(WIDEST)
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(widget, 1)
    row.addStretch()
    return row
