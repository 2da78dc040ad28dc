"""The Gaussian log-likelihood over sigma for an error that one drags: why sigma runs to 0."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from explorer.analysis.formulas import (
    LOG_SIGMA_FLOOR,
    best_log_likelihood,
    best_sigma,
    gaussian_log_likelihood,
)
from explorer.ui.themes import theme
from explorer.ui.widgets.charts.playground import Playground, paint_frame

SIGMA = (math.exp(LOG_SIGMA_FLOOR), 2.0)  # the ends of the axis, which is logarithmic
NATS = (-4.0, 6.0)
LEFT, RIGHT, TOP, BOTTOM = 32, 4, 22, 34


class LikelihoodPlay(Playground):
    """Drag sideways: the error follows, and the best sigma is as large as it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.error = 0.15
        self.setAccessibleName("Gaussian log-likelihood over sigma")
        self.setToolTip(
            "log N(x; m, \u03c3\u00b2) = \u2212\u00bd (e\u00b2/\u03c3\u00b2 + 2 log \u03c3 +"
            " log 2\u03c0) for an error e = x \u2212 m, one feature.\nIts greatest value, at"
            " \u03c3 = |e|, has no bound: as the error goes to 0, \u03c3 runs to 0 and the bound"
            " up.\nDrag the error, or use the arrow keys."
        )

    @property
    def value(self) -> float:
        """The greatest log-likelihood there is for this error, in nats."""
        return float(best_log_likelihood(self.error))

    def set_error(self, error: float) -> None:
        """Choose an error, within the axis."""
        self.error = float(np.clip(abs(error), *SIGMA))
        self.setAccessibleDescription(
            f"error {self.error:.3g}, greatest log-likelihood {self.value:.2f} nats"
        )
        self.told()

    # -- where ------------------------------------------------------------------------------

    def plot_rect(self) -> QRectF:
        """The whole plot."""
        return QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -BOTTOM)

    def pixel_at(self, sigma: float, nats: float) -> QPointF:
        """Where a point of the plot is."""
        room = self.plot_rect()
        share = math.log(sigma / SIGMA[0]) / math.log(SIGMA[1] / SIGMA[0])
        up = (nats - NATS[0]) / (NATS[1] - NATS[0])
        return QPointF(room.left() + share * room.width(), room.bottom() - up * room.height())

    def put(self, at: QPointF) -> None:
        """The error is as large as the sigma under the pointer."""
        room = self.plot_rect()
        share = float(np.clip((at.x() - room.left()) / max(room.width(), 1), 0, 1))
        self.set_error(SIGMA[0] * (SIGMA[1] / SIGMA[0]) ** share)

    def nudge(self, dx: int, dy: int, *, far: bool) -> None:
        """5 % a step, with Shift 50 %."""
        self.set_error(self.error * (1.5 if far else 1.05) ** (dx + dy))

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, the line of all maxima, the curve of this error, its maximum."""
        tokens = theme.tokens_of(self)
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tokens.surface))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter, tokens)
        painter.save()
        painter.setClipRect(self.plot_rect())
        sigma = np.geomspace(*SIGMA, 300)
        maxima = QPen(QColor(tokens.quiet), 1.2, Qt.PenStyle.DashLine)
        self._paint_line(painter, sigma, best_log_likelihood(sigma), maxima)
        here = gaussian_log_likelihood(self.error, sigma)
        self._paint_line(painter, sigma, here, QPen(QColor(tokens.accent), 2))
        painter.restore()
        self._paint_best(painter, tokens)

    def _paint_axes(self, painter: QPainter, tokens: theme.Tokens) -> None:
        bottom = [(self.pixel_at(s, 0).x(), f"{s:g}") for s in (0.01, 0.1, 1)]
        left = [(self.pixel_at(1, n).y(), f"{n}".replace("-", "\u2212")) for n in (-4, 0, 4)]
        names = ("\u03c3", "log N(x; m, \u03c3\u00b2)")
        paint_frame(painter, self.plot_rect(), tokens, bottom=bottom, left=left, names=names)

    def _paint_line(self, painter: QPainter, x: np.ndarray, y: np.ndarray, pen: QPen) -> None:
        line = QPolygonF()
        for a, b in zip(x.tolist(), np.maximum(y, -50).tolist(), strict=True):
            line.append(self.pixel_at(a, b))
        painter.setPen(pen)
        painter.drawPolyline(line)

    def _paint_best(self, painter: QPainter, tokens: theme.Tokens) -> None:
        best = self.pixel_at(float(best_sigma(self.error)), self.value)
        painter.setPen(QPen(QColor(tokens.hairline), 1))
        painter.drawLine(best, QPointF(best.x(), self.plot_rect().bottom()))
        self.paint_handle(painter, best, tokens)
        painter.setFont(theme.font(theme.TEXT, bold=True))
        painter.setPen(QColor(tokens.text))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        words = f"error {self.error:.3g}: best {self.value:.2f} nats".replace("-", "\u2212")
        painter.drawText(QRectF(0, 1, self.width() - RIGHT, 18), right, words)
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(QColor(tokens.quiet))
        room = self.plot_rect()
        left_side = best.x() < room.center().x()
        box = QRectF(room.left() + 8, room.bottom() - 34, room.width() - 12, 30)
        side = Qt.AlignmentFlag.AlignRight if left_side else Qt.AlignmentFlag.AlignLeft
        painter.drawText(
            box,
            side | Qt.AlignmentFlag.AlignVCenter,
            "dashed: the best of\nevery error, \u03c3 = e",
        )
