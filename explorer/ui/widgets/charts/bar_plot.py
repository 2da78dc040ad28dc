"""Bars with names and values, greyed where they are dead; a tooltip names each."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.export.things import Thing
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.painted import PaintedChart
from explorer.ui.widgets.charts.ticks import round_ticks
from explorer.ui.widgets.exporting import listed

LEFT, RIGHT, TOP, BOTTOM = 40, 4, 22, 18
WIDEST = 48.0  # px of a bar
SAID = 32.0, 120.0  # px of width and height of a bar with room for its value
APART = 120.0  # px from one number of the axis to the next, about


class BarPlot(PaintedChart):
    """One bar a value; ``alive`` ones in the accent."""

    def __init__(self, title: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._tip = title, tip
        self._values: NDArray[np.float64] = np.zeros(0)
        self._names: tuple[str, ...] = ()
        self._alive: NDArray[np.bool_] = np.zeros(0, bool)
        self.setMinimumSize(150, 90)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(title)

    def show_bars(
        self,
        values: NDArray[np.float64],
        names: tuple[str, ...],
        alive: NDArray[np.bool_] | None = None,
    ) -> None:
        """values >= 0 (k,), their names, and which of them are alive (all by default)."""
        self._values, self._names = values, names
        self._alive = np.ones(len(values), bool) if alive is None else alive
        self.setAccessibleDescription("; ".join(self.text_of(i) for i in range(len(values))))
        self.update()

    def text_of(self, i: int) -> str:
        """A bar in words."""
        dead = "" if self._alive[i] else ", not active"
        return f"{self._names[i]}: {self._values[i]:.4g}{dead}"

    def thing(self) -> Thing | None:
        """What is drawn, a row a bar; None where there are none."""
        rows = list(zip(self._names, self._values.tolist(), self._alive.tolist(), strict=True))
        names = ("name", self._title, "active")
        return listed(self, "bars", "the values", names, rows)

    def sizeHint(self) -> QSize:
        """Small."""
        return QSize(220, 120)

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -BOTTOM)

    def bar(self, i: int) -> QRectF:
        """Bar ``i``, in the coordinates of this widget."""
        room, top = self._room(), max(float(self._values.max()), 1e-12)
        slot = room.width() / len(self._values)
        height = room.height() * max(float(self._values[i]), 0.0) / top
        gap = 1.0 if slot > 4 else 0.0
        width = min(slot - 2 * gap, WIDEST)
        left = room.left() + (i + 0.5) * slot - width / 2
        return QRectF(left, room.bottom() - height, width, height)

    def words_at(self, x: float) -> str:
        """The bar that stands there, and what all are."""
        room, k = self._room(), len(self._values)
        i = math.floor((x - room.left()) / max(room.width(), 1) * k)
        return f"{self.text_of(i)}\n{self._tip}" if 0 <= i < k else self._tip

    def paintEvent(self, event: QPaintEvent) -> None:
        """Title, axis, bars."""
        tokens = theme.tokens_of(self)
        painter = self.begun(event)
        if not len(self._values):
            self.paint_empty(painter)
            return
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(2, 0, self.width() - 4, 18), left, self._title)
        self._paint_axis(painter, tokens)
        for i in range(len(self._values)):
            colour = tokens.accent if self._alive[i] else tokens.quiet
            painter.fillRect(self.bar(i), QColor(colour))
            self._paint_value(painter, i, QColor(tokens.surface))

    def _paint_value(self, painter: QPainter, i: int, ink: QColor) -> None:
        """In the upper end of a bar that has room for it."""
        box = self.bar(i)
        if box.width() >= SAID[0] and box.height() >= SAID[1]:
            painter.setPen(ink)
            top = QRectF(box.left(), box.top() + 2, box.width(), 16)
            painter.drawText(top, Qt.AlignmentFlag.AlignCenter, f"{self._values[i]:.3g}")

    def _paint_axis(self, painter: QPainter, tokens: theme.Tokens) -> None:
        room, top = self._room(), float(self._values.max())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for value, text in round_ticks(0.0, top, max(2, round(room.height() / APART))):
            y = room.bottom() - value / top * room.height()
            painter.drawText(QRectF(0, y - 8, LEFT - 5, 16), right, text)
        self._paint_names(painter, room)
        painter.setPen(QPen(QColor(tokens.hairline), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())

    def _paint_names(self, painter: QPainter, room: QRectF) -> None:
        """Every n-th name, so that none touches another; the last ones keep off the edge."""
        metrics = painter.fontMetrics()
        pitch = max(28, max(map(metrics.horizontalAdvance, self._names)) + theme.GRID)
        every = max(1, -(-len(self._values) * pitch // max(int(room.width()), 1)))
        end = 0.0  # of the name before
        for i in range(0, len(self._values), every):
            half = metrics.horizontalAdvance(self._names[i]) / 2 + 1
            x = min(self.bar(i).center().x(), self.width() - half)
            if self._names[i] and x - half >= end:
                end = x + half
                box = QRectF(x - 40, room.bottom() + 2, 80, 15)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._names[i])
