"""A signal as a curve over its axis, in the units of the data; several lie over one another.

Channels stand one below the other, each with its own range. The range is that of the drawings of
one data set, so that two samples can be compared, and wider where a curve leaves it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from explorer.data.dataset import Preparation
from explorer.data.features import positions_of, spelled
from explorer.data.pictures.charts import limits
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.painted import PaintedChart
from explorer.ui.widgets.charts.rows.series import Series, line_of, paint_sample_of_line
from explorer.ui.widgets.charts.ticks import round_ticks

HEAD_LINE, FOOT, GAP = 15, 16, 8
SAMPLE = 14  # px of a curve in the legend
TICK_ROOM = 40, 28  # px from one number to the next, across and down
LONG = 4_000  # px of a curve; a longer one in dashes takes Qt a second to draw
Doubles = NDArray[np.float64]


class SignalChart(PaintedChart):
    """Curves, a legend above them, numbers below and on the left."""

    shows_focus = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made: Preparation | None = None
        self._series: tuple[Series, ...] = ()
        self._values: list[Doubles] = []  # of each series: (L, C) in the data's units
        self._at: Doubles = np.zeros(0)
        self._ranges: list[tuple[float, float]] = []  # lowest and highest of each channel
        self._font = theme.font(theme.SMALL)
        self._metrics = QFontMetrics(self._font)
        self.setMinimumSize(96, 96)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_rows(self, made: Preparation, series: Sequence[Series]) -> None:
        """Signals of one preparation, the first on top."""
        self._made, self._series, self._at = made, tuple(series), positions_of(made)
        shape = (made.width, made.channels)
        self._values = [made.original(one.row).reshape(shape).astype(float) for one in series]
        self._ranges = [self._found_range(made, c) for c in range(made.channels)]
        said = [f"{one.name} {one.note}".strip() for one in series]
        self.setAccessibleDescription(", ".join(said))
        self.update()

    def table(self) -> str:
        """Positions and values, separated by tabs."""
        made = self._made
        if made is None:
            return ""
        of = [f" {self._channel(c)}" if made.channels > 1 else "" for c in range(made.channels)]
        head = "\t".join(["", *(f"{one.name}{name}" for one in self._series for name in of)])
        columns = np.column_stack([self._at, *self._values])
        return "\n".join([head, *("\t".join(f"{v:.7g}" for v in row) for row in columns)]) + "\n"

    def _channel(self, c: int) -> str:
        names = () if self._made is None else self._made.names
        return names[c] if c < len(names) else f"channel {c + 1}"

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The legend, then a frame with its curves for each channel."""
        tokens, ratio = theme.tokens_of(self), self.devicePixelRatioF()
        sheet = QPixmap(self.size() * ratio)  # in a part alone Qt would begin its dashes elsewhere
        sheet.setDevicePixelRatio(ratio)
        sheet.fill(QColor(tokens.surface))
        painter = QPainter(sheet)
        self._paint(painter, tokens)
        painter.end()
        QPainter(self).drawPixmap(0, 0, sheet)

    def _paint(self, painter: QPainter, tokens: theme.Tokens) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        if self._made is not None:
            boxes = self._boxes(self._paint_legend(painter, tokens))
            for c, box in enumerate(boxes):
                self._paint_channel(painter, c, box, tokens)
            self._paint_across(painter, boxes[-1], tokens)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)

    def _paint_legend(self, painter: QPainter, tokens: theme.Tokens) -> float:
        """As many lines as it takes; the height of all."""
        x, y = 0.0, 0.0
        for one in self._series:
            text = f"{one.name} {one.note}".strip()
            wide = SAMPLE + 4 + self._metrics.horizontalAdvance(text) + 2 * GAP
            if x and x + wide - 2 * GAP > self.width():
                x, y = 0.0, y + HEAD_LINE
            paint_sample_of_line(painter, one.role, x, y + HEAD_LINE / 2, SAMPLE, tokens)
            box = QRectF(x + SAMPLE + 4, y, self.width() - x - SAMPLE - 4, HEAD_LINE)
            self._write(painter, box, text, tokens.text)
            x += wide
        return y + HEAD_LINE + 4

    def _write(self, painter: QPainter, box: QRectF, text: str, colour: str) -> None:
        painter.setPen(QColor(colour))
        shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _boxes(self, top: float) -> list[QRectF]:
        """Where the curves of each channel are drawn."""
        assert self._made is not None
        count = self._made.channels
        left = max(self._label_width(c) for c in range(count)) + 6.0
        height = max(self.height() - top - FOOT - GAP * (count - 1), 8.0 * count) / count
        width = max(self.width() - left - GAP, 8.0)
        return [QRectF(left, top + c * (height + GAP), width, height) for c in range(count)]

    def _label_width(self, c: int) -> int:
        low, high = self._range(c)
        return max(self._metrics.horizontalAdvance(t) for _, t in ticks(low, high, 6))

    def _range(self, c: int) -> tuple[float, float]:
        return self._ranges[c]

    def _found_range(self, made: Preparation, c: int) -> tuple[float, float]:
        low, high = (float(end[c]) for end in limits(made))
        curves = [values[:, c][np.isfinite(values[:, c])] for values in self._values]
        ends = [end for curve in curves if len(curve) for end in (curve.min(), curve.max())]
        return min([low, *ends]), max([high, *ends])

    def _paint_channel(self, painter: QPainter, c: int, box: QRectF, tokens: theme.Tokens) -> None:
        low, high = self._range(c)
        self._paint_up(painter, box, low, high, tokens)
        xs = self._across(box)
        painter.save()
        painter.setClipRect(box.adjusted(-1, -1, 1, 1))
        for one, values in reversed(list(zip(self._series, self._values, strict=True))):
            ys = box.bottom() - (values[:, c] - low) / max(high - low, 1e-30) * box.height()
            curves = [_thinned(xs[part], ys[part], box.width()) for part in _whole_parts(ys)]
            pen = line_of(one.role, tokens)
            if sum(map(_length, curves)) > LONG:
                pen.setStyle(Qt.PenStyle.SolidLine)
                pen.setWidthF(1.0)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, pen.widthF() > 1.0)
            painter.setPen(pen)
            for curve in curves:
                painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in curve]))
        painter.restore()
        if self._made is not None and self._made.channels > 1:
            painter.setPen(QColor(tokens.quiet))
            painter.drawText(box.adjusted(4, 0, -2, 0), self._channel(c))

    def _across(self, box: QRectF) -> Doubles:
        first, last = self._ends()
        share = (self._at - first) / ((last - first) or 1.0)
        return np.asarray(box.left() + share * box.width())

    def _ends(self) -> tuple[float, float]:
        return (float(self._at[0]), float(self._at[-1])) if len(self._at) else (0.0, 1.0)

    def _paint_up(
        self, painter: QPainter, box: QRectF, low: float, high: float, tokens: theme.Tokens
    ) -> None:
        count = max(4, int(box.height() / TICK_ROOM[1]))
        half = HEAD_LINE / 2
        for value, text in ticks(low, high, min(count, 6)):
            y = box.bottom() - (value - low) / (high - low) * box.height()
            painter.setPen(QPen(QColor(tokens.hairline), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(QColor(tokens.quiet))
            flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(QRectF(0, y - half, box.left() - 4, HEAD_LINE), flags, text)

    def _paint_across(self, painter: QPainter, box: QRectF, tokens: theme.Tokens) -> None:
        first, last = self._ends()
        low, high = min(first, last), max(first, last)
        painter.setPen(QColor(tokens.quiet))
        for value, text in ticks(low, high, max(2, int(box.width() / TICK_ROOM[0]))):
            share = (value - first) / ((last - first) or 1.0)
            wide = self._metrics.horizontalAdvance(text) + 2
            x = min(box.left() + share * box.width() - wide / 2, self.width() - wide)
            at = QRectF(x, box.bottom() + 2, wide, FOOT - 2)
            painter.drawText(at, int(Qt.AlignmentFlag.AlignCenter), text)

    # -- Qt's events ------------------------------------------------------------------------

    def words_at(self, x: float) -> str:
        """The values of all curves at ``x`` px from the left."""
        made = self._made
        if made is None or not len(self._at):
            return ""
        xs = self._across(self._boxes(0.0)[0])
        i = int(np.abs(xs - x).argmin())
        lines = [f"at {self._at[i]:g}"]
        for one, values in zip(self._series, self._values, strict=True):
            scale = float(np.ptp(values)) / 10
            told = ", ".join(spelled(float(v), scale or 1.0) for v in values[i])
            lines.append(f"{one.name}: {told}")
        return "\n".join(lines)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No ring."""
        super().focusOutEvent(event)
        self.update()

    def sizeHint(self) -> QSize:
        """Wider than high."""
        return QSize(240, 160)


def ticks(low: float, high: float, most: int) -> list[tuple[float, str]]:
    """Round numbers within low..high, at least one."""
    return round_ticks(low, high, most) or [(low, f"{low:.4g}".replace("-", "\u2212"))]


def _whole_parts(ys: Doubles) -> list[slice]:
    """The stretches between gaps."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], np.isfinite(ys), [0]])))
    return [slice(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _length(curve: list[tuple[float, float]]) -> float:
    """px along a curve."""
    points = np.array(curve)
    return float(np.abs(np.diff(points, axis=0)).sum())


def _thinned(xs: Doubles, ys: Doubles, width: float) -> list[tuple[float, float]]:
    """The points of a curve; of many, the lowest and highest of each pixel's stretch."""
    if len(xs) <= 2 * width:
        return list(zip(xs.tolist(), ys.tolist(), strict=True))
    starts = np.arange(0, len(xs), math.ceil(len(xs) / max(width, 1)))
    ends = np.stack([np.minimum.reduceat(ys, starts), np.maximum.reduceat(ys, starts)], axis=1)
    return list(zip(np.repeat(xs[starts], 2).tolist(), ends.ravel().tolist(), strict=True))
