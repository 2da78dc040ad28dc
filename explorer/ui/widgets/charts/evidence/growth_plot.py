"""Values by a growing number of codes: full lines, and at the right end what they lead to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.analysis.errors import Z
from explorer.compute.measuring.aggregate import Grown
from explorer.export.things import Thing
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.figure_grid import signed
from explorer.ui.widgets.charts.painted import PaintedChart
from explorer.ui.widgets.charts.playground import paint_frame
from explorer.ui.widgets.charts.ticks import round_ticks
from explorer.ui.widgets.exporting import listed

LEFT, RIGHT, TOP, BOTTOM = 40, 8, 40, 34
END = 44.0  # px for what ever more codes lead to
INSET = 16.0  # px from the frame to the first point
TICK = 52.0  # px from one number below to the next, at least
APART = 56.0  # px from one number at the left to the next, about
MOST = 8  # numbers at the left
CAP = 3.0  # px to each side, of the ends of an error bar
DOT = 2.5
INFINITE = "\u221e"


@dataclass(frozen=True)
class Line:
    """name: for the legend. ceiling: whether it is a thin line that values cannot pass."""

    name: str
    grown: Grown
    ceiling: bool = False


class GrowthPlot(PaintedChart):
    """Numbers of codes on a logarithmic axis; the bars are 95 % intervals.

    share: whether values are shares of a whole, and no nats.
    """

    def __init__(
        self, title: str, tip: str, parent: QWidget | None = None, *, share: bool = False
    ) -> None:
        super().__init__(parent)
        self._title, self._tip, self._share = title, tip, share
        self._lines: list[Line] = []
        self.setMinimumSize(150, 140)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(title)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """In the place of those before; one without points is left out."""
        self._lines = [line for line in lines if line.grown.points]
        self.setAccessibleDescription("; ".join(map(self.text_of, self._lines)))
        self.update()

    def text_of(self, line: Line) -> str:
        """A line in words: each number of codes, its value, and where it leads."""
        parts = [f"{n:,}: {self._said(value)}" for n, value, _ in line.grown.points]
        limit = line.grown.limit
        if limit is not None:
            low, high = map(self._said, limit.interval)
            known = "" if limit.value is None else f"{self._said(limit.value)}, "
            parts.append(f"ever more codes: {known}{low} to {high}")
        return f"{line.name}: {', '.join(parts)}"

    def _said(self, value: float) -> str:
        return f"{value:.1%}" if self._share else signed(value)

    def thing(self) -> Thing | None:
        """A row a point, ever more codes as inf; None where there are no lines."""
        names = ("quantity", "codes", "value", "low", "high")
        rows = [row for line in self._lines for row in _rows(line)]
        return listed(self, "codes-together", f"the curve of {self._title}", names, rows)

    def sizeHint(self) -> QSize:
        """Wider than high."""
        return QSize(280, 170)

    def words_at(self, x: float) -> str:
        """The values at the number of codes that stands nearest."""
        if not self._lines:
            return self._tip
        counts = self.counts()
        ends = (math.inf,) if self._leads() else ()
        at = min((*counts, *ends), key=lambda n: abs(self.across(n) - x))
        found = [said for line in self._lines if (said := self._value_at(line, at))]
        head = "ever more codes" if at == math.inf else f"{at:,} codes"
        return "\n".join((head, *found, self._tip))

    def _value_at(self, line: Line, at: float) -> str:
        limit = line.grown.limit
        if at == math.inf:
            if limit is None:
                return ""
            low, high = map(self._said, limit.interval)
            known = "" if limit.value is None else f"{self._said(limit.value)}, "
            return f"{line.name}: {known}{low} to {high}"
        for n, value, error in line.grown.points:
            if n == at:
                off = "" if line.ceiling else f" \u00b1 {self._said(error)}"
                return f"{line.name}: {self._said(value)}{off}"
        return ""

    # -- where ------------------------------------------------------------------------------

    def counts(self) -> list[int]:
        """The numbers of codes, the fewest first."""
        return sorted({n for line in self._lines for n, _, _ in line.grown.points})

    def room(self) -> QRectF:
        """What the axes enclose."""
        return QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -BOTTOM)

    def across(self, n: float) -> float:
        """Where a number of codes stands; inf at the right end."""
        room, counts = self.room(), self.counts()
        if n == math.inf:
            return room.right() - END / 2
        first, last = math.log(counts[0]), math.log(max(counts[-1], counts[0] + 1))
        share = (math.log(n) - first) / (last - first)
        end = END if self._leads() else 0.0
        return room.left() + INSET + share * (room.width() - end - 2 * INSET)

    def _leads(self) -> bool:
        """Whether it is known where any line leads."""
        return any(line.grown.limit is not None for line in self._lines)

    def up(self, value: float) -> float:
        """Where a value stands."""
        room = self.room()
        return room.bottom() - value / self.top() * room.height()

    def top(self) -> float:
        """The value at the upper edge, above all that is drawn."""
        if self._share:
            return 1.0
        ends = [end for line in self._lines for _, _, _, end in _spans(line)]
        ends += [line.grown.points[0][1] for line in self._lines if line.ceiling]
        return 1.08 * max(max(ends, default=0.0), 1e-6)

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, ceilings, lines, what they lead to, legend."""
        tokens = theme.tokens_of(self)
        painter = self.begun(event)
        if not self._lines:
            self.paint_empty(painter)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter, tokens)
        for line, colour in zip(self._lines, self.colours(tokens), strict=True):
            if line.ceiling:
                self._paint_ceiling(painter, line, colour)
            else:
                self._paint_line(painter, line, colour)
        self._paint_legend(painter, tokens)

    def colours(self, tokens: theme.Tokens) -> list[QColor]:
        """One for each line; ceilings are quiet."""
        own = iter((tokens.accent, tokens.warn, tokens.text))
        return [QColor(tokens.quiet if line.ceiling else next(own)) for line in self._lines]

    def _paint_axes(self, painter: QPainter, tokens: theme.Tokens) -> None:
        room = self.room()
        ticks = round_ticks(0.0, self.top(), min(MOST, max(2, round(room.height() / APART))))
        left = [(self.up(v), f"{v:.0%}" if self._share else text) for v, text in ticks]
        bottom = [(self.across(n), f"{n:,}") for n in self._named()]
        if self._leads():
            bottom.append((self.across(math.inf), INFINITE))
        names = ("number of codes", "")
        paint_frame(painter, room, tokens, bottom=bottom, left=left, names=names)

    def _named(self) -> list[int]:
        """The numbers that are written: from the most down, as many as keep apart."""
        found: list[int] = []
        for n in reversed(self.counts()):
            if not found or self.across(found[-1]) - self.across(n) >= TICK:
                found.append(n)
        return found[::-1]

    def _paint_ceiling(self, painter: QPainter, line: Line, colour: QColor) -> None:
        """Thin, as far as the picture is high, with its name where it ends."""
        room = self.room()
        points = [QPointF(self.across(n), self.up(value)) for n, value, _ in line.grown.points]
        seen = _below(points, room.top())
        painter.setPen(QPen(colour, 1))
        painter.drawPolyline(QPolygonF(seen))
        wide = painter.fontMetrics().horizontalAdvance(line.name) + 2
        beyond = points[-1].y() < room.top()
        x = seen[-1].x() + 4 if beyond else seen[-1].x() - wide
        y = room.top() if beyond else max(room.top(), seen[-1].y() - 15)
        box = QRectF(min(x, room.right() - wide), y, wide, 14)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, line.name)

    def _paint_line(self, painter: QPainter, line: Line, colour: QColor) -> None:
        """The line with its points, a bar through each; no line leads to the limit."""
        painter.setPen(QPen(colour, 1))
        for n, _, low, high in _spans(line):
            self._paint_bar(painter, self.across(n), self.up(low), self.up(high))
        painter.setPen(QPen(colour, 2))
        points = [QPointF(self.across(n), self.up(value)) for n, value, _ in line.grown.points]
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(colour)
        limit = line.grown.limit
        if limit is not None and limit.value is not None:
            points.append(QPointF(self.across(math.inf), self.up(limit.value)))
        for at in points:
            painter.drawEllipse(at, DOT, DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_bar(self, painter: QPainter, x: float, low: float, high: float) -> None:
        painter.drawLine(QLineF(x, low, x, high))
        for y in (low, high):
            painter.drawLine(QLineF(x - CAP, y, x + CAP, y))

    def _paint_legend(self, painter: QPainter, tokens: theme.Tokens) -> None:
        """The title, and below it a piece of each line with its name."""
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(QColor(tokens.quiet))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(2, 0, self.width() - 4, 18), middle, self._title)
        own = [one for one in zip(self._lines, self.colours(tokens), strict=True)
               if not one[0].ceiling]  # fmt: skip
        metrics, x = QFontMetrics(theme.font(theme.SMALL)), 2.0
        for line, colour in own if len(own) > 1 else ():
            painter.setPen(QPen(colour, 2))
            painter.drawLine(QLineF(x, 26, x + 12, 26))
            painter.setPen(QColor(tokens.text))
            wide = metrics.horizontalAdvance(line.name) + 2
            painter.drawText(QRectF(x + 16, 18, wide, 16), middle, line.name)
            x += 16 + wide + theme.GRID


