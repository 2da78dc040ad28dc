"""The grid of codes that z is: a cell for each position, with the number of the code it holds."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.export.things import Thing
from explorer.ui.themes import theme
from explorer.ui.widgets.exporting import listed

WIDTH, HEIGHT, LEAST, GAP = 34, 26, 15, 3  # px: a cell; at least as high; between two
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class CodeGrid(QWidget):
    """``picked`` a position by mouse or arrow key."""

    shows_focus = True

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index: NDArray[np.int64] = np.zeros(0, np.int64)
        self._position = 0
        self.setAccessibleName("Codes of z by position")
        self.setToolTip("The code that z holds at each position; click one to choose its code")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def set_index(self, index: NDArray[np.int64]) -> None:
        """index: (positions,) numbers of codes."""
        if len(index) != len(self._index):
            self.updateGeometry()
        self._index = index
        self._say()

    def set_position(self, position: int) -> None:
        """Ring one position."""
        self._position = position
        self._say()

    def _say(self) -> None:
        if len(self._index) > self._position:
            at = f"position {self._position + 1} of {len(self._index)}"
            self.setAccessibleDescription(f"{at} holds code {self._index[self._position]}")
        self.update()

    def thing(self) -> Thing | None:
        """What is drawn, a row a position; None where there are none."""
        rows = list(enumerate(self._index.tolist(), 1))
        names = ("position", "code")
        return listed(self, "positions", "the codes", names, rows)

    # -- where ------------------------------------------------------------------------------

    @property
    def columns(self) -> int:
        """As many as make the grid about square, and at most 8."""
        return min(8, math.ceil(math.sqrt(max(len(self._index), 1))))

    @property
    def rows(self) -> int:
        """Those that the columns leave."""
        return math.ceil(len(self._index) / self.columns)

    def cell(self, position: int) -> QRectF:
        """Where a position is, in the coordinates of this widget."""
        row, column = divmod(position, self.columns)
        height = min(HEIGHT + GAP, (self.height() + GAP) / max(self.rows, 1))
        left, top = column * (WIDTH + GAP), row * height
        return QRectF(left, top, WIDTH, height - GAP)

    def sizeHint(self) -> QSize:
        """Cells of the best height."""
        return self._size(HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Cells as low as their numbers."""
        return self._size(LEAST)

    def _size(self, height: int) -> QSize:
        rows = max(self.rows, 1)
        return QSize(self.columns * (WIDTH + GAP) - GAP, rows * (height + GAP) - GAP)

    # -- mouse and keys ---------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick what is under the pointer."""
        for position in range(len(self._index)):
            if self.cell(position).contains(event.position()):
                self.picked.emit(position)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go to the neighbour."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        row, column = divmod(self._position, self.columns)
        row, column = row + step[0], column + step[1]
        position = row * self.columns + column
        if row >= 0 and 0 <= column < self.columns and position < len(self._index):
            self.picked.emit(position)

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cells with their numbers."""
        tokens = theme.tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.SMALL))
        for position, code in enumerate(self._index):
            at, chosen = self.cell(position).adjusted(1, 1, -1, -1), position == self._position
            painter.setPen(QPen(QColor(tokens.accent if chosen else tokens.hairline), 1 + chosen))
            painter.setBrush(QColor(tokens.window))
            painter.drawRoundedRect(at, 4, 4)
            painter.setPen(QColor(tokens.text if chosen else tokens.quiet))
            painter.drawText(at, Qt.AlignmentFlag.AlignCenter, str(code))
        if self.hasFocus() and len(self._index) > self._position:
            painter.setPen(QPen(QColor(tokens.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.cell(self._position).adjusted(4, 4, -4, -4), 2, 2)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No ring."""
        super().focusOutEvent(event)
        self.update()
