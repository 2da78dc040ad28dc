"""How much variance each principal component explains, and all up to it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.themes import theme
from explorer.ui.widgets.charts.painted import PaintedChart

MOST = 16
LEFT, RIGHT, TOP, BOTTOM = 58, 4, 8, 32


class ScreePlot(PaintedChart):
    """Bars of the explained variance ratio, a line of their sum; chosen axes in the accent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ratio: NDArray[np.float64] = np.zeros(0)
        self._chosen: tuple[int, ...] = ()
        self.setMinimumSize(140, 80)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setAccessibleName("Scree plot: explained variance by component")

    def set_ratio(self, ratio: NDArray[np.float64] | None) -> None:
        """ratio: (k,) shares of the total variance, or None."""
        self._ratio = np.zeros(0) if ratio is None else ratio[:MOST]
        self.setAccessibleDescription("; ".join(self.text_of(i) for i in range(len(self._ratio))))
        self.update()

    def set_chosen(self, axes: tuple[int, ...]) -> None:
        """The components that are looked at."""
        self._chosen = axes
        self.update()

    def text_of(self, i: int) -> str:
        """The numbers of component ``i``."""
        total = float(self._ratio[: i + 1].sum())
        return f"PC{i + 1}: {self._ratio[i]:.1%} of the variance; up to here {total:.1%}"

    def sizeHint(self) -> QSize:
        """Small."""
        return QSize(200, 104)

    # -- where ------------------------------------------------------------------------------

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -BOTTOM)

    def bar(self, i: int) -> QRectF:
        """The bar of component ``i``, in the coordinates of this widget."""
        room = self._room()
        slot = room.width() / max(len(self._ratio), 1)
        height = room.height() * float(self._ratio[i])
        return QRectF(room.left() + i * slot + 1, room.bottom() - height, slot - 2, height)

    def _component_at(self, x: float) -> int | None:
        room = self._room()
        if not len(self._ratio) or not room.left() <= x < room.right():
            return None
        return int((x - room.left()) / room.width() * len(self._ratio))

    def words_at(self, x: float) -> str:
        """The component whose bar stands there, and what all are."""
        i = self._component_at(x)
        tip = "Explained variance: S\u00b2 of a component over the sum of all S\u00b2"
        return tip if i is None else f"{self.text_of(i)}\n{tip}"

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Axes, bars, line."""
        tokens = theme.tokens_of(self)
        painter = QPainter(self)
        painter.setFont(theme.font(theme.SMALL))
        if not len(self._ratio):
            painter.setPen(QColor(tokens.quiet))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "No components yet")
            return
        self._paint_axes(painter, tokens)
        self._paint_bars(painter, tokens)
        self._paint_sum(painter, tokens)

    def _paint_axes(self, painter: QPainter, tokens: theme.Tokens) -> None:
        room = self._room()
        painter.setPen(QPen(QColor(tokens.hairline), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        painter.setPen(QColor(tokens.quiet))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for percent in (0, 50, 100):
            y = room.bottom() - room.height() * percent / 100
            painter.drawText(QRectF(14, y - 8, LEFT - 20, 16), right, f"{percent} %")
        for i in sorted({0, *range(3, len(self._ratio), 4)}):
            box = QRectF(self.bar(i).center().x() - 12, room.bottom() + 1, 24, 15)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(i + 1))
        name = QRectF(room.left(), room.bottom() + 16, room.width(), 15)
        painter.drawText(name, Qt.AlignmentFlag.AlignCenter, "component")
        painter.save()
        painter.translate(0, room.center().y())
        painter.rotate(-90)
        painter.drawText(QRectF(-40, 0, 80, 15), Qt.AlignmentFlag.AlignCenter, "variance")
        painter.restore()

    def _paint_bars(self, painter: QPainter, tokens: theme.Tokens) -> None:
        for i in range(len(self._ratio)):
            colour = tokens.accent if i in self._chosen else tokens.quiet
            painter.fillRect(self.bar(i), QColor(colour))

    def _paint_sum(self, painter: QPainter, tokens: theme.Tokens) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room, total = self._room(), np.cumsum(self._ratio)
        line = QPolygonF()
        for i, share in enumerate(total):
            line.append(QPointF(self.bar(i).center().x(), room.bottom() - room.height() * share))
        painter.setPen(QPen(QColor(tokens.text), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(line)
