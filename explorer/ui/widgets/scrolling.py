"""A column that scrolls up and down where there is no room for all of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


def scrolling(column: QVBoxLayout, parent: QWidget) -> QScrollArea:
    """``column`` in an area without a frame, on the ground of ``parent``."""
    area, inside = QScrollArea(parent), QWidget(parent)
    inside.setLayout(column)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    for part in (inside, area.viewport()):
        part.setAutoFillBackground(False)
    return area
