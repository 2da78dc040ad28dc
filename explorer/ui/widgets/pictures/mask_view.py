"""A picture on which a brush marks places to be filled in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from explorer.ui.themes import theme
from explorer.ui.widgets.gesture import Gesture
from explorer.ui.widgets.pictures.picture_view import PictureView

Mask = NDArray[np.bool_]


class MaskView(PictureView):
    """``brushed``: the user marked more places."""

    brushed = Signal()

    def __init__(self, parent: QWidget | None = None, *, least: int = 64, lines: int = 0) -> None:
        super().__init__(parent, least=least, lines=lines)
        self.known: Mask | None = None
        self.brush_on = False
        self.gesture = Gesture()

    def set_known(self, known: Mask | None) -> None:
        """(H, W) bool, False where the picture is to be filled in."""
        self.known = None if known is None else known.copy()
        self.update()

    def set_brush(self, on: bool) -> None:
        """Whether the user brushes."""
        self.brush_on = on
        self.setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)
        self.update()  # the veil comes and goes with it

    def place_at(self, at: QPointF) -> tuple[int, int] | None:
        """(row, column) of the pixel under a point of this widget."""
        room = self.picture_rect()
        if self.known is None or not room.contains(at):
            return None
        height, width = self.known.shape
        row = int((at.y() - room.top()) / room.height() * height)
        column = int((at.x() - room.left()) / room.width() * width)
        return min(row, height - 1), min(column, width - 1)

    def _brush(self, at: QPointF) -> None:
        place = self.place_at(at)
        if place is None or self.known is None or not self.brush_on:
            return
        reach = max(1, round(max(self.known.shape) / 14))
        rows, columns = (slice(max(0, p - reach), p + reach + 1) for p in place)
        changed = self.known.copy()
        changed[rows, columns] = False
        self.known = changed
        self.update()
        self.brushed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The left button marks; the right one is for the menu."""
        self.gesture.begin()
        if self.brush_on and event.button() == Qt.MouseButton.LeftButton:
            self._brush(event.position())
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Brush on."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._brush(event.position())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, with a veil over what is to be filled in."""
        super().paintEvent(event)
        if self.known is None or self.image() is None or not self.brush_on:
            return
        painter, room = QPainter(self), self.picture_rect()
        veil = QColor(theme.tokens_of(self).accent)
        veil.setAlpha(110)
        height, width = self.known.shape
        for row, column in zip(*np.nonzero(~self.known), strict=True):
            cell = QRectF(
                room.left() + column * room.width() / width,
                room.top() + row * room.height() / height,
                room.width() / width,
                room.height() / height,
            )
            painter.fillRect(cell, veil)
