"""How many samples have which score, the normal ones and the odd ones in colours of their own."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.export.things import Thing
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.painted import PaintedChart
from explorer.ui.widgets.charts.playground import paint_frame
from explorer.ui.widgets.charts.ticks import round_step, round_ticks
from explorer.ui.widgets.exporting import listed

Doubles = NDArray[np.float64]
Mask = NDArray[np.bool_]

BINS = 36  # about so many
LEFT, RIGHT, TOP, BOTTOM = 40, 8, 22, 18
TICK = 48  # px from one mark of the axis to the next, at least
SWATCH = 9
TITLE = "Samples by score"
TIP = "How many samples have a score in this range"


class ScoreHistogram(PaintedChart):
    """Bars between round edges; where it is known which are odd, these stand on the normal ones."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edges: Doubles = np.zeros(0)
        self._counts: Doubles = np.zeros((0, 0))  # (series, bins), from the ground up
        self._names: tuple[str, ...] = ()
        self.setMinimumSize(180, 90)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(TITLE)

    def show_scores(self, scores: Doubles, odd: Mask | None) -> None:
        """scores: (m,), none for an empty plot. odd: (m,), or None where that is not known."""
        self._edges = round_edges(scores)
        self._names = ("samples",) if odd is None else ("normal", "odd")
        series = (scores,) if odd is None else (scores[~odd], scores[odd])
        self._counts = np.zeros((len(series), max(0, len(self._edges) - 1)))
        for counts, some in zip(self._counts, series, strict=True):
            if self.bins:
                counts[:] = np.histogram(some[np.isfinite(some)], self._edges)[0]
        self.setAccessibleDescription("; ".join(self.text_of(i) for i in range(self.bins)))
        self.update()

    @property
    def bins(self) -> int:
        """How many there are."""
        return int(self._counts.shape[1])

    def legend(self) -> list[str]:
        """What the colours mean, in words."""
        sums = self._counts.sum(axis=1)
        return [f"{name}: {n:,.0f}" for name, n in zip(self._names, sums, strict=True)]

    def colours(self) -> list[QColor]:
        """One for each of `legend`."""
        tokens = theme.tokens_of(self)
        if len(self._names) == 1:
            return [QColor(tokens.accent)]
        return [theme.class_colour(i, tokens) for i in range(len(self._names))]

    def title(self) -> str:
        """What the bars are, where the legend leaves room for it; the tooltip says it, too."""
        metrics = QFontMetrics(theme.font(theme.SMALL))
        words = self.legend() if len(self._names) > 1 else []
        taken = sum(metrics.horizontalAdvance(t) + SWATCH + 5 + 2 * theme.GRID for t in words)
        fits = metrics.horizontalAdvance(TITLE) + taken + RIGHT <= self.width()
        return TITLE if fits else ""

    def text_of(self, i: int) -> str:
        """A bin in words."""
        low, high = (f"{v:,.6g}".replace("-", "\u2212") for v in self._edges[i : i + 2])
        counts = zip(self._names, self._counts[:, i], strict=True)
        return f"{low} to {high}: " + ", ".join(f"{n:,.0f} {name}" for name, n in counts)

    def thing(self) -> Thing | None:
        """What is drawn, a row a bin; None where there are none."""
        edges = self._edges[: self.bins + 1].tolist()
        rows = list(zip(edges, edges[1:], *self._counts.astype(int).tolist(), strict=False))
        names = ("from", "to", *self._names)
        return listed(self, "scores", "the histogram", names, rows)

    def sizeHint(self) -> QSize:
        """Small."""
        return QSize(260, 120)

    # -- where ------------------------------------------------------------------------------

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -BOTTOM)

    def _x(self, score: float) -> float:
        room, low, high = self._room(), self._edges[0], self._edges[-1]
        return float(room.left() + (score - low) / (high - low) * room.width())

    def ticks(self) -> list[tuple[float, str]]:
        """(score, text) of the marks below."""
        most = max(2, int(self._room().width() // TICK))
        return round_ticks(float(self._edges[0]), float(self._edges[-1]), most)

    def bar(self, series: int, i: int) -> QRectF:
        """Of a bin, in the coordinates of this widget; the series stand on one another."""
        room, top = self._room(), float(self._counts.sum(axis=0).max())
        low, high = self._counts[:series, i].sum(), self._counts[: series + 1, i].sum()
        left, right = self._x(self._edges[i]), self._x(self._edges[i + 1])
        gap = 1.0 if right - left > 4 else 0.0
        y = room.bottom() - high / top * room.height()
        return QRectF(left, y, right - left - gap, (high - low) / top * room.height())

    def words_at(self, x: float) -> str:
        """The bin that is there, and what all are."""
        over = (i for i in range(self.bins) if x < self._x(self._edges[i + 1]))
        i = next(over, None)
        return TIP if i is None else f"{self.text_of(i)}\n{TIP}"

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Axis, bars, legend."""
        tokens = theme.tokens_of(self)
        painter = self.begun(event)
        if not self.bins:
            self.paint_empty(painter)
            return
        room, top = self._room(), float(self._counts.sum(axis=0).max())
        heights = [(room.bottom() - v / top * room.height(), text)
                   for v, text in round_ticks(0.0, top, 2) if v == int(v)]  # fmt: skip
        marks = [(self._x(v), text) for v, text in self.ticks()]
        paint_frame(painter, room, tokens, bottom=marks, left=heights)
        for series, colour in enumerate(self.colours()):
            for i in range(self.bins):
                painter.fillRect(self.bar(series, i), colour)
        self._paint_legend(painter, tokens)

    def _paint_legend(self, painter: QPainter, tokens: theme.Tokens) -> None:
        metrics, flags = QFontMetrics(painter.font()), Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tokens.quiet))
        painter.drawText(QRectF(2, 0, self.width() - 4, 18), flags, self.title())
        x = float(self.width() - RIGHT)
        both = list(zip(self.legend(), self.colours(), strict=True))
        for text, colour in reversed(both if len(both) > 1 else []):
            width = metrics.horizontalAdvance(text)
            x -= width + SWATCH + 5
            painter.fillRect(QRectF(x, 5, SWATCH, SWATCH), colour)
            painter.setPen(QColor(tokens.text))
            painter.drawText(QRectF(x + SWATCH + 5, 0, width + 2, 18), flags, text)
            x -= 2 * theme.GRID


def round_edges(scores: Doubles, bins: int = BINS) -> Doubles:
    """Edges of bins around all finite scores, (b + 1,) round values; none where there is none."""
    finite = scores[np.isfinite(scores)]
    if not len(finite):
        return np.zeros(0)
    low, high = float(finite.min()), float(finite.max())
    if high - low < 1e-6 * max(abs(low), abs(high), 1e-6):
        low, high = low - 0.5, high + 0.5
    step = round_step(low, high, bins)
    first = math.floor(low / step)
    return np.arange(first, max(math.ceil(high / step), first + 1) + 1).astype(np.float64) * step