def _below(points: list[QPointF], edge: float) -> list[QPointF]:
    """The part of a line that begins below ``edge``, up to where it meets it."""
    found: list[QPointF] = []
    for at in points:
        if at.y() < edge:
            if found:
                before = found[-1]
                share = (before.y() - edge) / (before.y() - at.y())
                found.append(QPointF(before.x() + share * (at.x() - before.x()), edge))
            break
        found.append(at)
    return found or [QPointF(points[0].x(), edge)]


def _spans(line: Line) -> list[tuple[float, float | None, float, float]]:
    """(codes, value, low, high) of each point and of ever more codes; of a ceiling none."""
    if line.ceiling:
        return []
    found: list[tuple[float, float | None, float, float]] = [
        (n, value, max(0.0, value - Z * error), value + Z * error)
        for n, value, error in line.grown.points
    ]
    limit = line.grown.limit
    if limit is not None:
        found.append((math.inf, limit.value, *limit.interval))
    return found


def _rows(line: Line) -> list[tuple[str, float, float, float, float]]:
    """For a file; NaN where there is no value."""
    if line.ceiling:
        return [(line.name, n, value, value, value) for n, value, _ in line.grown.points]
    return [
        (line.name, n, math.nan if value is None else value, low, high)
        for n, value, low, high in _spans(line)
    ]
