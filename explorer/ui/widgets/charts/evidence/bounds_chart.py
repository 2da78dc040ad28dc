"""Bounds on one number, a row each, on one axis: which lies where, and where the truth can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from explorer.analysis.errors import Z
from explorer.export.things import Thing
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.painted import PaintedChart
from explorer.ui.widgets.charts.ticks import round_ticks
from explorer.ui.widgets.exporting import listed

ROW, TOP, BOTTOM = 20, 20, 34  # px
EDGE = 8  # px
TICK = 64.0  # px from one mark of the axis to the next, about
MOST = 10  # numbers below
CAP, DOT = 3.0, 3.5
LEAST = 0.01  # of the axis: what is less far apart is one
SHADE = 40  # of 255: how strong the colour of where the truth is
BOUND, TRUTH, UPPER = "bound", "truth", "upper"


@dataclass(frozen=True)
class Bound:
    """A row. at: on the axis; error: its standard error. said: its value, as text.

    role: BOUND from below, TRUTH, or UPPER for one from above. tip: how it is found.
    """

    name: str
    at: float
    error: float
    said: str
    tip: str = ""
    role: str = BOUND


class BoundsChart(PaintedChart):
    """Names to the left, values to the right, between them a dot with its 95 % interval each.

    The shaded band is where the truth can be: from the highest lower bound to the upper one, and as
    far as the axis goes where there is none.
    """

    def __init__(self, title: str, axis: str, here: str, parent: QWidget | None = None) -> None:
        """here: what the band is called."""
        super().__init__(parent)
        self._title, self._axis, self._here = title, axis, here
        self._rows: list[Bound] = []
        self.setMinimumWidth(240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)

    def show_rows(self, rows: Sequence[Bound]) -> None:
        """In the place of those before, from the top."""
        self._rows = list(rows)
        self.setAccessibleDescription("; ".join(f"{row.name}: {row.said}" for row in rows))
        self.updateGeometry()
        self.update()

    def thing(self) -> Thing | None:
        """What is drawn, a row a bound; None where there are none."""
        rows = [(row.name, row.at, row.error, row.said, row.role) for row in self._rows]
        names = ("bound", self._axis, "standard error", "value", "kind")
        return listed(self, "bounds", "the bounds", names, rows)

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(420, TOP + ROW * max(len(self._rows), 1) + BOTTOM)

    def minimumSizeHint(self) -> QSize:
        """No lower."""
        return QSize(240, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """The tooltip says how the row under the pointer is found."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            i = (event.pos().y() - TOP) // ROW
            if 0 <= i < len(self._rows):
                row = self._rows[i]
                QToolTip.showText(event.globalPos(), f"{row.name}: {row.said}\n{row.tip}", self)
                return True
        return super().event(event)

    # -- where ------------------------------------------------------------------------------

    def room(self) -> QRectF:
        """Between the names and the values."""
        metrics = QFontMetrics(theme.font(theme.SMALL))
        names = max((metrics.horizontalAdvance(row.name) for row in self._rows), default=0)
        said = max((metrics.horizontalAdvance(row.said) for row in self._rows), default=0)
        wide = max(self.width() - names - said - 4 * EDGE, 40)
        return QRectF(names + 2 * EDGE, TOP, wide, ROW * len(self._rows))

    def ends(self) -> tuple[float, float]:
        """The values at the left and the right edge of `room`."""
        low = min((row.at - Z * row.error for row in self._rows), default=0.0)
        high = max((row.at + Z * row.error for row in self._rows), default=1.0)
        away = 0.05 * max(high - low, LEAST)
        open_end = not any(row.role != BOUND for row in self._rows)
        return low - away, max(high, low + LEAST) + away * (4 if open_end else 1)

    def across(self, value: float) -> float:
        """Where a value stands."""
        (low, high), room = self.ends(), self.room()
        return room.left() + (value - low) / (high - low) * room.width()

    def middle(self, i: int) -> float:
        """How far down row ``i`` stands."""
        return TOP + ROW * (i + 0.5)

    def band(self) -> QRectF:
        """Where the truth can be, at least two pixels wide; empty without rows."""
        if not self._rows:
            return QRectF()
        known = [row.at for row in self._rows if row.role == TRUTH]
        low = known[0] if known else max(r.at for r in self._rows if r.role == BOUND)
        above = known or [row.at for row in self._rows if row.role == UPPER]
        room = self.room()
        left = self.across(low)
        right = self.across(max(above[0], low)) if above else room.right()
        return QRectF(left - 1, room.top(), max(right - left, 0.0) + 2, room.height())

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Band, axis, rows."""
        tokens = theme.tokens_of(self)
        painter = self.begun(event)
        if not self._rows:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_band(painter, tokens)
        self._paint_axis(painter, tokens)
        for i, row in enumerate(self._rows):
            self._paint_row(painter, i, row, tokens)

    def _paint_band(self, painter: QPainter, tokens: theme.Tokens) -> None:
        """With what it is written above it, as far in as the widget goes."""
        band, shade = self.band(), QColor(tokens.accent)
        shade.setAlpha(SHADE)
        painter.fillRect(band, shade)
        wide = painter.fontMetrics().horizontalAdvance(self._here) + 2
        taken = painter.fontMetrics().horizontalAdvance(self._title) + 2 * EDGE
        left = min(max(band.center().x() - wide / 2, taken), self.width() - wide - 2)
        painter.setPen(QColor(tokens.accent))
        painter.drawText(QRectF(left, 0, wide, 18), Qt.AlignmentFlag.AlignCenter, self._here)

    def _paint_axis(self, painter: QPainter, tokens: theme.Tokens) -> None:
        room, (low, high) = self.room(), self.ends()
        painter.setPen(QPen(QColor(tokens.hairline), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        painter.setPen(QColor(tokens.quiet))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(2, 0, self.width() - 4, 18), middle, self._title)
        for value, text in round_ticks(low, high, min(MOST, max(2, round(room.width() / TICK)))):
            box = QRectF(self.across(value) - 32, room.bottom() + 2, 64, 14)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        below = QRectF(0, room.bottom() + 16, 2 * room.center().x(), 15)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._axis)

    def _paint_row(self, painter: QPainter, i: int, row: Bound, tokens: theme.Tokens) -> None:
        """Its name, its dot with a bar, its value; what is no lower bound is hollow or strong."""
        room, y = self.room(), self.middle(i)
        painter.setPen(QColor(tokens.text))
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(2, y - 8, room.left(), 16), left | middle, row.name)
        said = QRectF(room.right(), y - 8, self.width() - room.right() - 2, 16)
        painter.drawText(said, right | middle, row.said)
        colour, x = QColor(tokens.warn if row.role == UPPER else tokens.accent), self.across(row.at)
        painter.setPen(QPen(colour, 1))
        ends = [self.across(row.at + side * Z * row.error) for side in (-1.0, 1.0)]
        painter.drawLine(QLineF(ends[0], y, ends[1], y))
        for end in ends if row.error else ():
            painter.drawLine(QLineF(end, y - CAP, end, y + CAP))
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(x, y), DOT, DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
