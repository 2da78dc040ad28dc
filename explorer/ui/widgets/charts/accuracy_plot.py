"""Accuracy over the number of labels per class: a line for each kind of features."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.export.things import Thing
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.painted import PaintedChart
from explorer.ui.widgets.charts.playground import paint_frame
from explorer.ui.widgets.exporting import listed

Points = Sequence[tuple[int, float, float]]
LEFT, TOP, BOTTOM, LEGEND = 38, 20, 34, 176


class AccuracyPlot(PaintedChart):
    """Lines with dots; the bars are a standard deviation over the choices of labels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[tuple[str, Points]] = []
        self.setMinimumSize(240, 90)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Accuracy with few labels")

    def show_lines(self, lines: Sequence[tuple[str, Points]]) -> None:
        """(name, points) each; a point is (labels per class, accuracy, deviation).

        What could not be measured is left out.
        """
        lines = [(name, tuple(p for p in pts if all(map(math.isfinite, p)))) for name, pts in lines]
        self._lines = [line for line in lines if line[1]]
        said = (f"{name}: " + ", ".join(f"{m}: {a:.0%}" for m, a, _ in pts) for name, pts in lines)
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def thing(self) -> Thing | None:
        """What is drawn, a row a point; None where there are no lines."""
        rows = [(name, *point) for name, points in self._lines for point in points]
        names = ("features", "labels per class", "accuracy", "deviation")
        return listed(self, "accuracy", "the accuracies", names, rows)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, lines, legend."""
        tokens = theme.tokens_of(self)
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tokens.surface))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._lines:
            self._paint_lines(painter, tokens)
            return
        painter.setPen(QColor(tokens.quiet))
        self.paint_empty(painter)

    def _paint_lines(self, painter: QPainter, tokens: theme.Tokens) -> None:
        room = QRectF(self.rect()).adjusted(LEFT, TOP, -LEGEND, -BOTTOM)
        counts = sorted({m for _, points in self._lines for m, _, _ in points})
        ends = math.log(counts[0]), math.log(max(counts[-1], counts[0] + 1))

        def pixel(m: int, accuracy: float) -> QPointF:
            share = 0.03 + 0.94 * (math.log(m) - ends[0]) / (ends[1] - ends[0])
            return QPointF(
                room.left() + share * room.width(), room.bottom() - accuracy * room.height()
            )

        bottom = [(pixel(m, 0).x(), str(m)) for m in counts]
        left = [(pixel(counts[0], a).y(), f"{a:.0%}") for a in (0.0, 0.5, 1.0)]
        names = ("labels per class", "accuracy on held-out samples")
        paint_frame(painter, room, tokens, bottom=bottom, left=left, names=names)
        for i, (name, points) in enumerate(self._lines):
            colour = theme.class_colour(i, tokens)
            ends_of = [(pixel(m, a), pixel(m, min(a + s, 1)), pixel(m, max(a - s, 0)))
                       for m, a, s in points]  # fmt: skip
            self._paint_line(painter, ends_of, colour)
            at = QPointF(room.right() + 10, room.top() + 16 * i)
            _paint_name(painter, at, name, colour, QColor(tokens.text))

    def _paint_line(
        self, painter: QPainter, points: list[tuple[QPointF, QPointF, QPointF]], colour: QColor
    ) -> None:
        painter.setPen(QPen(colour, 1))
        for _, high, low in points:
            painter.drawLine(high, low)
        painter.setPen(QPen(colour, 2))
        painter.drawPolyline(QPolygonF([at for at, _, _ in points]))
        painter.setBrush(colour)
        for at, _, _ in points:
            painter.drawEllipse(at, 2.5, 2.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_name(painter: QPainter, at: QPointF, name: str, colour: QColor, of_text: QColor) -> None:
    """A row of the legend: a piece of the line, and what it is."""
    painter.setPen(QPen(colour, 2))
    painter.drawLine(at + QPointF(0, 8), at + QPointF(14, 8))
    painter.setPen(of_text)
    painter.setFont(theme.font(theme.SMALL))
    box = QRectF(at.x() + 20, at.y(), LEGEND - 30, 16)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
